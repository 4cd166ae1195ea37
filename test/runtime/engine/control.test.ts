/** Control actions and what they mean for the status of what is around them. */
import { describe, expect, it } from 'vitest';
import { compose, get, play } from './play';

const fails = compose('@div(1, 0)');
const any = ['Succeeded', 'Failed', 'Skipped', 'TimedOut'];

describe('a failing expression', () => {
  it('fails the action as a bad request whose error names the action, the place and the function', async () => {
    const played = await play({ Bad: fails });
    expect(played.step('Bad')).toMatchObject({
      status: 'Failed',
      code: 'BadRequest',
      error: { code: 'InvalidTemplate' },
    });
    expect(played.step('Bad')?.error?.message).toMatch(
      /^Unable to process template language expressions in action 'Bad' inputs at line '\d+' and column '\d+': '.*div/,
    );
    expect(played.status).toBe('Failed');
  });

  it('has no inputs and no outputs', async () => {
    const played = await play({ Bad: fails });
    expect(played.inputs('Bad')).toBeUndefined();
    expect(played.outputs('Bad')).toBeUndefined();
  });
});

describe('runAfter', () => {
  it('takes statuses in any case and lists what was expected of a skipped action', async () => {
    const played = await play({
      A: compose(1),
      B: compose(2, ['A'], ['FAILED', 'timedout']),
      C: compose(3, ['A'], ['SUCCEEDED']),
    });
    expect(played.statusOf('C')).toBe('Succeeded');
    expect(played.step('B')).toMatchObject({
      status: 'Skipped',
      code: 'ActionSkipped',
      error: { code: 'ActionConditionFailed' },
    });
    expect(played.step('B')?.error?.message).toContain(
      `Expected status values 'Failed, TimedOut' and actual value 'Succeeded'`,
    );
  });

  it('lets a failure handler beside a success path fail the run, and alone save it', async () => {
    const both = await play({ A: fails, Ok: compose(1, ['A']), Handler: compose(2, ['A'], ['Failed']) });
    expect(both.status).toBe('Failed');
    const alone = await play({ A: fails, Handler: compose(2, ['A'], ['Failed']) });
    expect(alone.status).toBe('Succeeded');
  });

  it('judges a skipped last action by everything it waited for', async () => {
    const played = await play({ A: compose(1), B: fails, Last: compose(2, ['A', 'B']) });
    expect(played.status).toBe('Failed');
    const fine = await play({ A: compose(1), Last: compose(2, ['A'], ['Failed']) });
    expect(fine.status).toBe('Succeeded');
  });
});

describe('If', () => {
  const branch = (expression: unknown, body: unknown = {}): Promise<string | undefined> =>
    play(
      { Check: { type: 'If', expression, actions: { Yes: compose('y') }, else: { actions: { No: compose('n') } } } },
      { case: { trigger: { type: 'request', body } } },
    ).then((played) =>
      played.statusOf('Check') === 'Failed' ? 'failed' : played.statusOf('Yes') === 'Succeeded' ? 'yes' : 'no',
    );

  it.each([
    [{ equals: [1, 1] }, 'yes'],
    [{ EQUALS: ['a', 'b'] }, 'no'],
    [{ and: [{ greater: [2, 1] }, { lessOrEquals: [2, 2] }] }, 'yes'],
    [{ or: [{ less: [2, 1] }, { greaterOrEquals: [1, 1] }] }, 'yes'],
    [{ not: { equals: [1, 1] } }, 'no'],
    [{ not: { contains: ['abc', 'x'] } }, 'yes'],
    [{ startsWith: ['Hello', 'he'] }, 'yes'],
    [{ endsWith: ['hello', 'lo'] }, 'yes'],
    [{ equals: [{ lENgth: ['abc'] }, 3] }, 'yes'],
    [{ equals: ["@triggerBody()?['n']", 5] }, 'yes'],
    [{ equals: ["@{triggerBody()?['n']}", '5'] }, 'yes'],
    [{ and: [] }, 'yes'],
    ["@equals(triggerBody()?['n'], 5)", 'yes'],
    ["@not(equals(triggerBody()?['n'], 5))", 'no'],
    ['@string(1)', 'failed'],
  ])('%j takes %s', async (expression, taken) => {
    expect(await branch(expression, { n: 5 })).toBe(taken);
  });

  it('skips the branch not taken throughout, even what waits for a skipped action', async () => {
    const played = await play({
      Check: {
        type: 'If',
        expression: { equals: [1, 2] },
        actions: { Yes: compose('y'), After_skip: compose('z', ['Yes'], ['Skipped']) },
      },
    });
    expect(played.statusOf('After_skip')).toBe('Skipped');
    expect(played.step('Yes')?.error?.code).toBe('ActionBranchingConditionNotSatisfied');
  });
});

describe('Switch', () => {
  const pick = (expression: unknown, value: unknown): ReturnType<typeof play> =>
    play({
      Pick: {
        type: 'Switch',
        expression,
        cases: { One: { case: value, actions: { Hit: compose(1) } } },
        default: { actions: { Other: compose(2) } },
      },
    });

  it('compares strings as they are written', async () => {
    const played = await pick("@concat('Op', 'en')", 'open');
    expect([played.statusOf('Hit'), played.statusOf('Other')]).toEqual(['Skipped', 'Succeeded']);
  });

  it('takes integers', async () => {
    expect((await pick('@add(1, 1)', 2)).statusOf('Hit')).toBe('Succeeded');
  });

  it('fails on null, and says which types it takes', async () => {
    const played = await pick('@null', 'x');
    expect(played.step('Pick')).toMatchObject({ status: 'Failed', code: 'ExpressionEvaluationFailed' });
    expect(played.step('Other')).toMatchObject({ status: 'Skipped', error: { code: 'ActionDependencyFailed' } });
  });

  it('fails every branch when a case is of another type', async () => {
    const played = await pick('@add(1, 1)', '2');
    expect([played.statusOf('Pick'), played.statusOf('Hit'), played.statusOf('Other')]).toEqual([
      'Failed',
      'Failed',
      'Failed',
    ]);
  });
});

describe('Scope', () => {
  it('skips what is inside a skipped scope and names the scope', async () => {
    const played = await play({
      A: compose(1),
      S: { type: 'Scope', actions: { Inside: compose(2) }, runAfter: { A: ['Failed'] } },
    });
    expect(played.step('Inside')?.error).toEqual({
      code: 'ActionDependencyFailed',
      message: `The execution of template action 'Inside' is skipped: dependant action 'S' completed with status 'Skipped' and code 'ActionSkipped'.`,
    });
  });

  it('gives its first-level results with the place of failure', async () => {
    const played = await play({
      S: {
        type: 'Scope',
        actions: { Good: compose(1), Bad: fails, In: { type: 'Scope', actions: { Deep: compose(3) } } },
      },
      Out: compose("@result('S')", ['S'], any),
    });
    const results = played.outputs('Out') as { name: string; status: string; code?: string }[];
    expect(results.map(({ name, status, code }) => [name, status, code])).toEqual([
      ['Good', 'Succeeded', 'OK'],
      ['Bad', 'Failed', 'BadRequest'],
      ['In', 'Succeeded', undefined],
    ]);
  });
});

describe('Foreach', () => {
  it.each([
    ["@outputs('In')", [1, 2]],
    ["@actions('in')['outputs']", [1, 2]],
    ["@outputs(concat('I', 'n'))", [1, 2]],
    ["@length(result('Loop')[0]['outputs'])", 2],
    ["@outputs('Deep')", [[10], [20]]],
  ])('lets %s read what its iterations gave', async (expression, value) => {
    const played = await play({
      Loop: {
        type: 'Foreach',
        foreach: [1, 2],
        actions: {
          In: compose('@item()'),
          Inner: {
            type: 'Foreach',
            foreach: "@array(mul(outputs('In'), 10))",
            actions: { Deep: compose('@item()') },
            runAfter: { In: ['Succeeded'] },
          },
        },
      },
      Read: compose(expression, ['Loop']),
    });
    expect(played.outputs('Read')).toEqual(value);
  });

  it('lets a script read what its iterations gave', async () => {
    const played = await play({
      Loop: { type: 'Foreach', foreach: [1, 2], actions: { In: compose('@item()') } },
      Read: {
        type: 'JavaScriptCode',
        inputs: { code: 'return workflowContext.actions.In.outputs;' },
        runAfter: { Loop: ['Succeeded'] },
      },
    });
    expect(played.outputs('Read')).toEqual({ body: [1, 2] });
  });

  it('tells every iteration to the history, also those whose results nobody reads', async () => {
    const played = await play({
      Loop: {
        type: 'Foreach',
        foreach: [1, 2, 3],
        actions: { In: compose('@item()'), Next: compose("@outputs('In')", ['In']) },
      },
    });
    expect([0, 1, 2].map((index) => played.outputs('Next', index))).toEqual([1, 2, 3]);
  });

  const items = { case: { trigger: { type: 'request', body: { items: [1, 0, 2] } } } };

  it('goes on after a failed item, fails itself, and lists each action once in its result', async () => {
    const played = await play(
      {
        Loop: { type: 'Foreach', foreach: "@triggerBody()['items']", actions: { Div: compose('@div(10, item())') } },
        Out: compose("@result('Loop')", ['Loop'], any),
      },
      items,
    );
    expect(played.statusOf('Loop')).toBe('Failed');
    const [div] = played.outputs('Out') as {
      repetitionCount: number;
      outputs: { status: string; outputs?: unknown }[];
    }[];
    expect(div?.repetitionCount).toBe(3);
    expect(div?.outputs.map(({ status, outputs }) => [status, outputs])).toEqual([
      ['Succeeded', 10],
      ['Failed', undefined],
      ['Succeeded', 5],
    ]);
  });

  it('shares variables between its iterations and keeps the order of results', async () => {
    const played = await play(
      {
        Init: { type: 'InitializeVariable', inputs: { variables: [{ name: 'sum', type: 'integer', value: 0 }] } },
        Loop: {
          type: 'Foreach',
          foreach: "@triggerBody()['items']",
          actions: {
            Add: { type: 'IncrementVariable', inputs: { name: 'sum', value: '@item()' } },
            Twice: compose('@mul(item(), 2)'),
          },
          runAfter: { Init: ['Succeeded'] },
        },
        Out: compose({ sum: "@variables('sum')", all: "@outputs('Twice')" }, ['Loop']),
      },
      items,
    );
    expect(played.outputs('Out')).toEqual({ sum: 3, all: [2, 0, 4] });
  });

  it('refuses what is no array, with the type', async () => {
    const played = await play(
      { Loop: { type: 'Foreach', foreach: '@triggerBody()', actions: { A: compose(1) } } },
      items,
    );
    expect(played.step('Loop')).toMatchObject({
      status: 'Failed',
      code: 'ExpressionEvaluationFailed',
      error: { message: expect.stringContaining(`is of type 'Object'. The result must be a valid array.`) as string },
    });
  });

  it('runs items inside items one after the other', async () => {
    const played = await play(
      {
        Outer: {
          type: 'Foreach',
          foreach: [0],
          actions: { Inner: { type: 'Foreach', foreach: [1, 2, 3], actions: { Call: get('x') } } },
        },
      },
      { case: { mocks: [{ responses: [{ status: 200, delayMs: 50 }] }] } },
    );
    expect(played.seen.concurrent).toBe(1);
    expect(played.step('Call', 0, 2)?.status).toBe('Succeeded');
  });
});

describe('Until', () => {
  it('reads its own index, and its actions are read from outside as their last iteration', async () => {
    const played = await play({
      Loop: {
        type: 'Until',
        expression: "@equals(iterationIndexes('Loop'), 2)",
        limit: { count: 10, timeout: 'PT1H' },
        actions: { Step: compose("@iterationIndexes('Loop')") },
      },
      Out: compose("@outputs('Step')", ['Loop']),
    });
    expect(played.outputs('Out')).toBe(2);
    expect(played.step('Loop')?.repetitionCount).toBe(3);
  });

  it('goes on after a failed iteration and takes the status of its last', async () => {
    const played = await play({
      Init: { type: 'InitializeVariable', inputs: { variables: [{ name: 'n', type: 'integer', value: 0 }] } },
      Loop: {
        type: 'Until',
        expression: "@greaterOrEquals(variables('n'), 3)",
        actions: {
          Inc: { type: 'IncrementVariable', inputs: { name: 'n' } },
          Step: compose("@div(10, sub(2, variables('n')))", ['Inc']),
        },
        runAfter: { Init: ['Succeeded'] },
      },
    });
    expect([played.statusOf('Loop'), played.step('Step', 1)?.status]).toEqual(['Succeeded', 'Failed']);
  });

  it('that never ends stops at its limit', async () => {
    const played = await play({
      Loop: { type: 'Until', expression: '@equals(1, 2)', limit: { count: 5000 }, actions: { A: compose(1) } },
    });
    expect(played.step('Loop')).toMatchObject({ status: 'Succeeded', repetitionCount: 5000 });
  });
});

describe('Terminate', () => {
  it('succeeds itself, cancels what is around it and skips the rest', async () => {
    const played = await play({
      Work: {
        type: 'Scope',
        actions: {
          Stop: {
            type: 'Terminate',
            inputs: { runStatus: 'Failed', runError: { code: 404, message: '@{add(1, 1)} missing' } },
          },
          Inner: compose(1, ['Stop']),
        },
      },
      Outer: compose(2, ['Work'], any),
    });
    const [run] = played.seen.runs;
    expect(run).toMatchObject({ status: 'Failed', code: 'Terminated', error: { code: '404', message: '2 missing' } });
    expect(['Stop', 'Work', 'Inner', 'Outer'].map((name) => played.statusOf(name))).toEqual([
      'Succeeded',
      'Cancelled',
      'Skipped',
      'Skipped',
    ]);
  });
});
