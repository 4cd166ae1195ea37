import { describe, expect, it } from 'vitest';
import { readRequest, sampleText } from '../../../client/features/requests/requestText';
import { sampleOf } from '../../../client/features/requests/sample';
import { readWorkflow } from '../../../language/workflow/read';

function trigger(inputs: unknown, more: object = { type: 'Request' }) {
  const text = JSON.stringify({ definition: { triggers: { Start: { ...more, inputs } }, actions: {} } });
  const found = readWorkflow(text).workflow?.triggers[0];
  if (found === undefined) throw new Error('The workflow has a trigger.');
  return found;
}

describe('the sample of a request', () => {
  it('has the shape of the schema and reads back as a request', () => {
    const schema = {
      type: 'object',
      properties: {
        id: { type: 'string' },
        lines: { type: 'array', items: { properties: { n: { type: 'integer' } } } },
      },
    };
    expect(readRequest(sampleText(trigger({ schema })))).toEqual({
      request: {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: { id: 'id', lines: [{ n: 1 }] },
      },
    });
  });

  it('has no body for GET, and the path that the trigger wants', () => {
    expect(readRequest(sampleText(trigger({ method: 'get', relativePath: 'a/{b}' })))).toEqual({
      request: { method: 'GET', relativePath: 'a/{b}', headers: {} },
    });
  });

  it('of another trigger has what it brings, as a list when it is split', () => {
    expect(readRequest(sampleText(trigger({}, { type: 'ServiceProvider' })))).toEqual({
      request: { outputs: { body: {} } },
    });
    expect(readRequest(sampleText(trigger({}, { type: 'Http', splitOn: '@triggerBody()' })))).toEqual({
      request: { outputs: { body: [{}] } },
    });
  });

  it.each([
    [{ enum: ['b', 'a'] }, 'b'],
    [{ type: 'string', format: 'date' }, '2026-01-31'],
    [{ type: ['null', 'boolean'] }, true],
    [{ type: 'number', minimum: 7 }, 7],
    [{ default: { a: 1 } }, { a: 1 }],
    [{ oneOf: [{ type: 'integer' }, {}] }, 1],
    [true, {}],
  ])('of %j is %j', (schema, sample) => {
    expect(sampleOf(schema)).toEqual(sample);
  });

  it('ends in a schema that holds itself', () => {
    const schema: { type: string; items?: unknown } = { type: 'array' };
    schema.items = schema;
    expect(JSON.stringify(sampleOf(schema)).length).toBeLessThan(100);
  });
});

describe('a request text', () => {
  it.each([
    ['', 'object'],
    ['[]', 'object'],
    ['{"method": 1}', '"method" must be a text'],
    ['{"headers": {"a": 1}}', 'header "a"'],
    ['{"body": ', 'value'],
  ])('%j is refused', (text, reason) => {
    const read = readRequest(text);
    expect('problem' in read ? read.problem : 'read').toContain(reason);
  });
});
