/** Variables and data operations. */
import { describe, expect, it } from 'vitest';
import { compose, play } from './play';

const init = (name: string, type: string, value?: unknown): unknown => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name, type, ...(value === undefined ? {} : { value }) }] },
});
const on = (type: string, inputs: unknown, ...after: string[]): unknown => ({
  type,
  inputs,
  runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
});

describe('variables', () => {
  it.each([
    ['string', ''],
    ['array', []],
    ['integer', null],
    ['object', null],
  ])('of type %s without a value start as %j', async (type, value) => {
    const played = await play({ I: init('v', type), Out: compose({ v: "@variables('V')" }, ['I']) });
    expect(played.outputs('Out')).toEqual({ v: value });
  });

  it('may be initialized several at once', async () => {
    const variables = [
      { name: 'a', type: 'Integer', value: 1 },
      { name: 'b', type: 'String', value: 'x' },
    ];
    const played = await play({
      I: on('InitializeVariable', { variables }),
      Out: compose("@concat(variables('b'), variables('a'))", ['I']),
    });
    expect(played.outputs('Out')).toBe('x1');
  });

  it.each([
    ['Integer', 1, '5'],
    ['Integer', 1, 1.5],
    ['String', 'a', 5],
    ['Boolean', true, 'true'],
    ['Array', [], {}],
    ['Object', {}, []],
  ])('of type %s refuse another type', async (type, start, value) => {
    const played = await play({ I: init('v', type, start), S: on('SetVariable', { name: 'v', value }, 'I') });
    expect(played.step('S')).toMatchObject({ status: 'Failed', code: 'BadRequest' });
    expect(played.step('S')?.error?.message).toContain(`only supports values of types '${type}'`);
  });

  it('of type Float take whole numbers', async () => {
    const played = await play({
      I: init('v', 'float', 1),
      A: on('IncrementVariable', { name: 'v', value: 0.5 }, 'I'),
      B: on('DecrementVariable', { name: 'v' }, 'A'),
      Out: compose("@variables('v')", ['B']),
    });
    expect(played.outputs('Out')).toBe(0.5);
  });

  it('append values but no arrays', async () => {
    const played = await play({
      I: init('a', 'array', [1]),
      A: on('AppendToArrayVariable', { name: 'a', value: { x: null } }, 'I'),
      Bad: on('AppendToArrayVariable', { name: 'a', value: [2] }, 'A'),
      Out: compose("@variables('a')", ['A']),
    });
    expect(played.outputs('Out')).toEqual([1, { x: null }]);
    expect(played.step('Bad')?.error?.message).toContain('cannot be appended');
  });

  it('are told when they do not exist', async () => {
    const played = await play({ S: on('SetVariable', { name: 'nope', value: 1 }) });
    expect(played.step('S')?.error?.message).toContain(`The variable 'nope' does not exist`);
  });
});

describe('data operations', () => {
  const rows = [
    { id: 1, name: 'a, "b"', ok: true },
    { id: 2.5, name: null, ok: false },
  ];

  it('make CSV tables with quoted fields and given columns', async () => {
    const played = await play({
      Auto: on('Table', { from: rows, format: 'CSV' }),
      Own: on('Table', { from: rows, format: 'csv', columns: [{ header: 'N', value: "@concat('#', item()?['id'])" }] }),
    });
    expect(played.outputs('Auto')).toEqual({ body: 'id,name,ok\r\n1,"a, ""b""",True\r\n2.5,,False\r\n' });
    expect(played.outputs('Own')).toEqual({ body: 'N\r\n#1\r\n#2.5\r\n' });
  });

  it('make HTML tables with escaped text', async () => {
    const played = await play({ T: on('Table', { from: [{ a: '<b>&"' }], format: 'HTML' }) });
    expect(played.outputs('T')).toEqual({
      body: '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;b&gt;&amp;&quot;</td></tr></tbody></table>',
    });
  });

  it('select values that are no objects, filter with conditions, and join with their texts', async () => {
    const played = await play({
      Sel: on('Select', { from: rows, select: "@item()['id']" }),
      Fil: on('Query', { from: rows, where: { not: { equals: ["@item()?['name']", null] } } }),
      Joi: on('Join', { from: [1, 'a', null, true, { b: 2.0 }], joinWith: '; ' }),
    });
    expect(played.outputs('Sel')).toEqual({ body: [1, 2.5] });
    expect(played.outputs('Fil')).toEqual({ body: [rows[0]] });
    expect(played.outputs('Joi')).toEqual({ body: '1; a; ; True; {"b":2}' });
  });

  it('name what is wrong with their source', async () => {
    const played = await play({ Sel: on('Select', { from: '@null', select: 1 }) });
    expect(played.step('Sel')).toMatchObject({
      code: 'BadRequest',
      error: {
        message: `The 'from' property value in the 'select' action inputs is of type 'Null'. The value must be an array.`,
      },
    });
  });

  it('see the item of the loop around outside, and their own inside', async () => {
    const played = await play({
      Loop: {
        type: 'Foreach',
        foreach: [10],
        actions: { Sel: on('Select', { from: [1, 2], select: "@add(item(), items('Loop'))" }) },
      },
    });
    expect(played.outputs('Sel', 0)).toEqual({ body: [11, 12] });
  });
});

describe('Parse JSON', () => {
  const parse = (content: unknown, schema: unknown): ReturnType<typeof play> =>
    play({ P: on('ParseJson', { content, schema }) });

  it('tells every place that does not fit', async () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'array', items: { type: 'integer' } } },
      required: ['c'],
    };
    const played = await parse({ a: null, b: [1, 'x'] }, schema);
    expect(played.step('P')).toMatchObject({
      status: 'Failed',
      error: { code: 'ValidationFailed', message: 'The schema validation failed.' },
    });
    const { errors } = played.outputs('P') as { errors: { message: string; path: string }[] };
    expect(errors.map(({ path, message }) => `${path}: ${message}`).sort()).toEqual([
      ': Required properties are missing from object: c.',
      'a: Invalid type. Expected String but got Null.',
      'b[1]: Invalid type. Expected Integer but got String.',
    ]);
  });

  it.each([
    [{ type: ['string', 'null'] }, null, 'Failed'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, [null, 'a'], 'Succeeded'],
    [{ minimum: 1, exclusiveMinimum: true }, 1, 'Failed'],
    [{ type: 'object', additionalProperties: false, properties: { a: {} } }, { b: 1 }, 'Failed'],
    [
      { definitions: { n: { type: 'number' } }, type: 'object', properties: { x: { $ref: '#/definitions/n' } } },
      { x: 1.5 },
      'Succeeded',
    ],
    [{ $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' }, { a: 1 }, 'Succeeded'],
    [{}, 'text that is no JSON', 'Failed'],
    [{}, '[1]', 'Succeeded'],
    [{}, { '$content-type': 'application/json', $content: 'WzFd' }, 'Succeeded'],
    [{}, { '$content-type': 'text/plain;charset=utf-8', $content: 'WzFd' }, 'Succeeded'],
  ])('with schema %j judges %j', async (schema, content, status) => {
    expect((await parse(content, schema)).statusOf('P')).toBe(status);
  });
});

describe('Parse JSON of content it cannot read', () => {
  it.each([
    [
      'oops',
      'InvalidJSON',
      "The 'content' property of actions of type 'ParseJson' must be valid JSON. The provided value cannot be parsed: 'Unexpected character",
    ],
    [
      null,
      'InvalidTemplate',
      "Unable to process template language expressions in action 'P' inputs at line '0' and column '0': 'Required property 'content' expects a value but got null. Path ''.'.",
    ],
    [
      { '$content-type': 'application/octet-stream', $content: 'WzFd' },
      'InvalidTemplate',
      "The property 'content' must be of type JSON in the 'ParseJson' action inputs, but was of type 'application/octet-stream'.",
    ],
  ])('%j fails as %s', async (content, code, message) => {
    const played = await play({ P: on('ParseJson', { content, schema: {} }) });
    expect(played.step('P')).toMatchObject({ status: 'Failed', error: { code } });
    expect(played.step('P')?.error?.message).toContain(message);
  });
});

describe('Wait', () => {
  it('waits until a point in time, and not at all when that is past', async () => {
    const start = Date.UTC(2026, 0, 31, 8);
    const played = await play(
      {
        Month: on('Wait', { interval: { count: 1, unit: 'Month' } }),
        Until: on('Wait', { until: { timestamp: '2026-03-01T00:00:00.0000000Z' } }, 'Month'),
        Past: on('Wait', { until: { timestamp: '2020-01-01T00:00:00Z' } }, 'Until'),
      },
      { options: { start } },
    );
    const end = (name: string): string => new Date(played.step(name)?.endTime ?? 0).toISOString();
    expect([end('Month'), end('Until'), end('Past')]).toEqual([
      '2026-02-28T08:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
    ]);
  });
});

describe('date expressions as actions', () => {
  const kind = (name: string, inputs: unknown): unknown => ({ type: 'Expression', kind: name, inputs });

  it('are the functions of the language', async () => {
    const played = await play({
      Add: kind('AddToTime', { baseTime: '2026-01-01T00:00:00Z', interval: 2, timeUnit: 'Day' }),
      Zone: kind('ConvertTimeZone', {
        baseTime: '2026-07-01T12:00:00Z',
        sourceTimeZone: 'UTC',
        destinationTimeZone: 'W. Europe Standard Time',
        formatString: 'g',
      }),
      Now: { type: 'Expression', kind: 'CurrentTime', inputs: {} },
    });
    expect(played.outputs('Add')).toEqual({ body: '2026-01-03T00:00:00.0000000Z' });
    expect(played.outputs('Zone')).toEqual({ body: '7/1/2026 2:00 PM' });
    expect(played.statusOf('Now')).toBe('Succeeded');
  });
});
