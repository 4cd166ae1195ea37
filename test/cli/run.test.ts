import { describe, expect, it } from 'vitest';
import { inFolder, logicapps } from './terminal';

const trigger = { manual: { type: 'Request', kind: 'Http', inputs: {} } };
const workflow = (actions: unknown, triggers: unknown = trigger): string =>
  JSON.stringify({ definition: { triggers, actions }, kind: 'Stateful' });
const answer = {
  Sum: { type: 'Compose', inputs: "@add(triggerBody()?['n'], 9007199254740992)", runAfter: {} },
  Call: {
    type: 'Http',
    inputs: { method: 'GET', uri: 'https://svc.example.test/x' },
    runAfter: { Sum: ['Succeeded'] },
  },
  R: { type: 'Response', inputs: { statusCode: 200, body: "@body('Call')" }, runAfter: { Call: ['Succeeded'] } },
};
const files = {
  'wf/workflow.json': workflow(answer),
  'broken/workflow.json': workflow({ A: { type: 'Compose', inputs: 1, runAfter: { B: ['Succeeded'] } } }),
  'fails/workflow.json': workflow({ A: { type: 'Compose', inputs: '@div(1, 0)' } }),
  'simple/workflow.json': workflow({ A: { type: 'Compose', inputs: "@triggerBody()?['x']" } }),
  'body.json': '{"x": 2.0}',
  'scenario.json': JSON.stringify({
    id: 'one',
    workflow: 'wf',
    trigger: { type: 'request', body: { n: 1 } },
    mocks: [{ match: { action: 'Call' }, responses: [{ status: 200, body: { ok: true } }] }],
  }),
};

describe('logicapps run', () => {
  it('by a scenario prints JSON alone, with exact integers, the response and the requests', async () => {
    await inFolder(files, async (folder) => {
      const { code, out } = await logicapps(
        ['run', '.', 'wf', '--scenario', 'scenario.json', '--format', 'json'],
        folder,
      );
      expect(code).toBe(0);
      expect(out).toContain('9007199254740993');
      expect(JSON.parse(out)).toMatchObject({
        run: { status: 'Succeeded' },
        trigger: { name: 'manual', status: 'Succeeded' },
        response: { statusCode: 200, body: { ok: true } },
        actions: { Call: { status: 'Succeeded', code: 'OK', outputs: { statusCode: 200 } } },
        requests: [{ action: 'Call', method: 'GET', url: 'https://svc.example.test/x', attempt: 1 }],
      });
    });
  });

  it("for real takes the trigger's body from a file", async () => {
    await inFolder(files, async (folder) => {
      const { code, out } = await logicapps(
        ['run', '.', 'simple', '--trigger', 'body.json', '--format', 'json'],
        folder,
      );
      expect(code).toBe(0);
      expect(out).toContain('"outputs": 2.0');
    });
  });

  it('shows what failed, and ends with 1', async () => {
    await inFolder(files, async (folder) => {
      const { code, out } = await logicapps(['run', '.', 'fails'], folder);
      expect(code).toBe(1);
      expect(out).toContain('InvalidTemplate');
    });
  });

  it('lists why a workflow cannot run', async () => {
    await inFolder(files, async (folder) => {
      const { code, err } = await logicapps(['run', '.', 'broken'], folder);
      expect(code).toBe(1);
      expect(err).toContain(`names 'B', which is no action of the same scope`);
    });
  });

  it('ends with 2 for what is not there', async () => {
    await inFolder(files, async (folder) => {
      expect((await logicapps(['run', '.', 'nope'], folder)).code).toBe(2);
      expect((await logicapps(['run', 'nowhere', 'wf'], folder)).code).toBe(2);
      expect((await logicapps(['run', '.', 'wf', '--scenario', 'nope.json'], folder)).code).toBe(2);
      expect((await logicapps(['run', '.'], folder)).code).toBe(2);
    });
  });
});

describe('logicapps test', () => {
  const cases = [
    {
      id: 'good',
      project: '..',
      workflow: 'simple',
      trigger: { type: 'request', body: { x: 5 } },
      mocks: [],
      expect: { runStatus: 'Succeeded', actions: { A: { outputs: 5 } } },
    },
    {
      id: 'bad',
      project: '..',
      workflow: 'simple',
      trigger: { type: 'request' },
      mocks: [],
      expect: { runStatus: 'Failed' },
    },
    {
      id: 'other',
      project: '..',
      workflow: 'simple',
      needs: ['time-travel'],
      trigger: { type: 'request' },
      mocks: [],
      expect: {},
    },
  ];
  const project = { ...files, 'tests/simple.test.json': JSON.stringify(cases) };

  it('finds test files, judges their cases and counts', async () => {
    await inFolder(project, async (folder) => {
      const { code, out } = await logicapps(['test', '.', '--coverage'], folder);
      expect(code).toBe(1);
      expect(out).toContain('✓ good');
      expect(out).toContain('✗ bad\n    runStatus is "Succeeded", expected "Failed"');
      expect(out).toContain('simple: 1 of 1 actions (100 %)');
      expect(out).toContain('1 passed, 1 failed, 1 skipped');
    });
  });

  it.each([
    ['tap', 'not ok 2 - bad'],
    ['junit', '<testcase name="bad"'],
    ['json', '"failed": 1'],
  ])('speaks %s', async (format, part) => {
    await inFolder(project, async (folder) => {
      expect((await logicapps(['test', 'tests', '--format', format], folder)).out).toContain(part);
    });
  });

  it('ends with 2 for a file that is no test file', async () => {
    await inFolder({ ...files, 'x.test.json': '[{"id": "a"}]' }, async (folder) => {
      const { code, err } = await logicapps(['test', 'x.test.json'], folder);
      expect(code).toBe(2);
      expect(err).toContain(`Case 'a': "workflow" is missing.`);
    });
  });
});
