import { describe, expect, it } from 'vitest';
import { readWorkflow } from '../../../language/workflow/read';
import type { Step } from '../../../runtime/events';
import { nestingOf } from '../../../runtime/host/debug/nesting';
import { Stepping } from '../../../runtime/host/debug/stepping';

const after = (...names: string[]) => Object.fromEntries(names.map((name) => [name, ['Succeeded']]));
const compose = (...names: string[]) => ({ type: 'Compose', inputs: 1, runAfter: after(...names) });

/**
 * First ─┬─ Left ─ LeftEnd ─┬─ Join ─ Loop [ In ─ Check { Yes ─ YesEnd } ─ Out ] ─ Call ─ Last
 *        └─ Right ──────────┘
 */
const main = {
  First: compose(),
  Left: compose('First'),
  LeftEnd: compose('Left'),
  Right: compose('First'),
  Join: compose('LeftEnd', 'Right'),
  Loop: {
    type: 'Foreach',
    runAfter: after('Join'),
    actions: {
      In: compose(),
      Check: { type: 'If', runAfter: after('In'), actions: { Yes: compose(), YesEnd: compose('Yes') } },
      Out: compose('Check'),
    },
  },
  Call: { type: 'Workflow', runAfter: after('Loop') },
  Last: compose('Call'),
};
const texts: Record<string, unknown> = { main, child: { Work: compose(), Answer: compose('Work') } };
const models = new Map(
  Object.entries(texts).map(([name, actions]) => [
    name,
    readWorkflow(JSON.stringify({ definition: { triggers: { manual: { type: 'Request' } }, actions } })).workflow,
  ]),
);

const at = (action: string, ...repetition: number[]): Step => ({ action, repetition });

class Session {
  readonly stepping = new Stepping(() => nestingOf((workflow) => models.get(workflow)));
  constructor() {
    this.started('r', 'main');
  }
  started(runId: string, workflow: string, parent?: { runId: string; step: Step }): void {
    this.stepping.observe({
      runId,
      sequence: 1,
      time: 0,
      type: 'runStarted',
      workflow,
      trigger: 'manual',
      stateless: false,
      clientTrackingId: '',
      ...(parent === undefined ? {} : { parent }),
    });
  }
  iteration(index: number, type: 'iterationStarted' | 'iterationFinished'): void {
    const base = { runId: 'r', sequence: 1, time: 0, step: at('Loop'), index };
    this.stepping.observe(
      type === 'iterationStarted' ? { ...base, type, item: {} } : { ...base, type, status: 'Succeeded' },
    );
  }
  stops(step: Step | undefined, runId = 'r'): boolean {
    return this.stepping.takes(runId, step);
  }
}

describe('next', () => {
  it('stops at what follows the step, not at a branch that runs beside it', () => {
    const session = new Session();
    session.stepping.plan('next', 'r', at('Left'), 'before');
    expect(session.stops(at('Right'))).toBe(false);
    expect(session.stops(at('LeftEnd'))).toBe(true);
    expect(session.stops(at('Join'))).toBe(false);
  });

  it('stops in each branch of a fork, once', () => {
    const session = new Session();
    session.stepping.plan('next', 'r', at('First'), 'before');
    expect(session.stops(at('Left'))).toBe(true);
    expect(session.stops(at('LeftEnd'))).toBe(false);
    expect(session.stops(at('Right'))).toBe(true);
    expect(session.stops(at('Join'))).toBe(false);
  });

  it('steps over a loop as a whole', () => {
    const session = new Session();
    session.stepping.plan('next', 'r', at('Loop'), 'before');
    session.iteration(0, 'iterationStarted');
    expect(session.stops(at('In', 0))).toBe(false);
    expect(session.stops(at('Yes', 0))).toBe(false);
    session.iteration(0, 'iterationFinished');
    session.iteration(1, 'iterationStarted');
    expect(session.stops(at('In', 1))).toBe(false);
    expect(session.stops(at('Call'))).toBe(true);
  });

  it('leaves a scope at its end, for what follows the scope in the same iteration', () => {
    const session = new Session();
    session.stepping.plan('next', 'r', at('YesEnd', 3), 'before');
    expect(session.stops(at('Out', 2))).toBe(false);
    expect(session.stops(at('Out', 3))).toBe(true);
  });

  it('goes on with the next iteration of the loop after the last step of one, and not with one that runs in parallel', () => {
    const session = new Session();
    session.stepping.plan('next', 'r', at('Out', 0), 'before');
    session.iteration(1, 'iterationStarted');
    expect(session.stops(at('In', 1))).toBe(false);
    session.iteration(0, 'iterationFinished');
    session.iteration(2, 'iterationStarted');
    expect(session.stops(at('Out', 1))).toBe(false);
    expect(session.stops(at('In', 2))).toBe(true);
    expect(session.stops(at('Call'))).toBe(false);
  });

  it('leaves the loop when there is no further iteration', () => {
    const session = new Session();
    session.stepping.plan('next', 'r', at('Out', 0), 'before');
    session.iteration(0, 'iterationFinished');
    expect(session.stops(at('Call'))).toBe(true);
  });

  it('goes from the trigger to the first action', () => {
    const session = new Session();
    session.stepping.plan('next', 'r', undefined, 'before');
    expect(session.stops(at('First'))).toBe(true);
    expect(session.stops(at('Left'))).toBe(false);
  });

  it('returns from the end of a called run to what follows the call', () => {
    const session = new Session();
    session.started('c', 'child', { runId: 'r', step: at('Call') });
    session.stepping.plan('next', 'c', at('Answer'), 'before');
    expect(session.stops(at('Last'))).toBe(true);
  });

  it('is given up when the user stops somewhere inside what is stepped over', () => {
    const session = new Session();
    session.stepping.plan('next', 'r', at('Loop'), 'before');
    session.stepping.overtake('r', at('In', 4));
    expect(session.stops(at('Call'))).toBe(false);
  });

  it('stays when the user stops in another branch', () => {
    const session = new Session();
    session.stepping.plan('next', 'r', at('Left'), 'before');
    session.stepping.overtake('r', at('Right'));
    expect(session.stops(at('LeftEnd'))).toBe(true);
  });
});

describe('step in', () => {
  it('stops at the first step of the first iteration only', () => {
    const session = new Session();
    session.stepping.plan('stepIn', 'r', at('Loop'), 'before');
    session.iteration(0, 'iterationStarted');
    session.iteration(1, 'iterationStarted');
    expect(session.stops(at('In', 1))).toBe(false);
    expect(session.stops(at('In', 0))).toBe(true);
  });

  it('stops inside the branch of a condition that runs', () => {
    const session = new Session();
    session.stepping.plan('stepIn', 'r', at('Check', 2), 'before');
    expect(session.stops(at('Yes', 1))).toBe(false);
    expect(session.stops(at('Yes', 2))).toBe(true);
  });

  it('is a step over where there is nothing inside', () => {
    const session = new Session();
    session.stepping.plan('stepIn', 'r', at('Check', 2), 'before');
    expect(session.stops(at('Out', 2))).toBe(true);
  });

  it('enters the workflow that is called, at its trigger', () => {
    const session = new Session();
    session.stepping.plan('stepIn', 'r', at('Call'), 'before');
    session.started('other', 'child');
    expect(session.stops(undefined, 'other')).toBe(false);
    session.started('c', 'child', { runId: 'r', step: at('Call') });
    expect(session.stops(undefined, 'c')).toBe(true);
  });

  it('does not enter a step that has ended', () => {
    const session = new Session();
    session.stepping.plan('stepIn', 'r', at('Check', 2), 'after');
    expect(session.stops(at('Yes', 2))).toBe(false);
    expect(session.stops(at('Out', 2))).toBe(true);
  });
});

describe('step out', () => {
  it('leaves a branch for what follows it', () => {
    const session = new Session();
    session.stepping.plan('stepOut', 'r', at('Yes', 1), 'before');
    expect(session.stops(at('YesEnd', 1))).toBe(false);
    expect(session.stops(at('Out', 1))).toBe(true);
  });

  it('leaves the body of a loop for what follows the loop', () => {
    const session = new Session();
    session.stepping.plan('stepOut', 'r', at('In', 1), 'before');
    expect(session.stops(at('Out', 1))).toBe(false);
    session.iteration(1, 'iterationFinished');
    session.iteration(2, 'iterationStarted');
    expect(session.stops(at('In', 2))).toBe(false);
    expect(session.stops(at('Call'))).toBe(true);
  });

  it('leaves a called run for what follows the call', () => {
    const session = new Session();
    session.started('c', 'child', { runId: 'r', step: at('Call') });
    session.stepping.plan('stepOut', 'c', at('Work'), 'before');
    expect(session.stops(at('Answer'), 'c')).toBe(false);
    expect(session.stops(at('Last'))).toBe(true);
  });

  it('runs on where nothing is around', () => {
    const session = new Session();
    session.stepping.plan('stepOut', 'r', at('First'), 'before');
    expect(session.stops(at('Left'))).toBe(false);
    expect(session.stepping.idle).toBe(true);
  });
});
