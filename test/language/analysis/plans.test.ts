/** Plans, stateless workflows, connectors, scripts, parameters, secrets: a text that has the fault, and one that nearly has. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../language/analysis/analyze';
import { ProjectDocument } from '../../../language/project/document';
import { fileKind } from '../../../language/project/fileKind';
import { projectOf } from '../../../language/project/project';
import { connectorManifests } from '../../../runtime/connectors/manifests';
import { diagnose, diagnoseFile, findings, mended, shown, workflowText } from './cases';
import type { Json } from './cases';

const compose = (inputs: unknown, ...after: string[]): Json => ({
  type: 'Compose',
  inputs,
  runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
});
const action = (type: string, inputs: unknown, more: Json = {}): Json => ({ type, inputs, runAfter: {}, ...more });
const http = (inputs: Json = {}, more: Json = {}): Json =>
  action('Http', { method: 'GET', uri: 'https://localhost/', ...inputs }, more);

/** An ARM template around a definition. */
function template(actions: Json, definition: Json = {}, properties: Json = {}): string {
  const resource = {
    type: 'Microsoft.Logic/workflows',
    apiVersion: '2019-05-01',
    name: 'w',
    properties: { definition: { triggers: { manual: action('Request', {}) }, actions, ...definition }, ...properties },
  };
  return JSON.stringify({ contentVersion: '1.0.0.0', resources: [resource] }, null, 1);
}

describe('plans', () => {
  const managed = (connection: Json): Json =>
    action('ApiConnection', { host: { connection }, method: 'get', path: '/items' });
  it.each<[string, string, string[]]>([
    ['an app setting in Consumption', template({ A: compose("@appsetting('a')") }), ['operation-not-in-plan: a']],
    [
      'a parameter in Consumption',
      template({ A: compose("@parameters('a')") }, { parameters: { a: { type: 'String', defaultValue: '' } } }),
      [],
    ],
    [
      'a reference in Consumption',
      template({ A: managed({ referenceName: 'office365' }) }),
      ['operation-not-in-plan: "office365"'],
    ],
  ])('%s', (_, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('$connections in Standard', () => {
    const text = workflowText({ A: managed({ name: "@parameters('$connections')['office365']['connectionId']" }) });
    expect(findings(text, { 'connections.json': '{}' })).toContain('operation-not-in-plan: $connections');
  });
});

describe('stateless workflows', () => {
  const stateless = (actions: Json, trigger: Json = action('Request', {})): string =>
    workflowText(actions, { triggers: { T: trigger } }, 'Stateless');
  const wait = (count: number, unit: string): Json => action('Wait', { interval: { count, unit } });
  const recurrence = { frequency: 'Hour', interval: 1 };
  const managed = action(
    'ApiConnection',
    { host: { connection: { referenceName: 'a' } }, method: 'get', path: '/' },
    { recurrence },
  );
  it.each<[string, string, string[]]>([
    [
      'a sliding window',
      stateless({}, { type: 'SlidingWindow', recurrence }),
      ['workflow-invalid-context: "SlidingWindow"'],
    ],
    ['a recurrence', stateless({}, { type: 'Recurrence', recurrence }), ['workflow-invalid-context: "Recurrence"']],
    ['a managed trigger', stateless({}, managed), ['workflow-invalid-context: "ApiConnection"']],
    ['a request', stateless({}), []],
    ['a long delay', stateless({ A: wait(10, 'Minute') }), ['workflow-invalid-context: "Wait"']],
    ['a short delay', stateless({ A: wait(5, 'Minute') }), []],
    [
      'a webhook',
      stateless({ A: action('HttpWebhook', { subscribe: { method: 'POST', uri: 'https://localhost/' } }) }),
      ['workflow-invalid-context: "HttpWebhook"'],
    ],
    [
      'chunks',
      stateless({ A: http({}, { runtimeConfiguration: { contentTransfer: { transferMode: 'Chunked' } } }) }),
      ['workflow-invalid-context: "Chunked"'],
    ],
  ])('%s', (_, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('may all of it when they are stateful', () => {
    expect(findings(workflowText({ A: wait(10, 'Minute') }, { triggers: { T: managed } }))).toEqual([]);
  });
});

describe('operations of built-in connectors', () => {
  const blob = (operationId: string, parameters: Json, connectionName = 'blob'): Json => ({
    A: action('ServiceProvider', {
      parameters,
      serviceProviderConfiguration: { connectionName, operationId, serviceProviderId: '/serviceProviders/AzureBlob' },
    }),
  });
  const connections = JSON.stringify({
    serviceProviderConnections: {
      blob: { serviceProvider: { id: '/serviceProviders/azureblob' }, parameterValues: {} },
      bus: { serviceProvider: { id: '/serviceProviders/serviceBus' }, parameterValues: {} },
    },
  });
  const check = (actions: Json) => {
    const document = new ProjectDocument(workflowText(actions), 'workflow');
    const files = new Map([
      ['connections.json', new ProjectDocument(connections, fileKind('connections.json'))],
      ['main/workflow.json', document],
    ]);
    return analyze(projectOf(files, [], connectorManifests), document).map(
      ({ code, severity, range }) => `${severity} ${code}: ${document.text.slice(range.start, range.end)}`,
    );
  };
  const path = { containerName: 'c', blobName: 'b' };
  it.each<[string, Json, string[]]>([
    ['in order', blob('readBlob', path), []],
    ['another connector', blob('readBlob', path, 'bus'), ['error connection-wrong-kind: "bus"']],
    ['a slip', blob('readBlobb', path), ['warning operation-unknown: "readBlobb"']],
    ['an operation that is not known', blob('somethingElse', path), ['hint operation-unknown: "somethingElse"']],
    [
      'a trigger as an action',
      blob('whenABlobIsAddedOrModified', { path: 'c' }),
      ['error workflow-invalid-context: "whenABlobIsAddedOrModified"'],
    ],
    [
      'a parameter that is missing',
      blob('readBlob', { containerName: 'c' }),
      ['error workflow-missing-property: "parameters"'],
    ],
  ])('%s', (_, actions, expected) => {
    expect(check(actions)).toEqual(expected);
  });
});

describe('names of members', () => {
  it.each<[string, Json, string[]]>([
    ['a slip', { ...compose(1), descripton: 'a' }, ['workflow-unknown-property: "descripton"']],
    ['another case', { type: 'Compose', inputs: 1, runafter: {} }, ['workflow-unknown-property: "runafter"']],
    ['something else', { ...compose(1), somethingOfAnotherTool: 1 }, []],
    ['a slip in the inputs', http({ header: {} }), ['workflow-unknown-property: "header"']],
    ['inputs that may be anything', compose({ header: {} }), []],
    ['of triggers', { ...compose(1), splitOn: '@triggerBody()' }, ['workflow-invalid-context: "splitOn"']],
    [
      'an option',
      http({}, { operationOptions: 'DisableAsyncPatern' }),
      ['workflow-invalid-value: "DisableAsyncPatern"'],
    ],
    ['options', http({}, { operationOptions: 'disableAsyncPattern, SomethingNew' }), []],
  ])('%s', (_, given, expected) => {
    expect(findings(workflowText({ A: given }))).toEqual(expected);
  });

  it('are mended', () => {
    expect(mended(workflowText({ A: { ...compose(1), descripton: 'a' } }))).toContain('"description": "a"');
    expect(mended(workflowText({ A: http({}, { operationOptions: 'Sequentil, DisableAsyncPattern' }) }))).toContain(
      '"Sequential, DisableAsyncPattern"',
    );
  });
});

describe('calls whose arguments all stand in the text', () => {
  it.each<[string, string[]]>([
    ["@int('abc')", ["expression-type: int('abc')"]],
    ["@int('12')", []],
    ['@div(1, 0)', ['expression-type: div(1, 0)']],
    ['@div(1, triggerBody())', []],
    ["@json('{a')", ["expression-type: json('{a')"]],
    [`@convertFromUtc(utcNow(), 'Middle Earth Standard Time')`, [`expression-type: 'Middle Earth Standard Time'`]],
    [`@convertFromUtc(utcNow(), 'w. europe standard time')`, []],
  ])('%s', (expression, expected) => {
    expect(findings(workflowText({ A: compose(expression) }))).toEqual(expected);
  });
});

describe('scripts', () => {
  const script = (code: string, actions: string[] = [], after: string[] = []): Json => ({
    ...compose({ code, explicitDependencies: { actions } }, ...after),
    type: 'JavaScriptCode',
  });
  it.each<[string, Json, string[]]>([
    [
      'reads what ran before',
      { A_b: compose(1), J: script("return workflowContext.actions['A b'].outputs;", ['A_b'], ['A_b']) },
      [],
    ],
    [
      'an action that is not there',
      { J: script('return workflowContext.actions.Zed.outputs;') },
      ['action-unknown: Zed'],
    ],
    [
      'one that runs beside it',
      { A: compose(1), J: script('return workflowContext.actions.A.outputs;') },
      ['action-not-run-before: A'],
    ],
    ['a dependency that is not there', { J: script('return 1;', ['Zed']) }, ['action-unknown: "Zed"']],
  ])('%s', (_, actions, expected) => {
    expect(findings(workflowText(actions))).toEqual(expected);
  });
});

describe('values of parameters', () => {
  const of = (parameters: Json): string => workflowText({ A: compose("@parameters('p')") }, { parameters });
  const codes = (text: string, files: Record<string, string> = {}): string[] =>
    diagnose(text, files).map(({ code, severity }) => `${severity} ${code}`);
  it.each<[string, Json, string[]]>([
    ['a number', { p: { type: 'Int', defaultValue: 5 } }, []],
    ['a number as text', { p: { type: 'Int', defaultValue: '5' } }, ['information parameter-invalid']],
    ['a word', { p: { type: 'Int', defaultValue: 'abc' } }, ['warning parameter-invalid']],
    ['a token', { p: { type: 'Int', defaultValue: '#{count}#' } }, []],
    ['a list', { p: { type: 'Array', defaultValue: {} } }, ['warning parameter-invalid']],
  ])('%s', (_, parameters, expected) => {
    expect(codes(of(parameters))).toEqual(expected);
  });

  it('have one type in the definition and in parameters.json', () => {
    const given = (type: string): Record<string, string> => ({
      'parameters.json': JSON.stringify({ p: { type, value: 'a' } }),
    });
    expect(codes(of({ p: { type: 'Int' } }), given('String'))).toEqual(['warning parameter-invalid']);
    expect(codes(of({ p: { type: 'String' } }), given('securestring'))).toEqual([]);
  });

  it('of a project are used by something', () => {
    const files = (workflow: string): Record<string, string> => ({
      'parameters.json': '{"p":{"type":"String","value":"a"}}',
      'connections.json': '{}',
      'w/workflow.json': workflow,
    });
    expect(diagnoseFile('parameters.json', files(workflowText({}))).map((each) => each.code)).toEqual([
      'parameter-unused',
    ]);
    expect(diagnoseFile('parameters.json', files(workflowText({ A: compose("@parameters('P')") })))).toEqual([]);
  });

  it('with a token in their name are used by what reads them so', () => {
    const text = workflowText(
      { A: compose("@parameters('p_#workflowname#')") },
      { parameters: { 'p_#workflowname#': { type: 'String' } } },
    );
    expect(diagnose(text)).toEqual([]);
  });

  it('of a resource are given to parameters that are declared', () => {
    const declared = { parameters: { p: { type: 'String', defaultValue: '' } } };
    const text = (name: string): string =>
      template({ A: compose("@parameters('p')") }, declared, { parameters: { [name]: { value: 'a' } } });
    expect(findings(text('q'))).toEqual(['parameter-unknown: "q"']);
    expect(findings(text('P'))).toEqual([]);
  });
});

describe('secrets', () => {
  const key = 'AccountName=a;AccountKey=not0a0secret0at0all==';
  it.each<[string, string, string[]]>([
    [
      'in a header',
      workflowText({ A: http({ headers: { Authorization: 'Bearer abcdefghijkl' } }) }),
      ['secret-in-file'],
    ],
    [
      'a computed header',
      workflowText({ A: http({ headers: { Authorization: "Bearer @{body('x')}" } }, {}) }),
      ['action-unknown'],
    ],
    ['another header', workflowText({ A: http({ headers: { Accept: 'application/json' } }) }), []],
    [
      'in an address',
      workflowText({ A: http({ uri: 'https://localhost/a?sig=abcdefghijklmnopqrstuvwxyz' }) }),
      ['secret-in-file'],
    ],
    [
      'the default of a secure parameter',
      workflowText(
        { A: compose("@parameters('p')") },
        { parameters: { p: { type: 'SecureString', defaultValue: 'hunter22' } } },
      ),
      ['secret-in-file'],
    ],
  ])('%s', (_, text, expected) => {
    expect(shown(diagnose(text)).map((each) => each.code)).toEqual(expected);
  });

  it('in parameters.json', () => {
    const codes = (value: string): string[] =>
      shown(
        diagnoseFile('parameters.json', { 'parameters.json': JSON.stringify({ p: { type: 'String', value } }) }),
      ).map((each) => each.code);
    expect(codes(key)).toEqual(['secret-in-file']);
    expect(codes("@appsetting('key')")).toEqual([]);
    expect(codes('UseDevelopmentStorage=true')).toEqual([]);
  });
});

describe('entries of connections.json', () => {
  const check = (connections: Json): string[] =>
    shown(diagnoseFile('connections.json', { 'connections.json': JSON.stringify(connections) })).map(
      (each) => each.message,
    );
  const managed = (authentication: Json): Json => ({
    managedApiConnections: { a: { api: { id: '/a' }, connection: { id: '/b' }, authentication } },
  });
  it.each<[string, Json, string[]]>([
    [
      'a section that is misspelt',
      { serviceProviderConnection: {} },
      ['There is no section "serviceProviderConnection". Did you mean \'serviceProviderConnections\'?'],
    ],
    ['another member', { $schema: 'a' }, []],
    ['managed identity', managed({ type: 'managedserviceidentity' }), []],
    [
      'a kind that is misspelt',
      managed({ type: 'ManagedServiceIdentiy' }),
      ["'ManagedServiceIdentiy' is not a known kind of authentication. Did you mean 'ManagedServiceIdentity'?"],
    ],
    [
      'raw without what is sent',
      managed({ type: 'Raw', scheme: 'Key' }),
      ['Authentication of type Raw of the connection \'a\' needs "parameter".'],
    ],
    [
      'the language of templates',
      {
        managedApiConnections: { a: { api: { id: '/a' }, connection: { id: '/b' }, displayName: "[parameters('x')]" } },
      },
      ['This is an expression of ARM templates, which connections.json does not evaluate.'],
    ],
    [
      'a name with brackets',
      { managedApiConnections: { a: { api: { id: '/a' }, connection: { id: '/b' }, displayName: '[test]' } } },
      [],
    ],
  ])('%s', (_, connections, expected) => {
    expect(check(connections)).toEqual(expected);
  });
});

describe('workflows that are called', () => {
  const call = workflowText({ A: action('Workflow', { host: { workflow: { id: 'other' } } }) });
  const other = (trigger: Json): Record<string, string> => ({
    'other/workflow.json': workflowText({}, { triggers: { T: trigger } }),
  });
  it('have a trigger that can be called', () => {
    const recurrence = { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } };
    expect(findings(call, other(recurrence))).toEqual(['workflow-not-callable: "other"']);
    expect(findings(call, other(action('Request', {})))).toEqual([]);
  });
});

describe('members that must fit each other', () => {
  it.each<[string, Json, string[]]>([
    ['an address without its scheme', http({ uri: 'localhost/a' }), ['workflow-invalid-value: "localhost/a"']],
    ['a computed address', http({ uri: "@{parameters('host')}/a" }), []],
    [
      'a time that is none',
      action('Wait', { until: { timestamp: 'tomorrow' } }),
      ['workflow-invalid-value: "tomorrow"'],
    ],
    ['a time', action('Wait', { until: { timestamp: '2030-01-31T08:00:00Z' } }), []],
    [
      'an error of a success',
      action('Terminate', { runStatus: 'Succeeded', runError: { code: 'a' } }),
      ['workflow-conflicting-properties: "runError"'],
    ],
    ['an error of a failure', action('Terminate', { runStatus: 'failed', runError: { code: 'a' } }), []],
    ['a status that is none', action('Response', { statusCode: 700 }), ['workflow-invalid-value: 700']],
    [
      'a short wait for a retry',
      http({ retryPolicy: { type: 'fixed', count: 2, interval: 'PT1S' } }),
      ['platform-limit: "PT1S"'],
    ],
    ['a wait for a retry', http({ retryPolicy: { type: 'fixed', count: 2, interval: 'PT5S' } }), []],
    [
      'OAuth without a secret',
      http({ authentication: { type: 'ActiveDirectoryOAuth', tenant: 'a', audience: 'b', clientId: 'c' } }),
      ['workflow-missing-property: "authentication"'],
    ],
  ])('%s', (_, given, expected) => {
    expect(findings(workflowText({ A: given }))).toEqual(expected);
  });

  it('a Response never reaches a caller whose array is taken apart', () => {
    const trigger = (more: Json): Json => ({
      triggers: { T: { ...action('Request', {}), runAfter: undefined, ...more } },
    });
    const response = { R: action('Response', { statusCode: 200 }) };
    expect(findings(workflowText(response, trigger({ splitOn: '@triggerBody()' })))).toEqual([
      'workflow-invalid-context: "Response"',
    ]);
    expect(findings(workflowText(response, trigger({})))).toEqual([]);
  });

  it('a workflow without a trigger', () => {
    expect(diagnose(workflowText({ A: compose(1) }, { triggers: {} })).map((each) => each.code)).toEqual([
      'trigger-count',
    ]);
    expect(diagnose(workflowText({}, { triggers: {} }))).toEqual([]);
  });
});
