/** Small projects in temporary folders, and hosts on them. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Hold, HostNotice, HostOptions, RuntimeLink } from '../../../runtime/host/commands';
import { openInThread } from '../../../runtime/host/open';
import type { Ports } from '../../../runtime/ports';

/** Durable runs need Node 22.13 or newer. */
export const hasSqlite = process.getBuiltinModule?.('node:sqlite') !== undefined;

export type Actions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface WorkflowText {
  readonly kind?: 'Stateful' | 'Stateless';
  readonly triggers?: Readonly<Record<string, unknown>>;
  readonly actions: Actions;
}

export const after = (...names: string[]) => Object.fromEntries(names.map((name) => [name, ['Succeeded']]));
export const manual = { manual: { type: 'Request', kind: 'Http', inputs: {} } };

export function workflowText({ kind = 'Stateful', triggers = manual, actions }: WorkflowText): string {
  const $schema =
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';
  return JSON.stringify({ definition: { $schema, contentVersion: '1.0.0.0', triggers, actions, outputs: {} }, kind });
}

/** Makes a project of workflows and other files. */
export function makeProject(
  workflows: Readonly<Record<string, WorkflowText>>,
  files: Readonly<Record<string, unknown>> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('host.json', '{"version":"2.0"}');
  for (const [name, workflow] of Object.entries(workflows)) write(`${name}/workflow.json`, workflowText(workflow));
  for (const [path, value] of Object.entries(files)) write(path, JSON.stringify(value));
  return { folder, write };
}

/** A host in this thread whose notices are kept. */
export class TestHost {
  readonly notices: HostNotice[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(readonly link: RuntimeLink) {
    link.onNotice((notice) => {
      this.notices.push(notice);
      for (const check of this.#waiting) check();
    });
  }

  static async open(folder: string, options: Partial<HostOptions> = {}, ports: Partial<Ports> = {}): Promise<TestHost> {
    return new TestHost(await openInThread({ projectFolder: folder, armTriggers: false, ...options }, ports));
  }

  /** Resolves with the first notice, past or to come, for which `pick` gives something. */
  async notice<Result>(pick: (notice: HostNotice) => Result | undefined): Promise<Result> {
    let seen = 0;
    const find = (): Result | undefined => {
      for (; seen < this.notices.length; seen += 1) {
        const notice = this.notices[seen];
        const found = notice && pick(notice);
        if (found !== undefined) {
          seen += 1;
          return found;
        }
      }
      return undefined;
    };
    return new Promise((resolve) => {
      const check = (): void => {
        const found = find();
        if (found === undefined) return;
        this.#waiting.delete(check);
        resolve(found);
      };
      this.#waiting.add(check);
      check();
    });
  }

  get url(): string {
    const listening = this.notices.find((notice) => notice.type === 'listening');
    if (listening === undefined) throw new Error('The host does not listen.');
    return listening.url;
  }

  async callbackUrl(workflow: string): Promise<string> {
    const { workflows } = await this.link.send('listWorkflows', {});
    const url = workflows.find(({ name }) => name === workflow)?.triggers[0]?.callbackUrl;
    if (url === undefined) throw new Error(`${workflow} has no callback URL.`);
    return url;
  }

  async ended(runId: string): Promise<string> {
    return this.notice((notice) =>
      notice.type === 'event' && notice.event.type === 'runFinished' && notice.event.runId === runId
        ? notice.event.status
        : undefined,
    );
  }

  /** The hold of a step that is held now or will be. */
  async held(name: string, ...repetition: number[]): Promise<Hold> {
    return this.notice((notice) => {
      if (notice.type !== 'held' || notice.hold.name !== name) return undefined;
      const { step, holdId } = notice.hold;
      const isThis = repetition.length === 0 || step?.repetition.join() === repetition.join();
      const isReleased = this.notices.some((each) => each.type === 'released' && each.holdId === holdId);
      return isThis && !isReleased ? notice.hold : undefined;
    });
  }
}
