import { describe, expect, it } from 'vitest';
import { operationForm } from '../../../language/catalog/form';

describe('what can be filled in for an operation', () => {
  it('lists the members of HTTP, required ones first, with what they are for and the choices there are', () => {
    const form = operationForm('action', 'http');
    expect(form.slice(0, 2).map((each) => each.path.join('.'))).toEqual(['inputs.uri', 'inputs.method']);
    expect(form.find((each) => each.path[1] === 'method')).toMatchObject({
      required: true,
      choices: expect.arrayContaining(['GET', 'PATCH']) as string[],
      isSetting: false,
    });
    expect(form.find((each) => each.path[1] === 'headers')?.description).toBeTruthy();
    expect(form.find((each) => each.path[1] === 'retryPolicy')?.isSetting).toBe(true);
    expect(form.find((each) => each.path[0] === 'runtimeConfiguration')).toMatchObject({
      isSetting: true,
      required: false,
    });
  });

  it('never lists nested actions, types or runAfter, and knows nothing of unknown types', () => {
    const names = operationForm('action', 'Foreach').map((each) => each.path[0]);
    expect(names).toContain('foreach');
    expect(names).not.toContain('actions');
    expect(names).not.toContain('runAfter');
    expect(operationForm('action', 'Nobody knows')).toEqual([]);
  });
});
