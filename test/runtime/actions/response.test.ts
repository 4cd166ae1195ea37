/** Response actions where they stand, and with a schema. */
import { describe, expect, it } from 'vitest';
import { compose, play } from '../engine/play';

const schema = { type: 'object', properties: { a: { type: 'integer' } } };
const response = (body: unknown, more: Record<string, unknown> = {}) => ({
  type: 'Response',
  kind: 'Http',
  inputs: { statusCode: 200, body, schema },
  ...more,
});

describe('a Response action', () => {
  it('checks its body only when it is told to', async () => {
    const unchecked = await play({ R: response({ a: 'x' }) });
    expect(unchecked.response).toMatchObject({ status: 200, text: '{"a":"x"}' });
    const checked = await play({ R: response({ a: 'x' }, { operationOptions: 'EnableSchemaValidation' }) });
    expect(checked.step('R')?.error).toMatchObject({
      code: 'ActionSchemaMismatch',
      message: expect.stringContaining("The body of action 'R' does not match its schema definition.") as string,
    });
    expect(checked.response?.status).toBe(502);
    const fitting = await play({ R: response({ a: 1 }, { operationOptions: 'EnableSchemaValidation' }) });
    expect(fitting.response).toMatchObject({ status: 200, text: '{"a":1}' });
  });

  it('answers from a branch, and what follows goes on', async () => {
    const played = await play({
      If: {
        type: 'If',
        expression: { equals: [1, 1] },
        actions: { R: { type: 'Response', inputs: { statusCode: 201, body: 'in the branch' } } },
        else: { actions: { Other: { type: 'Response', inputs: { statusCode: 500 } } } },
      },
      After: compose(1, ['If']),
    });
    expect(played.response).toMatchObject({ status: 201, text: 'in the branch' });
    expect(played.statusOf('After')).toBe('Succeeded');
  });
});
