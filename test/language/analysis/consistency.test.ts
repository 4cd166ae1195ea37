import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnosticCodes } from '../../../language/text/codes';
import { diagnose, findings, mended, workflowText } from './cases';
import type { Json } from './cases';

const action = (type: string, inputs: unknown, more: Json = {}): Json => ({
  A: { type, inputs, runAfter: {}, ...more },
});
const http = (more: Json): Json => action('Http', { method: 'GET', uri: 'https://x.invalid', ...more });

describe('members that must fit each other', () => {
  it.each<[string, Json, string[]]>([
    [
      'Wait with both',
      action('Wait', { interval: { count: 1, unit: 'Day' }, until: { timestamp: '@triggerBody()' } }),
      ['workflow-conflicting-properties: "until"'],
    ],
    ['Wait with neither', action('Wait', {}), ['workflow-missing-property: "A"']],
    ['no variables', action('InitializeVariable', { variables: [] }), ['workflow-invalid-value: []']],
    [
      'a wrong initial value',
      action('InitializeVariable', { variables: [{ name: 'x', type: 'integer', value: [] }] }),
      ['variable-wrong-type: []'],
    ],
    [
      'an initial value from text',
      action('InitializeVariable', { variables: [{ name: 'x', type: 'integer', value: '5' }] }),
      [],
    ],
    [
      'the same case twice',
      {
        A: {
          type: 'Switch',
          expression: 'x',
          cases: {
            One: { case: 'a', actions: {} },
            Two: { case: 'a', actions: {} },
            Three: { case: 1, actions: {} },
            Four: { case: '1', actions: {} },
          },
          runAfter: {},
        },
      },
      ['switch-duplicate-case: "a"'],
    ],
    [
      'half a retry policy',
      http({ retryPolicy: { type: 'fixed', count: 3 } }),
      ['workflow-missing-property: "retryPolicy"'],
    ],
    ['no retries', http({ retryPolicy: { type: 'none' } }), []],
    [
      'authentication without secret',
      http({ authentication: { type: 'Basic', username: 'x' } }),
      ['workflow-missing-property: "authentication"'],
    ],
    ['authentication from a parameter', http({ authentication: '@triggerBody()' }), []],
    [
      'no duration',
      {
        U: { type: 'Until', expression: '@empty(triggerBody())', limit: { timeout: '1h' }, actions: {}, runAfter: {} },
      },
      ['workflow-invalid-value: "1h"'],
    ],
    [
      'no time zone',
      action(
        'Expression',
        { baseTime: '@triggerBody()', sourceTimeZone: 'UTC', destinationTimeZone: 'Middle Earth' },
        { kind: 'ConvertTimeZone' },
      ),
      ['workflow-invalid-value: "Middle Earth"'],
    ],
    ['managed identity', http({ authentication: { type: 'ManagedServiceIdentity' } }), []],
  ])('%s', (_, actions, expected) => {
    expect(findings(workflowText(actions))).toEqual(expected);
  });
});

it('adds what is missing', () => {
  const text = workflowText({ A: { type: 'Http', runAfter: {} } });
  expect(findings(text)).toEqual(['workflow-missing-property: "A"']);
  expect(findings(mended(text))).toEqual([]);
  expect(JSON.parse(mended(text))).toMatchObject({
    definition: { actions: { A: { inputs: { uri: '', method: 'GET' } } } },
  });
});

describe('functions at their place', () => {
  it.each<[string, Json, string[]]>([
    [
      'callback URL in a webhook',
      action('HttpWebhook', { subscribe: { method: 'POST', uri: 'https://x.invalid', body: '@listCallbackUrl()' } }),
      [],
    ],
    ['callback URL elsewhere', http({ body: '@listCallbackUrl()' }), ['expression-context: listCallbackUrl']],
    ['action() in tracked properties', http({}), []],
    ['action() in inputs', http({ body: "@action()['name']" }), ['expression-context: action']],
    ['agentParameters outside', action('Compose', "@agentParameters('x')"), ['expression-context: agentParameters']],
  ])('%s', (_, actions, expected) => {
    expect(findings(workflowText(actions))).toEqual(expected);
  });

  it('lets action() stand in tracked properties', () => {
    const actions = { A: { type: 'Compose', inputs: 1, runAfter: {}, trackedProperties: { n: "@action()['name']" } } };
    expect(findings(workflowText(actions))).toEqual([]);
  });
});

describe('expressions', () => {
  it.each<[string, string, string[]]>([
    ['unknown function', '@cocnat(1)', ['expression-unknown-function: cocnat']],
    ['too few arguments', '@replace(1)', ['expression-arguments: replace']],
    ['unclosed text', "@concat('a", ["expression-syntax: 'a"]],
    ['impossible type', '@length(5)', ['expression-type: 5']],
    ['all right', "@length('5')", []],
  ])('%s', (_, inputs, expected) => {
    const found = findings(workflowText(action('Compose', inputs)));
    expect(found.slice(0, 1)).toEqual(expected);
  });

  it('offers the function that was meant', () => {
    expect(mended(workflowText(action('Compose', '@cocnat(1)')))).toContain('"@concat(1)"');
  });

  it('tells names from expressions', () => {
    const text = workflowText(action('Compose', { value: [{ '@odata.type': 1, '@@odata.id': 2, 'a@b': 3 }] }));
    expect(findings(text)).toEqual(['expression-syntax: "@odata.type"']);
    expect(mended(text)).toContain('"@@odata.type"');
    expect(findings(workflowText(action('Compose', { "@concat('a', 'b')": 1 })))).toEqual([]);
  });

  it('hints at a blank before @', () => {
    const text = workflowText(action('Compose', ' @utcNow()'));
    expect(diagnose(text).map((each) => each.code)).toContain('expression-leading-blank');
    expect(findings(text)).toEqual([]);
  });
});

describe('the file', () => {
  it('says when a name stands twice, and when nothing can run', () => {
    expect(findings('{"definition":{"triggers":{},"actions":{},"outputs":{},"outputs":{}},"kind":"Stateful"}')).toEqual(
      ['json-duplicate-key: "outputs"'],
    );
    const text = workflowText({
      A: { type: 'Compose', inputs: 1, runAfter: { B: ['Succeeded'] } },
      B: { type: 'Compose', inputs: 1, runAfter: { A: ['Succeeded'] } },
      C: { type: 'Compose', inputs: 1, runAfter: { A: ['Succeeded'] } },
    });
    expect(findings(text)).toContain('action-unreachable: "C"');
  });

  it('knows the kinds of workflows', () => {
    expect(findings(workflowText({}, {}, 'Statefull'))).toEqual(['workflow-unknown-kind: "Statefull"']);
    expect(findings(workflowText({}, {}, 'stateless'))).toEqual([]);
  });

  it('wants values for the parameters of a resource', () => {
    const definition = {
      triggers: {},
      actions: {},
      parameters: { a: { type: 'String' }, b: { type: 'String', defaultValue: '' }, c: { type: 'String' } },
    };
    const text = JSON.stringify({ properties: { definition, parameters: { c: { value: 'x' } } } });
    expect(findings(text)).toEqual(['parameter-without-value: "a"']);
  });
});

it('documents every code with its severity', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/diagnostics.md'), 'utf8');
  const undocumented = Object.entries(diagnosticCodes).filter(
    ([code, { severity, title }]) => !page.includes(`### ${code}\n\n${title}. Severity: ${severity}.\n\n`),
  );
  expect(undocumented).toEqual([]);
});

it('uses every code of the table', () => {
  const folder = join(import.meta.dirname, '../../../language');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('codes.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  expect(Object.keys(diagnosticCodes).filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});
