import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workflowText } from '../language/analysis/cases';
import { inFolder, logicapps } from './terminal';

const compose = (inputs: unknown) => ({ type: 'Compose', inputs, runAfter: {} });
const good = workflowText({ A: compose(1) });
const bad = workflowText({ A: compose("@body('Aa')") });
const shared = process.env['LOGICAPPS_SHARED'] ?? join(import.meta.dirname, '../../../shared');

describe('logicapps check', () => {
  it('is silent about a project in order', async () => {
    await inFolder({ 'app/host.json': '{}', 'app/w/workflow.json': good }, async (folder) => {
      expect(await logicapps(['check', '.'], folder)).toEqual({
        code: 0,
        out: '2 files checked: no errors, no warnings.\n',
        err: '',
      });
    });
  });

  it('names file, line, code and what to do', async () => {
    await inFolder({ 'app/w/workflow.json': bad }, async (folder) => {
      const { code, out } = await logicapps(['check', 'app'], folder);
      expect(code).toBe(1);
      expect(out).toMatch(/^app\/w\/workflow\.json:\d+:\d+ error action-unknown: There is no action 'Aa'/);
    });
  });

  it('prints JSON alone, with zero-based places and a pointer', async () => {
    await inFolder({ 'app/w/workflow.json': bad }, async (folder) => {
      const { out, err } = await logicapps(['check', 'app', '--format', 'json'], folder);
      expect(err).toBe('');
      const printed: unknown = JSON.parse(out);
      const line = bad.split('\n').findIndex((each) => each.includes('body('));
      const character = bad.split('\n')[line]?.indexOf('Aa') ?? -1;
      expect(printed).toEqual([
        {
          file: 'app/w/workflow.json',
          range: { start: { line, character }, end: { line, character: character + 2 } },
          severity: 'error',
          code: 'action-unknown',
          message: "There is no action 'Aa'. Did you mean 'A'?",
          path: '/definition/actions/A/inputs',
        },
      ]);
    });
  });

  it('speaks SARIF and GitHub', async () => {
    await inFolder({ 'app/w/workflow.json': bad }, async (folder) => {
      const sarif: unknown = JSON.parse((await logicapps(['check', '.', '--format=sarif'], folder)).out);
      expect(sarif).toMatchObject({
        version: '2.1.0',
        runs: [{ results: [{ ruleId: 'action-unknown', level: 'error' }] }],
      });
      const { out } = await logicapps(['check', '.', '--format', 'github'], folder);
      expect(out).toMatch(
        /^::error file=app\/w\/workflow\.json,line=\d+,col=\d+,.*title=action-unknown::There is no action/,
      );
    });
  });

  it('counts warnings as failures with --strict', async () => {
    const text = workflowText({ A: { type: 'Compsoe', inputs: 1, runAfter: {} } });
    await inFolder({ 'w/workflow.json': text }, async (folder) => {
      expect((await logicapps(['check', '.'], folder)).code).toBe(0);
      expect((await logicapps(['check', '.', '--strict'], folder)).code).toBe(1);
    });
  });

  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'workflow-missing-definition'],
    ['half a file', '{"definition":{"triggers":{},"actions":{"A":', 'json-syntax'],
    ['a list', '[]', 'workflow-missing-definition'],
    ['binary', new Uint8Array([0, 255, 254, 10, 123]), 'json-syntax'],
    ['UTF-16', new Uint8Array([255, 254, 123, 0, 125, 0]), 'json-syntax'],
    ['deep nesting', '['.repeat(100_000), 'json-syntax'],
  ])('says clearly what is wrong with %s', async (_, content, code) => {
    await inFolder({ 'w/workflow.json': content, 'host.json': '{}' }, async (folder) => {
      const printed = await logicapps(['check', join('w', 'workflow.json')], folder);
      expect(printed.code).toBe(1);
      expect(printed.out).toContain(code);
    });
  });

  it('accepts a byte-order mark, comments and 5 MB', async () => {
    const large = workflowText({ A: compose('x'.repeat(5_000_000)) });
    await inFolder(
      { 'a/workflow.json': `\uFEFF${good}`, 'b/workflow.json': `// note\n${good}`, 'c/workflow.json': large },
      async (folder) => {
        expect(await logicapps(['check', '.'], folder)).toMatchObject({
          code: 0,
          out: '3 files checked: no errors, no warnings.\n',
        });
      },
    );
  });

  it('finds bare definitions and templates outside of projects', async () => {
    const template = JSON.stringify({
      resources: [
        {
          type: 'Microsoft.Logic/workflows',
          properties: {
            definition: { triggers: {}, actions: { A: compose("[parameters('x')]"), B: compose("@body('C')") } },
          },
        },
      ],
    });
    await inFolder({ 'infra/logic.json': template, 'infra/other.json': '{}' }, async (folder) => {
      const { out } = await logicapps(['check', '.'], folder);
      expect(out).toContain('infra/logic.json:1:');
      expect(out).toContain('1 file checked: 1 error, no warnings.');
    });
  });

  it('ends with 2 where there is nothing to check', async () => {
    await inFolder({ 'readme.md': '' }, async (folder) => {
      expect(await logicapps(['check', 'nowhere'], folder)).toMatchObject({
        code: 2,
        err: 'nowhere: This path does not exist or cannot be read.\n',
      });
      expect(await logicapps(['check', '.'], folder)).toMatchObject({ code: 2 });
      expect((await logicapps(['check'], folder)).code).toBe(2);
      expect((await logicapps(['check', '.', '--format', 'xml'], folder)).code).toBe(2);
    });
  });

  it.skipIf(!existsSync(shared))('reads every file of the corpus', async () => {
    const { code, err } = await logicapps(['check', join(shared, 'corpus'), '--format', 'json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
  });
});
