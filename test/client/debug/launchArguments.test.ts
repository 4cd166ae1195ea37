import { describe, expect, it } from 'vitest';
import { readLaunchArguments } from '../../../client/debug/launchArguments';

const read = (given: object) => readLaunchArguments(given);

describe('a launch configuration', () => {
  it('may name the trigger, or say what it brings', () => {
    expect(read({ project: '/p', workflow: 'w', trigger: 'Start' })).toMatchObject({
      launch: { trigger: { name: 'Start' } },
    });
    expect(read({ project: '/p', workflow: 'w', trigger: { body: [1], headers: { a: 'b' } } })).toMatchObject({
      launch: { trigger: { body: [1], headers: { a: 'b' } } },
    });
  });

  it.each([
    [{}, 'project'],
    [{ project: '/p', workflow: 1 }, 'workflow'],
    [{ project: '/p', port: 70_000 }, 'port'],
    [{ project: '/p', appSettings: { a: 1 } }, 'appSettings'],
    [{ project: '/p', trigger: {} }, 'workflow'],
    [{ project: '/p', workflow: 'w', trigger: 3 }, 'trigger'],
    [{ project: '/p', workflow: 'w', trigger: { method: 1 } }, 'trigger.method'],
    [{ project: '/p', workflow: 'w', trigger: { headers: { a: 1 } } }, 'trigger.headers'],
  ])('%j is refused, naming "%s"', (given, name) => {
    expect(read(given)).toEqual({ problem: expect.stringContaining(`"${name}"`) as string });
  });
});
