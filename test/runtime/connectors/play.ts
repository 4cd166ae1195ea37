/** Runs actions of a built-in connector one after the other, as a workflow of a project. */
import { makeProject, TestHost } from '../host/projects';

export interface Step {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Ended {
  readonly status: string;
  readonly code: string;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly body: unknown;
}

export class ConnectorProject {
  readonly #open: TestHost[] = [];

  /** `settings`: app settings, one for each of the connection's parameters. */
  constructor(
    private readonly connector: string,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  get files(): Record<string, unknown> {
    const names = Object.keys(this.settings);
    return {
      'local.settings.json': { Values: this.settings },
      'connections.json': {
        serviceProviderConnections: {
          store: {
            serviceProvider: { id: `/serviceProviders/${this.connector}` },
            parameterValues: Object.fromEntries(names.map((name) => [name, `@appsetting('${name}')`])),
          },
        },
      },
    };
  }

  /** How each of the steps ended; each runs whatever became of the one before. */
  async run(steps: Readonly<Record<string, Step>>): Promise<Readonly<Record<string, Ended>>> {
    const names = Object.keys(steps);
    const actions = Object.fromEntries(
      Object.entries(steps).map(([name, { operation, parameters }], index) => [
        name,
        {
          type: 'ServiceProvider',
          inputs: {
            parameters,
            serviceProviderConfiguration: this.configuration(operation),
            retryPolicy: { type: 'none' },
          },
          runAfter: index === 0 ? {} : { [names[index - 1] ?? '']: ['Succeeded', 'Failed'] },
        },
      ]),
    );
    const { folder } = makeProject({ flow: { actions } }, this.files);
    const host = await this.host(folder, false);
    const { runIds } = await host.link.send('fireTrigger', { workflow: 'flow' });
    await host.ended(runIds[0] ?? '');
    const { events } = await host.link.send('runEvents', { runId: runIds[0] ?? '' });
    const ended = events.flatMap((event) => {
      if (event.type !== 'actionFinished') return [];
      const outputs = JSON.parse(event.outputs.json ?? '{}') as { body?: unknown };
      return [
        [
          event.step.action,
          { status: event.status, code: event.code, error: event.error, body: outputs.body },
        ] as const,
      ];
    });
    return Object.fromEntries(ended);
  }

  configuration(operationId: string) {
    return { connectionName: 'store', operationId, serviceProviderId: `/serviceProviders/${this.connector}` };
  }

  async host(folder: string, armTriggers: boolean): Promise<TestHost> {
    const host = await TestHost.open(folder, { armTriggers });
    this.#open.push(host);
    return host;
  }

  async close(): Promise<void> {
    for (const host of this.#open.splice(0)) await host.link.dispose();
  }
}

/** The outputs of the next time the trigger fires. */
export function fired(host: TestHost): Promise<{ readonly body: unknown }> {
  return host.notice((notice) =>
    notice.type === 'event' && notice.event.type === 'triggerFired' && notice.event.outputs.json !== undefined
      ? (JSON.parse(notice.event.outputs.json) as { body: unknown })
      : undefined,
  );
}
