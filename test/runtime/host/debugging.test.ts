import { afterEach, describe, expect, it } from 'vitest';
import type { Breakpoint, ExceptionFilter, Hold, InspectScope, Resume } from '../../../runtime/host/commands';
import { after, makeProject, TestHost } from './projects';
import type { WorkflowText } from './projects';

const open: TestHost[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.link.dispose();
});

const flow: WorkflowText = {
  actions: {
    Init: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'total', type: 'integer', value: 0 }] },
      runAfter: {},
    },
    Loop: {
      type: 'Foreach',
      foreach: '@triggerBody()',
      runAfter: after('Init'),
      operationOptions: 'Sequential',
      actions: {
        Double: { type: 'Compose', inputs: '@mul(item(), 2)', runAfter: {} },
        Check: {
          type: 'If',
          expression: { and: [{ greater: ['@item()', 1] }] },
          runAfter: after('Double'),
          actions: {
            Add: { type: 'IncrementVariable', inputs: { name: 'total', value: "@outputs('Double')" }, runAfter: {} },
          },
          else: { actions: { Pass: { type: 'Compose', inputs: 'small', runAfter: {} } } },
        },
      },
    },
    Call: { type: 'Workflow', inputs: { host: { workflow: { id: 'child' } }, body: 1 }, runAfter: after('Loop') },
    Last: { type: 'Compose', inputs: "@variables('total')", runAfter: after('Call') },
  },
};
const child: WorkflowText = {
  actions: {
    Work: { type: 'Compose', inputs: 'work', runAfter: {} },
    Answer: { type: 'Response', inputs: { statusCode: 200 }, runAfter: after('Work') },
  },
};
const parallel: WorkflowText = {
  actions: {
    Left: { type: 'Compose', inputs: 1, runAfter: {} },
    Right: { type: 'Compose', inputs: 1, runAfter: {} },
    Join: { type: 'Compose', inputs: 2, runAfter: after('Left', 'Right') },
  },
};
const failing: WorkflowText = {
  actions: {
    Caught: { type: 'Compose', inputs: "@int('x')", runAfter: {} },
    Handler: { type: 'Compose', inputs: 1, runAfter: { Caught: ['Failed'] } },
    Uncaught: { type: 'Compose', inputs: "@int('y')", runAfter: after('Handler') },
    Never: { type: 'Compose', inputs: 1, runAfter: after('Uncaught') },
    Cleanup: { type: 'Compose', inputs: 1, runAfter: { Never: ['Skipped'] } },
  },
};

const hidden = (...properties: string[]) => ({ runtimeConfiguration: { secureData: { properties } } });
const secret: WorkflowText = {
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: {}, ...hidden('outputs') } },
  actions: {
    Each: {
      type: 'Foreach',
      foreach: '@triggerBody()',
      runAfter: {},
      ...hidden('inputs'),
      actions: { Double: { type: 'Compose', inputs: '@item()', runAfter: {}, ...hidden('inputs') } },
    },
  },
};

class Session {
  private constructor(readonly host: TestHost) {}

  static async start(
    breakpoints: readonly Partial<Breakpoint>[],
    { exceptions = [], stopOnEntry = false }: { exceptions?: readonly ExceptionFilter[]; stopOnEntry?: boolean } = {},
  ): Promise<Session> {
    const { folder } = makeProject(
      { flow, child, parallel, failing, secret },
      { 'local.settings.json': { Values: { SHOP: 'Example', API_KEY: 'not-a-real-key' } } },
    );
    const host = await TestHost.open(folder);
    open.push(host);
    await host.link.send('setDebugging', { enabled: true, stopOnEntry });
    await host.link.send('setBreakpoints', {
      breakpoints: breakpoints.map((each, index) => ({
        id: index + 1,
        workflow: 'flow',
        operation: 'Double',
        role: 'action',
        moment: 'before',
        ...each,
      })),
      exceptions,
    });
    return new Session(host);
  }

  async run(workflow = 'flow', body: unknown = [1, 2, 3]): Promise<string> {
    const { runIds } = await this.host.link.send('fireTrigger', {
      workflow,
      request: {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        bodyBase64: Buffer.from(JSON.stringify(body)).toString('base64'),
      },
    });
    return runIds[0] ?? '';
  }

  async go(hold: Hold, mode: Resume): Promise<void> {
    await this.host.link.send('resume', { holdId: hold.holdId, mode });
  }

  /** Steps again and again, and tells where it stopped: `name[repetition]`. */
  async walk(from: Hold, ...modes: Resume[]): Promise<string[]> {
    const stops: string[] = [];
    let hold = from;
    for (const mode of modes) {
      const before = hold.holdId;
      await this.go(hold, mode);
      hold = await this.next(before);
      stops.push(`${hold.name}[${hold.step?.repetition.join() ?? ''}]`);
    }
    return stops;
  }

  /** The first step that was held after a hold. */
  next(holdId: number): Promise<Hold> {
    return this.host.notice((notice) =>
      notice.type === 'held' && notice.hold.holdId > holdId ? notice.hold : undefined,
    );
  }

  async values(hold: Hold, scope: InspectScope): Promise<Record<string, string | boolean | undefined>> {
    const { items } = await this.host.link.send('inspect', { holdId: hold.holdId, scope });
    return Object.fromEntries(items.map(({ name, value }) => [name, value.secured ?? value.json]));
  }

  async evaluate(hold: Hold, expression: string): Promise<string | undefined> {
    const reply = await this.host.link.send('evaluate', { holdId: hold.holdId, expression });
    return 'error' in reply ? reply.error.code : reply.value.json;
  }

  heldNames(): string[] {
    return this.host.notices.flatMap((notice) => (notice.type === 'held' ? [notice.hold.name] : []));
  }
}

describe('breakpoints', () => {
  it('hold a step before it runs, with everything around it to look at', async () => {
    const session = await Session.start([{ condition: 'equals(item(), 2)' }]);
    const runId = await session.run();
    const hold = await session.host.held('Double');
    expect(hold).toMatchObject({
      reason: 'breakpoint',
      breakpointIds: [1],
      moment: 'before',
      step: { repetition: [1] },
    });
    expect(hold.enclosing).toEqual([
      { step: { action: 'Loop', repetition: [] }, actionType: 'Foreach', index: 1, count: 3 },
    ]);
    expect(await session.values(hold, 'loop')).toMatchObject({ 'Loop: item': '2', 'Loop: index': '1' });
    expect(await session.values(hold, 'variables')).toEqual({ total: '0' });
    expect(await session.values(hold, 'trigger')).toMatchObject({ body: '[1,2,3]' });
    expect(await session.values(hold, 'action')).toEqual({ inputs: '4' });
    expect(await session.values(hold, 'appSettings')).toEqual({ SHOP: '"Example"', API_KEY: true });
    expect(await session.evaluate(hold, "@{concat('item ', item())}")).toBe('"item 2"');
    expect(await session.evaluate(hold, 'length(triggerBody())')).toBe('3');
    expect(await session.evaluate(hold, 'length(')).toBe('InvalidTemplate');
    await session.go(hold, 'continue');
    expect(await session.host.ended(runId)).toBe('Succeeded');
    await expect(session.go(hold, 'continue')).rejects.toThrow(/not held/);
  });

  it('do not show what secureData hides', async () => {
    const session = await Session.start([{ workflow: 'secret' }]);
    await session.run('secret');
    const hold = await session.host.held('Double');
    expect(await session.values(hold, 'trigger')).toMatchObject({ body: true });
    expect(await session.values(hold, 'loop')).toMatchObject({ 'Each: item': true, 'Each: index': '0' });
    expect(await session.values(hold, 'action')).toEqual({ inputs: true });
    const hidden = async (expression: string): Promise<boolean> => {
      const reply = await session.host.link.send('evaluate', { holdId: hold.holdId, expression });
      return 'value' in reply && reply.value.secured === true;
    };
    expect(await hidden('item()')).toBe(true);
    expect(await hidden("@{concat('x', triggerBody())}")).toBe(true);
    expect(await hidden("outputs(concat('Dou', 'ble'))")).toBe(true);
    expect(await hidden('add(1, 2)')).toBe(false);
  });

  it('do not log what secureData hides', async () => {
    const session = await Session.start([{ workflow: 'secret', logMessage: 'the item is @{item()}' }]);
    expect(await session.host.ended(await session.run('secret'))).toBe('Succeeded');
    const logs = session.host.notices.flatMap((notice) => (notice.type === 'log' ? [notice.message] : []));
    expect(logs[0]).toContain('it reads what the workflow secures');
    expect(logs.join('')).not.toContain('the item is');
  });

  it('hold after a step with its result', async () => {
    const session = await Session.start([{ moment: 'after', hitCondition: '3' }]);
    await session.run();
    const hold = await session.host.held('Double');
    expect(hold.step?.repetition).toEqual([2]);
    expect(await session.values(hold, 'action')).toMatchObject({ inputs: '6', outputs: '6', status: '"Succeeded"' });
  });

  it('on the trigger hold before the first action, with what it brought', async () => {
    const session = await Session.start([{ operation: 'MANUAL', role: 'trigger' }]);
    await session.run();
    const hold = await session.host.held('manual');
    expect(hold).toMatchObject({ role: 'trigger', step: undefined });
    expect(await session.values(hold, 'trigger')).toMatchObject({ body: '[1,2,3]' });
    expect(await session.walk(hold, 'next')).toEqual(['Init[]']);
  });

  it('with a message log it and do not hold', async () => {
    const session = await Session.start([{ logMessage: 'doubling @{item()} of @{length(triggerBody())}' }]);
    expect(await session.host.ended(await session.run())).toBe('Succeeded');
    const logs = session.host.notices.flatMap((notice) => (notice.type === 'log' ? [notice.message] : []));
    expect(logs).toEqual(['doubling 1 of 3', 'doubling 2 of 3', 'doubling 3 of 3']);
    expect(session.heldNames()).toEqual([]);
  });

  it('whose condition cannot be evaluated hold, and say so', async () => {
    const session = await Session.start([{ condition: "variables('nobody')" }]);
    await session.run();
    await session.host.held('Double');
    expect(JSON.stringify(session.host.notices)).toMatch(/condition of the breakpoint at 'Double' cannot be evaluated/);
  });

  it('let a variable be changed, and what follows uses it', async () => {
    const session = await Session.start([{ operation: 'Last' }]);
    const runId = await session.run();
    const hold = await session.host.held('Last');
    expect(await session.values(hold, 'variables')).toEqual({ total: '10' });
    const { link } = session.host;
    expect(await link.send('setVariable', { holdId: hold.holdId, name: 'total', json: '"text"' })).toHaveProperty(
      'error',
    );
    expect(await link.send('setVariable', { holdId: hold.holdId, name: 'total', json: '{' })).toHaveProperty('error');
    expect(await link.send('setVariable', { holdId: hold.holdId, name: 'total', json: '99' })).toEqual({
      value: { json: '99' },
    });
    await session.go(hold, 'continue');
    await session.host.ended(runId);
    const { events } = await link.send('runEvents', { runId });
    const last = events.find((event) => event.type === 'actionFinished' && event.step.action === 'Last');
    expect(last).toMatchObject({ outputs: { json: '99' } });
  });

  it('let go of a run that is cancelled, and of all when debugging ends', async () => {
    const session = await Session.start([{ operation: 'Init' }]);
    const first = await session.run();
    await session.host.held('Init');
    await session.host.link.send('cancelRun', { runId: first });
    expect(await session.host.ended(first)).toBe('Cancelled');
    const second = await session.run();
    await session.host.held('Init');
    await session.host.link.send('setDebugging', { enabled: false });
    expect(await session.host.ended(second)).toBe('Succeeded');
  });
});

describe('stepping through a run', () => {
  it('goes over, into and out of loops, branches and called workflows', async () => {
    const session = await Session.start([{ operation: 'Init' }]);
    const runId = await session.run();
    const hold = await session.host.held('Init');
    const stops = await session.walk(
      hold,
      'next', // Loop
      'stepIn', // Double 0
      'next', // Check 0
      'stepIn', // Pass 0
      'next', // Double 1
      'next', // Check 1
      'next', // Double 2: Check is stepped over
      'stepOut', // Call
      'stepIn', // the child's trigger
      'next', // Work
      'stepOut', // Last
    );
    expect(stops).toEqual([
      'Loop[]',
      'Double[0]',
      'Check[0]',
      'Pass[0]',
      'Double[1]',
      'Check[1]',
      'Double[2]',
      'Call[]',
      'manual[]',
      'Work[]',
      'Last[]',
    ]);
    await session.go(await session.host.held('Last'), 'next');
    expect(await session.host.ended(runId)).toBe('Succeeded');
  });

  it('holds each branch of a fork as a thread of its own', async () => {
    const session = await Session.start([{ workflow: 'parallel', operation: 'manual', role: 'trigger' }]);
    const runId = await session.run('parallel');
    await session.go(await session.host.held('manual'), 'next');
    const [left, right] = [await session.host.held('Left'), await session.host.held('Right')];
    await session.go(left, 'next');
    await session.go(right, 'continue');
    const join = await session.host.held('Join');
    expect(join.reason).toBe('step');
    await session.go(join, 'continue');
    expect(await session.host.ended(runId)).toBe('Succeeded');
    expect(session.heldNames()).toEqual(['manual', 'Left', 'Right', 'Join']);
  });

  it('stops at the entry of a run when asked to', async () => {
    const session = await Session.start([], { stopOnEntry: true });
    await session.run();
    expect((await session.host.held('manual')).reason).toBe('entry');
  });

  it('pauses a run at its next step', async () => {
    const session = await Session.start([{ operation: 'Init' }]);
    await session.run();
    const hold = await session.host.held('Init');
    await session.host.link.send('pause', {});
    await session.host.link.send('setBreakpoints', { breakpoints: [], exceptions: [] });
    await session.go(hold, 'continue');
    // Letting go of a step ends the pause of its run: it was asked for before.
    await session.host.notice((notice) =>
      notice.type === 'event' && notice.event.type === 'runFinished' ? true : undefined,
    );
    expect(session.heldNames()).toEqual(['Init']);
  });
});

describe('exception filters', () => {
  const names = async (exceptions: readonly ExceptionFilter[]): Promise<string[]> => {
    const session = await Session.start([], { exceptions });
    const runId = await session.run('failing');
    let last = 0;
    const ended = session.host.ended(runId).then(() => undefined);
    for (;;) {
      const hold = await Promise.race([session.next(last), ended]);
      if (hold === undefined) break;
      expect([hold.reason, hold.error !== undefined]).toEqual(['exception', true]);
      last = hold.holdId;
      await session.go(hold, 'continue');
    }
    return session.heldNames();
  };

  it('hold at every failed step', async () => expect(await names(['failed'])).toEqual(['Caught', 'Uncaught']));
  it('hold where nothing handles the failure', async () => {
    // Cleanup asks for Never being skipped, so the failure of Uncaught leads somewhere too.
    expect(await names(['unhandled'])).toEqual([]);
  });
  it('hold behind a step that was skipped because of what ran before', async () =>
    expect(await names(['skipped'])).toEqual(['Cleanup']));
});
