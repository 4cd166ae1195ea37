/** Rules about what a run will do: when it starts, whether its caller gets an answer, what its variables take. */
import { describe, expect, it } from 'vitest';
import { diagnose, findings, workflowText } from './cases';
import type { Json } from './cases';

const compose = { type: 'Compose', inputs: 1, runAfter: {} };
const response = (after: Json = {}): Json => ({
  type: 'Response',
  inputs: { statusCode: 200 },
  runAfter: after,
});
const scope = (actions: Json, after: Json = {}): Json => ({ type: 'Scope', actions, runAfter: after });
const fork = (actions: Json, otherwise?: Json): Json => ({
  type: 'If',
  expression: "@equals(triggerBody(), 'x')",
  actions,
  ...(otherwise === undefined ? {} : { else: { actions: otherwise } }),
  runAfter: {},
});

describe('recurrences', () => {
  it.each<[string, Json, string[]]>([
    ['as usual', { frequency: 'Week', interval: 1, schedule: { weekDays: ['Monday'], hours: ['8'] } }, []],
    [
      'days of the week by the day',
      { frequency: 'Day', interval: 1, schedule: { weekDays: ['Monday'] } },
      ['recurrence-invalid: [ "Monday" ]'],
    ],
    ['an hour too many', { frequency: 'Day', interval: 1, schedule: { hours: [24] } }, ['recurrence-invalid: [ 24 ]']],
    ['an interval too long', { frequency: 'Day', interval: 501 }, ['recurrence-invalid: 501']],
    ['computed', { frequency: 'Day', interval: "@parameters('days')" }, ['parameter-unknown: days']],
    [
      'an end before the start',
      { frequency: 'Day', interval: 1, startTime: '2030-01-02T00:00:00Z', endTime: '2030-01-01T00:00:00Z' },
      ['recurrence-never: "recurrence"'],
    ],
    [
      'a day that never comes',
      { frequency: 'Month', interval: 12, startTime: '2030-02-01T00:00:00Z', schedule: { monthDays: [31] } },
      ['recurrence-never: "recurrence"'],
    ],
  ])('%s', (_, recurrence, expected) => {
    const text = workflowText({ A: compose }, { triggers: { Every: { type: 'Recurrence', recurrence } } });
    const found = findings(text, { 'parameters.json': '{}' }).map((each) => each.replaceAll(/\s+/g, ' '));
    expect(found).toEqual(expected);
  });
});

describe('answers to callers', () => {
  it.each<[string, Json, string[]]>([
    ['none at all', { A: compose }, []],
    ['at the end', { A: fork({ B: compose }), R: response({ A: ['Succeeded'] }) }, []],
    ['on both sides', { A: fork({ R: response() }, { S: response() }) }, []],
    ['on one side', { A: fork({ R: response() }, { S: compose }) }, ['response-missing: "A"']],
    [
      'on one side, the other ends the run',
      { A: fork({ R: response() }, { T: { type: 'Terminate', inputs: { runStatus: 'Failed' } } }) },
      [],
    ],
    ['on one side, without the other', { A: fork({ R: response() }) }, ['response-missing: "A"']],
    [
      'in some cases of a switch',
      {
        A: {
          type: 'Switch',
          expression: '@triggerBody()',
          cases: { One: { case: 1, actions: { R: response() } } },
          runAfter: {},
        },
      },
      ['response-missing: "A"'],
    ],
    ['after a failure only', { A: compose, R: response({ A: ['Failed'] }) }, ['response-missing: "R"']],
    [
      'by try, catch and finally',
      {
        Try: scope({ A: compose }),
        Catch: scope({ B: compose }, { Try: ['Failed', 'TimedOut'] }),
        Finally: scope({ C: compose }, { Try: ['Succeeded', 'Failed'], Catch: ['Succeeded', 'Skipped'] }),
        Good: response({ Try: ['Succeeded'], Finally: ['Succeeded'] }),
        Bad: response({ Catch: ['Succeeded'], Finally: ['Succeeded'] }),
      },
      [],
    ],
  ])('%s', (_, actions, expected) => {
    expect(findings(workflowText(actions))).toEqual(expected);
  });

  it('tell which way has none', () => {
    const [found] = diagnose(workflowText({ A: fork({ R: response() }) }));
    expect(found?.message).toContain("the false side of 'A'");
  });
});

describe('values of variables', () => {
  const init = (type: string, value?: unknown): Json => ({
    type: 'InitializeVariable',
    inputs: { variables: [{ name: 'v', type, value }] },
    runAfter: {},
  });
  const change = (type: string, value: unknown): Json => ({
    type,
    inputs: { name: 'v', value },
    runAfter: { Init: ['Succeeded'] },
  });

  it.each<[string, Json, string[]]>([
    ['text for text', { Init: init('string'), Set: change('SetVariable', 'a@{1}') }, []],
    [
      'an integer for text',
      { Init: init('string'), Set: change('SetVariable', '@length(triggerBody())') },
      ['variable-value: "@length(triggerBody())"'],
    ],
    ['a list for text', { Init: init('string'), Set: change('SetVariable', [1]) }, ['variable-value: [1]']],
    ['an integer in quotes', { Init: init('integer'), Set: change('SetVariable', '5') }, []],
    [
      'text for a list',
      { Init: init('array'), Set: change('SetVariable', '@concat(1)') },
      ['variable-value: "@concat(1)"'],
    ],
    ['what may be null', { Init: init('string'), Set: change('SetVariable', '@first(createArray(1))') }, []],
    [
      'text to add',
      { Init: init('integer', 1), Add: change('IncrementVariable', "@concat('1')") },
      ['variable-value: "@concat(\'1\')"'],
    ],
    ['a number to append to text', { Init: init('string', ''), Add: change('AppendToStringVariable', 5) }, []],
    [
      'a list to append to text',
      { Init: init('string', ''), Add: change('AppendToStringVariable', [5]) },
      ['variable-value: [5]'],
    ],
    ['a start of another type', { Init: init('array', "@concat('1')") }, ['variable-value: "@concat(\'1\')"']],
    ['anything for a list to take', { Init: init('array'), Add: change('AppendToArrayVariable', '@concat(1)') }, []],
  ])('%s', (_, actions, expected) => {
    const found = findings(workflowText(actions)).map((each) =>
      each.replaceAll(/\s+/g, '').replace('value:', 'value: '),
    );
    expect(found).toEqual(expected);
  });

  it('hint at what nothing reads', () => {
    const read = { A: { ...compose, inputs: "@variables('v')", runAfter: { Init: ['Succeeded'] } } };
    const codes = (actions: Json): string[] => diagnose(workflowText(actions)).map((each) => each.code);
    expect(codes({ Init: init('string') })).toEqual(['variable-unused']);
    expect(codes({ Init: init('string'), Set: change('SetVariable', 'a') })).toEqual(['variable-unused']);
    expect(codes({ Init: init('string'), ...read })).toEqual([]);
    const computed = { A: { ...compose, inputs: "@variables(concat('v'))" } };
    expect(codes({ Init: init('string'), ...computed })).toEqual([]);
  });
});
