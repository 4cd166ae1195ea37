import { describe, expect, it } from 'vitest';
import { diagnoseFile, findings, mended, shown, workflowText } from './cases';
import type { Json } from './cases';

const compose = (inputs: unknown, ...after: string[]): Json => ({
  type: 'Compose',
  inputs,
  runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
});
const scope = (actions: Json, ...after: string[]): Json => ({
  ...compose(undefined, ...after),
  type: 'Scope',
  actions,
});
const foreach = (actions: Json, more: Json = {}): Json => ({
  type: 'Foreach',
  foreach: '@triggerBody()',
  actions,
  runAfter: {},
  ...more,
});
const initialize = (name: string, type: string, value?: unknown): Json => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name, type, value }] },
  runAfter: {},
});
const set = (name: string, value: unknown, ...after: string[]): Json => ({
  ...compose({ name, value }, ...after),
  type: 'SetVariable',
});

describe('order of actions', () => {
  it.each<[string, Json, string[]]>([
    ['unknown', { A: compose(1), B: compose(1, 'Aa') }, ['run-after-unknown: "Aa"']],
    ['the trigger', { A: compose(1, 'manual') }, ['run-after-trigger: "manual"']],
    ['another scope', { S: scope({ In: compose(1) }), B: compose(1, 'In') }, ['run-after-other-scope: "In"']],
    ['itself', { A: compose(1, 'A') }, ['run-after-cycle: "A"']],
    [
      'a cycle',
      { A: compose(1, 'B'), B: compose(1, 'A') },
      ['run-after-cycle: "runAfter"', 'run-after-cycle: "runAfter"'],
    ],
    [
      'an odd status',
      { A: compose(1), B: { ...compose(1), runAfter: { A: ['Suceeded'] } } },
      ['run-after-invalid-status: "Suceeded"'],
    ],
    ['any case', { A: compose(1), B: { ...compose(1), runAfter: { a: ['SUCCEEDED', 'TimedOut'] } } }, []],
  ])('%s', (_, actions, expected) => {
    expect(findings(workflowText(actions))).toEqual(expected);
  });

  it('mends a misspelt name, and takes out an entry with its comma', () => {
    const text = workflowText({ First: compose(1), B: compose(1, 'Frist') });
    expect(findings(mended(text))).toEqual([]);
    const trigger = workflowText({ A: compose(1), B: compose(1, 'manual', 'A') });
    expect(JSON.parse(mended(trigger))).toMatchObject({
      definition: { actions: { B: { runAfter: { A: ['Succeeded'] } } } },
    });
  });
});

describe('references to actions', () => {
  it.each<[string, Json, string[]]>([
    ['unknown', { A: compose("@body('Nowhere')") }, ['action-unknown: Nowhere']],
    ['the trigger', { A: compose("@body('manual')") }, ['action-unknown: manual']],
    ['not before', { A: compose(1), B: compose("@outputs('A')") }, ['action-not-run-before: A']],
    ['after', { A: compose("@outputs('B')"), B: compose(1, 'A') }, ['action-not-run-before: B']],
    ['itself', { A: compose("@outputs('A')") }, ['action-not-run-before: A']],
    ['around', { S: scope({ In: compose("@outputs('S')") }) }, ['action-not-run-before: S']],
    ['further back', { A: compose(1), B: compose(1, 'A'), C: compose("@outputs('a')", 'B') }, []],
    ['from inside of a scope before', { S: scope({ In: compose(1) }), B: compose("@outputs('In')", 'S') }, []],
    ['from outside, before the scope', { A: compose(1), S: scope({ In: compose("@outputs('A')") }, 'A') }, []],
    ['of a scope', { S: scope({}), B: compose("@result('S')", 'S') }, []],
    ['of no scope', { A: compose(1), B: compose("@result('A')", 'A') }, ['result-not-scope: A']],
    ['a computed name', { A: compose("@body(concat('a', 'b'))") }, []],
    [
      'in the condition of an Until',
      { U: { type: 'Until', expression: "@equals(outputs('In'), 1)", actions: { In: compose(1) }, runAfter: {} } },
      [],
    ],
    ['tracked properties of itself', { A: { ...compose(1), trackedProperties: { x: "@outputs('A')" } } }, []],
  ])('%s', (_, actions, expected) => {
    expect(findings(workflowText(actions))).toEqual(expected);
  });

  it('underlines the name through JSON escapes, and mends it', () => {
    const text = workflowText({ 'It\'s "A"': compose(1), B: compose(`\t@{body('It''s "B"')}`, 'It\'s "A"') });
    expect(findings(text)).toEqual([`action-unknown: It''s \\"B\\"`]);
    expect(findings(mended(text))).toEqual([]);
  });

  it('can make the action run after the one it uses', () => {
    const text = workflowText({ A: compose(1), B: compose(1, 'A'), C: compose("@outputs('B')", 'A') });
    expect(JSON.parse(mended(text))).toMatchObject({
      definition: { actions: { C: { runAfter: { A: ['Succeeded'], B: ['Succeeded'] } } } },
    });
  });

  it('is not allowed in triggers', () => {
    const triggers = {
      poll: {
        type: 'Http',
        inputs: { method: 'GET', uri: "@{body('A')}" },
        recurrence: { frequency: 'Day', interval: 1 },
      },
    };
    expect(findings(workflowText({ A: compose(1) }, { triggers }))).toEqual(['trigger-uses-action: A']);
  });
});

describe('loops', () => {
  it.each<[string, Json, string[]]>([
    ['items of the loop', { Loop: foreach({ A: compose("@items('loop')") }) }, []],
    ['items of another', { L1: foreach({}), L2: foreach({ A: compose("@items('L1')") }) }, ['loop-unknown: L1']],
    ['item in the loop', { Loop: foreach({ S: scope({ A: compose('@item()') }) }) }, []],
    ['item outside', { A: compose('@item()') }, ['item-outside-loop: item()']],
    [
      'item of Select',
      { A: { type: 'Select', inputs: { from: '@triggerBody()', select: '@item()' }, runAfter: {} } },
      [],
    ],
    [
      'item in from',
      { A: { type: 'Select', inputs: { from: '@item()', select: 1 }, runAfter: {} } },
      ['item-outside-loop: item()'],
    ],
    [
      'index of an Until',
      { U: { type: 'Until', expression: "@equals(iterationIndexes('U'), 3)", actions: {}, runAfter: {} } },
      [],
    ],
    ['index of a Foreach', { Loop: foreach({ A: compose("@iterationIndexes('Loop')") }) }, ['loop-unknown: Loop']],
    [
      'Response inside',
      { Loop: foreach({ A: { type: 'Response', inputs: { statusCode: 200 }, runAfter: {} } }) },
      ['workflow-invalid-context: "Response"'],
    ],
    [
      'Terminate inside',
      { Loop: foreach({ A: { type: 'Terminate', inputs: { runStatus: 'Failed' }, runAfter: {} } }) },
      ['workflow-invalid-context: "Terminate"'],
    ],
  ])('%s', (_, actions, expected) => {
    expect(findings(workflowText(actions))).toEqual(expected);
  });
});

describe('variables', () => {
  it.each<[string, Json, string[]]>([
    ['unknown', { A: compose("@variables('x')") }, ['variable-unknown: x']],
    [
      'before its declaration',
      { I: initialize('x', 'string'), A: compose("@variables('x')") },
      ['variable-not-initialized: x'],
    ],
    ['after it', { I: initialize('x', 'string'), A: compose("@variables('X')", 'I') }, []],
    [
      'set from itself',
      { I: initialize('x', 'string'), A: set('x', "@concat(variables('x'), '1')", 'I') },
      ['variable-self-reference: x'],
    ],
    ['set before', { I: initialize('x', 'string'), A: set('x', 'a') }, ['variable-not-initialized: "x"']],
    ['twice', { I: initialize('x', 'string'), J: initialize('X', 'string') }, ['variable-duplicate: "X"']],
    ['in a scope', { S: scope({ I: initialize('x', 'string') }) }, ['variable-in-scope: "InitializeVariable"']],
    [
      'of the wrong type',
      {
        I: initialize('x', 'string'),
        A: { type: 'IncrementVariable', inputs: { name: 'x' }, runAfter: { I: ['Succeeded'] } },
      },
      ['variable-wrong-type: "IncrementVariable"'],
    ],
    [
      'set by parallel iterations',
      { I: initialize('x', 'string'), L: foreach({ A: set('x', '@item()') }, { runAfter: { I: ['Succeeded'] } }) },
      ['variable-parallel-loop: "x"'],
    ],
    [
      'set to the same by parallel iterations',
      { I: initialize('x', 'string'), L: foreach({ A: set('x', 'seen') }, { runAfter: { I: ['Succeeded'] } }) },
      [],
    ],
    [
      'set one after the other',
      {
        I: initialize('x', 'string'),
        L: foreach({ A: set('x', '@item()') }, { runAfter: { I: ['Succeeded'] }, operationOptions: 'Sequential' }),
      },
      [],
    ],
  ])('%s', (_, actions, expected) => {
    expect(findings(workflowText(actions))).toEqual(expected);
  });
});

it('can make a loop run one iteration at a time', () => {
  const text = workflowText({
    I: initialize('x', 'string'),
    L: foreach({ A: set('x', '@item()') }, { runAfter: { I: ['Succeeded'] } }),
  });
  expect(findings(mended(text))).toEqual([]);
});

describe('shape', () => {
  const http = (inputs: Json, more: Json = {}): Json => ({ A: { type: 'Http', inputs, runAfter: {}, ...more } });
  it.each<[string, Json, string[]]>([
    ['missing inputs', { A: { type: 'Http', runAfter: {} } }, ['workflow-missing-property: "A"']],
    ['missing member', http({ uri: 'https://x.invalid' }), ['workflow-missing-property: "inputs"']],
    ['wrong type', http({ uri: 'https://x.invalid', method: 'GET', headers: 'x' }), ['workflow-invalid-type: "x"']],
    [
      'an expression for any type',
      http({ uri: 'https://x.invalid', method: '@triggerBody()', headers: '@triggerBody()' }),
      [],
    ],
    ['an unknown value', http({ uri: 'https://x.invalid', method: 'GTE' }), ['workflow-invalid-value: "GTE"']],
    ['any case', http({ uri: 'https://x.invalid', method: 'get' }), []],
    [
      'out of range',
      { L: foreach({}, { runtimeConfiguration: { concurrency: { repetitions: 51 } } }) },
      ['workflow-invalid-value: 51'],
    ],
    ['null is nothing', http({ uri: 'https://x.invalid', method: 'GET', headers: null }), []],
    [
      'unknown type with a slip',
      { A: { type: 'Compsoe', inputs: 1, runAfter: {} } },
      ['action-unknown-type: "Compsoe"'],
    ],
    ['unknown type', { A: { type: 'BrandNewThing', inputs: 1, runAfter: {} } }, []],
    [
      'nested actions are checked once',
      { S: scope({ T: scope(http({})) }) },
      ['workflow-missing-property: "inputs"', 'workflow-missing-property: "inputs"'],
    ],
    [
      'static result',
      http({ uri: 'https://x.invalid', method: 'GET' }, { runtimeConfiguration: { staticResult: { name: 'Http0' } } }),
      ['static-result-unknown: "Http0"'],
    ],
  ])('%s', (_, actions, expected) => {
    expect(findings(workflowText(actions))).toEqual(expected);
  });

  it('lets a Sliding window trigger stand in stateful workflows only', () => {
    const triggers = { t: { type: 'SlidingWindow', recurrence: { frequency: 'Hour', interval: 1 } } };
    expect(findings(workflowText({}, { triggers }, 'Stateful'))).toEqual([]);
    expect(findings(workflowText({}, { triggers }, 'stateless'))).toEqual([
      'workflow-invalid-context: "SlidingWindow"',
    ]);
  });
});

describe('the project around a workflow', () => {
  const call = { A: { type: 'Workflow', inputs: { host: { workflow: { id: 'child' } } }, runAfter: {} } };
  const bus = (name: string): Json => ({
    A: {
      type: 'ServiceProvider',
      inputs: {
        parameters: {},
        serviceProviderConfiguration: {
          connectionName: name,
          operationId: 'o',
          serviceProviderId: '/serviceProviders/serviceBus',
        },
      },
      runAfter: {},
    },
  });
  const connections = JSON.stringify({
    serviceProviderConnections: {
      orders: { serviceProvider: { id: '/serviceProviders/serviceBus' }, parameterValues: { c: "@appsetting('BUS')" } },
    },
    managedApiConnections: { mail: { api: { id: 'x' }, connection: { id: 'y' } } },
  });

  it('knows workflows, connections, parameters, settings and artifacts', () => {
    const files = { 'connections.json': connections, 'host.json': '{}' };
    expect(findings(workflowText(call), files)).toEqual(['workflow-unknown: "child"']);
    expect(findings(workflowText(call), { ...files, 'child/workflow.json': workflowText({}) })).toEqual([]);
    expect(findings(workflowText(bus('ordres')), files)).toEqual(['connection-unknown: "ordres"']);
    expect(findings(workflowText(bus('mail')), files)).toEqual(['connection-wrong-kind: "mail"']);
    expect(findings(workflowText(bus('Orders')), files)).toEqual([]);
    const parameter = workflowText({ A: compose("@parameters('limt')") });
    expect(findings(parameter, { 'parameters.json': '{"limit":{"type":"Int","value":1}}' })).toEqual([
      'parameter-unknown: limt',
    ]);
    expect(
      findings(workflowText({ A: compose("@appsetting('X')") }), { 'local.settings.json': '{"Values":{}}' }),
    ).toEqual(['app-setting-unset: X']);
    const map = workflowText({
      A: { type: 'Xslt', inputs: { content: 'x', map: { source: 'LogicApp', name: 'a.xslt' } }, runAfter: {} },
    });
    expect(findings(map, files)).toEqual(['artifact-unknown: "a.xslt"']);
    expect(findings(map, { ...files, 'Artifacts/Maps/A.xslt': '' })).toEqual([]);
  });

  it('says nothing about a file that is not there to look into', () => {
    const text = workflowText({ A: compose("@concat(parameters('x'), appsetting('y'))"), ...bus('z') });
    expect(findings(text)).toEqual([]);
  });

  it('checks connections.json and parameters.json', () => {
    const codes = (path: string, files: Readonly<Record<string, string>>): string[] =>
      shown(diagnoseFile(path, files)).map((each) => each.code);
    expect(codes('connections.json', { 'connections.json': connections, 'local.settings.json': '{}' })).toEqual([
      'app-setting-unset',
    ]);
    expect(codes('connections.json', { 'connections.json': '{"serviceProviderConnections":{"x":{}}}' })).toEqual([
      'connection-invalid',
    ]);
    expect(codes('connections.json', { 'connections.json': '{"managedApiConnections":[]}' })).toEqual([
      'connection-invalid',
    ]);
    expect(
      codes('parameters.json', {
        'parameters.json': '{"a":{"type":"Strng","value":1},"b":{"value":1},"c":{"type":"Int"},"d":1}',
      }),
    ).toEqual(Array(4).fill('parameter-invalid'));
    expect(
      codes('parameters.json', { 'parameters.json': `{"a":{"type":"String","value":"@concat('a','b')"}}` }),
    ).toEqual(['project-expression']);
    expect(codes('connections.json', { 'connections.json': '' })).toEqual(['json-syntax']);
    expect(codes('host.json', { 'host.json': '[]' })).toEqual(['project-file-invalid']);
  });

  it('finds secrets that stand in a file as plain text', () => {
    const connection = (parameterValues: Json): string =>
      JSON.stringify({ serviceProviderConnections: { x: { serviceProvider: { id: 'y' }, parameterValues } } });
    const codes = (parameterValues: Json): string[] =>
      shown(diagnoseFile('connections.json', { 'connections.json': connection(parameterValues) })).map(
        (each) => each.code,
      );
    expect(codes({ accountKey: 'YWJjZGVmZ2hpamtsbW5v' })).toEqual(['secret-in-file']);
    expect(codes({ target: 'Endpoint=sb://x/;SharedAccessKey=YWJjZGVmZ2hp' })).toEqual(['secret-in-file']);
    expect(codes({ connectionString: "@appsetting('BUS')", password: '', endpoint: 'https://x.invalid' })).toEqual([]);
    const http = {
      type: 'Http',
      inputs: { method: 'GET', uri: 'https://x.invalid', authentication: { type: 'Raw', value: 'x' } },
      runAfter: {},
    };
    const basic = {
      ...http,
      inputs: { ...http.inputs, authentication: { type: 'Basic', username: 'me', password: 'hunter22' } },
    };
    expect(findings(workflowText({ A: http, B: basic }))).toEqual(['secret-in-file: "hunter22"']);
  });

  it('knows what a Consumption workflow lacks', () => {
    const definition = {
      triggers: {},
      actions: { A: { type: 'InvokeFunction', inputs: { functionName: 'f' }, runAfter: {} } },
    };
    const template = { resources: [{ type: 'Microsoft.Logic/workflows', properties: { definition } }] };
    expect(findings(JSON.stringify(template))).toEqual(['operation-not-in-plan: "InvokeFunction"']);
    expect(findings(JSON.stringify({ definition }))).toEqual([]);
  });

  it('knows the parameters of an agent tool', () => {
    const tool = {
      agentParameterSchema: { properties: { city: { type: 'string' } } },
      actions: { A: compose("@agentParameters('cty')"), B: compose("@agentParameters('City')") },
    };
    const text = workflowText({
      Agent: { type: 'Agent', inputs: { parameters: {} }, tools: { Weather: tool }, runAfter: {} },
    });
    expect(findings(text)).toEqual(['agent-parameter-unknown: cty']);
  });
});
