/** Actions that cannot run, conditions, what loops and conditions are given, limits: a text that has the fault, and one that nearly has. */
import { describe, expect, it } from 'vitest';
import { diagnose, findings, mended, workflowText } from './cases';
import type { Json } from './cases';

const compose = (inputs: unknown, runAfter: Json = {}): Json => ({ type: 'Compose', inputs, runAfter });
const after = (statuses: Record<string, string[]>): Json => compose(1, statuses);
const condition = (expression: unknown, type = 'If'): Json => ({ type, expression, actions: {}, runAfter: {} });
const terminate: Json = { type: 'Terminate', inputs: { runStatus: 'Failed' }, runAfter: {} };
const http: Json = { type: 'Http', inputs: { method: 'GET', uri: 'https://localhost/' }, runAfter: {} };

describe('actions that no run can reach', () => {
  it.each<[string, Json, string[]]>([
    ['after the end', { T: terminate, B: after({ T: ['Succeeded'] }) }, ['action-unreachable: "B"']],
    [
      'when the end was skipped',
      { A: http, T: { ...terminate, runAfter: { A: ['Failed'] } }, B: after({ T: ['Skipped'] }) },
      [],
    ],
    ['a time-out of what takes no time', { A: compose(1), B: after({ A: ['TimedOut'] }) }, ['action-unreachable: "B"']],
    ['a time-out of a call', { A: http, B: after({ A: ['TimedOut'] }) }, []],
    ['the first action is never skipped', { A: http, B: after({ A: ['Skipped'] }) }, ['action-unreachable: "B"']],
    [
      'success and what follows failure',
      { A: http, B: after({ A: ['Failed'] }), D: after({ A: ['Succeeded'], B: ['Succeeded'] }) },
      ['action-unreachable: "D"'],
    ],
    [
      'success, and what follows failure or was skipped',
      { A: http, B: after({ A: ['Failed'] }), D: after({ A: ['Succeeded'], B: ['Succeeded', 'Skipped'] }) },
      [],
    ],
    ['no status at all', { A: http, B: after({ A: [] }) }, ['run-after-invalid: []']],
  ])('%s', (_, actions, expected) => {
    expect(findings(workflowText(actions))).toEqual(expected);
  });

  it('gives a status where there is none', () => {
    const text = mended(workflowText({ A: http, B: after({ A: [] }) }));
    expect(JSON.parse(text)).toMatchObject({ definition: { actions: { B: { runAfter: { A: ['Succeeded'] } } } } });
  });
});

describe('conditions', () => {
  it.each<[string, unknown, string[]]>([
    ['a constant', true, ['condition-constant: true']],
    ['a constant as an expression', '@false', ['condition-constant: "@false"']],
    ['a text', 'yes', ['workflow-invalid-value: "yes"']],
    ['an expression', '@equals(triggerBody(), 1)', []],
    ['a number', 5, ['workflow-invalid-type: 5']],
    ['a function that is none', { and: [{ equal: ['@triggerBody()', 1] }] }, ['workflow-invalid-value: "equal"']],
    ['another function', { and: [{ contains: ['@triggerBody()', 'a'] }] }, []],
    ['one value', { equals: ['@triggerBody()'] }, ['workflow-invalid-value: "equals"']],
    ['a negation', { not: { equals: ['@triggerBody()', 1] } }, []],
    [
      'two comparisons without "and"',
      { equals: ['@triggerBody()', 1], less: ['@triggerBody()', 5] },
      ['workflow-invalid-value: "less"'],
    ],
    ['a value with itself', { equals: ['@triggerBody()', '@triggerBody()'] }, ['condition-constant']],
    ['two moments', { equals: ['@utcNow()', '@utcNow()'] }, []],
  ])('%s', (_, expression, expected) => {
    const found = findings(workflowText({ If: condition(expression) }));
    expect(found.map((each, index) => (expected[index]?.includes(':') === true ? each : each.split(':')[0]))).toEqual(
      expected,
    );
  });

  it('says what a constant does to a loop', () => {
    const [never, once] = ['@false', '@true'].map(
      (text) => diagnose(workflowText({ U: condition(text, 'Until') }))[0]?.message,
    );
    expect(never).toBe('This condition is always false: the loop ends at its limit only.');
    expect(once).toBe('This condition is always true: the loop ends after its first round.');
  });

  it('an empty group is only an information', () => {
    expect(diagnose(workflowText({ If: condition({ and: [] }) })).map((each) => each.severity)).toEqual([
      'information',
    ]);
  });

  it('makes a call an expression', () => {
    const text = mended(workflowText({ If: condition('equals(triggerBody(), 1)') }));
    expect(text).toContain('"@equals(triggerBody(), 1)"');
  });
});

describe('what members must be', () => {
  const loop = (foreach: unknown): Json => ({ type: 'Foreach', foreach, actions: {}, runAfter: {} });
  const select = (from: unknown): Json => ({ type: 'Select', inputs: { from, select: '@item()' }, runAfter: {} });
  it.each<[string, Json, string[]]>([
    ['a loop through a text', loop("@concat('a', 'b')"), [`expression-type: "@concat('a', 'b')"`]],
    ['a loop through anything', loop('@triggerBody()'), []],
    ['a loop through a call without @', loop('triggerBody()'), ['workflow-invalid-type: "triggerBody()"']],
    ['a loop through an object', loop({}), ['workflow-invalid-type: {}']],
    ['a loop through a list', loop([1, 2]), []],
    ['a selection from a number', select('@length(triggerBody())'), ['expression-type: "@length(triggerBody())"']],
    ['a selection from a list', select("@split('a,b', ',')"), []],
    ['a condition that is a text', condition("@concat('a')"), [`expression-type: "@concat('a')"`]],
    ['a condition that may be null', condition("@triggerBody()?['a']"), []],
  ])('%s', (_, action, expected) => {
    expect(findings(workflowText({ A: action }))).toEqual(expected);
  });
});

describe('limits', () => {
  const many = (count: number, make: (index: number) => unknown): Json =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, make(index)]));
  const cases = (count: number): Json => ({
    S: {
      type: 'Switch',
      expression: '@triggerBody()',
      cases: many(count, (index) => ({ case: `${index}`, actions: {} })),
      runAfter: {},
    },
  });
  const output = { type: 'String', value: 'a' };
  it.each<[string, string, string[]]>([
    ['25 cases', workflowText(cases(25)), []],
    ['26 cases', workflowText(cases(26)), ['platform-limit: "n25"']],
    ['10 outputs', workflowText({}, { outputs: many(10, () => output) }), []],
    ['11 outputs', workflowText({}, { outputs: many(11, () => output) }), ['platform-limit: "n10"']],
    ['a description', workflowText({ A: { ...compose(1), description: 'a'.repeat(256) } }), []],
    [
      'a long description',
      workflowText({ A: { ...compose(1), description: 'a'.repeat(257) } }),
      [`platform-limit: "${'a'.repeat(257)}"`],
    ],
    [
      'long tracked properties',
      workflowText({ A: { ...compose(1), trackedProperties: { a: 'a'.repeat(8001) } } }),
      ['platform-limit: {'],
    ],
  ])('%s', (_, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('counts variables', () => {
    const declared = (count: number): string =>
      workflowText({
        V: {
          type: 'InitializeVariable',
          inputs: { variables: Array.from({ length: count }, (_, index) => ({ name: `v${index}`, type: 'string' })) },
          runAfter: {},
        },
      });
    expect(findings(declared(250))).toEqual([]);
    expect(findings(declared(251))).toEqual(['platform-limit: "v250"']);
  });
});
