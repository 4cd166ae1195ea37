/**
 * What the palette offers: every kind of built-in operation with the members a new one starts with. Placeholders are values that
 * load and run, so that a new action is never broken. Shapes from Microsoft's schema reference for triggers and actions.
 */
import type { PlainJson } from '../../../language/workflow/changes/textStyle';

export interface PaletteEntry {
  readonly role: 'trigger' | 'action';
  readonly label: string;
  readonly group: string;
  /** What people also call it. */
  readonly words?: string;
  readonly summary: string;
  /** The name a new one gets, unless it is taken. */
  readonly name: string;
  readonly members: Readonly<Record<string, PlainJson>> & { readonly type: string };
}

const action = (
  group: string,
  label: string,
  summary: string,
  members: PaletteEntry['members'],
  words = '',
): PaletteEntry => ({
  role: 'action',
  label,
  group,
  words,
  summary,
  name: label.replaceAll(' ', '_'),
  members,
});
const trigger = (label: string, summary: string, members: PaletteEntry['members'], words = ''): PaletteEntry => ({
  ...action('Triggers', label, summary, members, words),
  role: 'trigger',
});

const control = (label: string, summary: string, members: PaletteEntry['members'], words?: string): PaletteEntry =>
  action('Control', label, summary, members, words);
const variable = (label: string, summary: string, type: string, inputs: PlainJson): PaletteEntry =>
  action('Variables', label, summary, { type, inputs });
const data = (label: string, summary: string, type: string, inputs: PlainJson, words?: string): PaletteEntry =>
  action('Data operations', label, summary, { type, inputs }, words);
const time = (label: string, summary: string, kind: string, inputs: PlainJson): PaletteEntry =>
  action('Date and time', label, summary, { type: 'Expression', kind, inputs });
const code = (label: string, summary: string, type: string, inputs: PlainJson): PaletteEntry =>
  action('Code', label, summary, { type, inputs });
const transform = (label: string, summary: string, members: PaletteEntry['members']): PaletteEntry =>
  action('XML and text', label, summary, members);

export const paletteEntries: readonly PaletteEntry[] = [
  trigger(
    'When an HTTP request is received',
    'Starts with a call of the workflow’s own URL',
    {
      type: 'Request',
      kind: 'Http',
      inputs: { schema: {} },
    },
    'manual webhook',
  ),
  trigger(
    'Recurrence',
    'Starts on a schedule',
    {
      type: 'Recurrence',
      recurrence: { frequency: 'Hour', interval: 1 },
    },
    'timer schedule cron',
  ),
  trigger('Sliding window', 'Starts on a schedule, once for each window of time, missed ones included', {
    type: 'SlidingWindow',
    recurrence: { frequency: 'Hour', interval: 1 },
  }),
  trigger(
    'HTTP',
    'Polls an address and starts when it answers',
    {
      type: 'Http',
      inputs: { method: 'GET', uri: 'https://example.com' },
      recurrence: { frequency: 'Minute', interval: 15 },
    },
    'polling',
  ),
  trigger('HTTP webhook', 'Subscribes to an address that calls back', {
    type: 'HttpWebhook',
    inputs: {
      subscribe: {
        method: 'POST',
        uri: 'https://example.com/subscribe',
        body: { callbackUrl: '@{listCallbackUrl()}' },
      },
      unsubscribe: {},
    },
  }),

  control(
    'Condition',
    'Goes one of two ways',
    {
      type: 'If',
      expression: { and: [{ equals: [true, true] }] },
      actions: {},
      else: { actions: {} },
    },
    'if else branch',
  ),
  control(
    'For each',
    'Does the same for every item of an array',
    { type: 'Foreach', foreach: '@createArray()', actions: {} },
    'loop iterate',
  ),
  control(
    'Until',
    'Repeats until a condition holds',
    {
      type: 'Until',
      expression: '@equals(true, true)',
      limit: { count: 60, timeout: 'PT1H' },
      actions: {},
    },
    'loop while',
  ),
  control('Switch', 'Chooses a case by a value', {
    type: 'Switch',
    expression: '',
    cases: { Case: { case: '', actions: {} } },
    default: { actions: {} },
  }),
  control(
    'Scope',
    'Groups actions, so that their common result can be handled',
    { type: 'Scope', actions: {} },
    'try catch',
  ),
  control(
    'Terminate',
    'Ends the run with a status',
    { type: 'Terminate', inputs: { runStatus: 'Succeeded' } },
    'stop end',
  ),
  control(
    'Delay',
    'Waits for a time',
    { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } },
    'wait sleep',
  ),
  control(
    'Delay until',
    'Waits until a point in time',
    { type: 'Wait', inputs: { until: { timestamp: '@utcNow()' } } },
    'wait',
  ),

  action(
    'HTTP',
    'HTTP',
    'Calls an address',
    { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com' } },
    'request rest get post',
  ),
  action('HTTP', 'HTTP webhook', 'Calls an address and waits to be called back', {
    type: 'HttpWebhook',
    inputs: {
      subscribe: {
        method: 'POST',
        uri: 'https://example.com/subscribe',
        body: { callbackUrl: '@{listCallbackUrl()}' },
      },
      unsubscribe: {},
    },
  }),
  action(
    'HTTP',
    'Response',
    'Answers the request that started the run',
    {
      type: 'Response',
      kind: 'Http',
      inputs: { statusCode: 200 },
    },
    'reply return',
  ),

  variable('Initialize variable', 'Declares a variable and gives it a value', 'InitializeVariable', {
    variables: [{ name: 'variable', type: 'string', value: '' }],
  }),
  variable('Set variable', 'Gives a variable another value', 'SetVariable', { name: '', value: '' }),
  variable('Increment variable', 'Adds to a number', 'IncrementVariable', { name: '', value: 1 }),
  variable('Decrement variable', 'Takes from a number', 'DecrementVariable', { name: '', value: 1 }),
  variable('Append to array variable', 'Adds an item to an array', 'AppendToArrayVariable', { name: '', value: '' }),
  variable('Append to string variable', 'Adds text to a string', 'AppendToStringVariable', { name: '', value: '' }),

  data('Compose', 'Makes a value from others', 'Compose', ''),
  data('Parse JSON', 'Reads JSON by a schema', 'ParseJson', { content: '', schema: {} }, 'deserialize'),
  data(
    'Filter array',
    'Keeps the items that meet a condition',
    'Query',
    { from: '@createArray()', where: '@equals(item(), item())' },
    'where query',
  ),
  data(
    'Select',
    'Makes another object from each item',
    'Select',
    { from: '@createArray()', select: {} },
    'map project',
  ),
  data('Join', 'Makes a text from an array', 'Join', { from: '@createArray()', joinWith: ',' }, 'concat'),
  data('Create CSV table', 'Makes CSV from an array', 'Table', { from: '@createArray()', format: 'CSV' }),
  data('Create HTML table', 'Makes an HTML table from an array', 'Table', { from: '@createArray()', format: 'HTML' }),

  time('Current time', 'The time now', 'CurrentTime', {}),
  time('Add to time', 'A time later than another', 'AddToTime', {
    baseTime: '@{utcNow()}',
    interval: 1,
    timeUnit: 'Day',
  }),
  time('Subtract from time', 'A time earlier than another', 'SubtractFromTime', {
    baseTime: '@{utcNow()}',
    interval: 1,
    timeUnit: 'Day',
  }),
  time('Convert time zone', 'The same time elsewhere', 'ConvertTimeZone', {
    baseTime: '@{utcNow()}',
    sourceTimeZone: 'UTC',
    destinationTimeZone: 'W. Europe Standard Time',
    formatString: 'g',
  }),

  code('Execute JavaScript code', 'Runs a script', 'JavaScriptCode', { code: 'return 1;' }),
  action(
    'Workflows',
    'Invoke a workflow',
    'Calls another workflow of the project',
    {
      type: 'Workflow',
      inputs: { host: { workflow: { id: '' } } },
    },
    'child nested call',
  ),
  code('Local function', 'Calls a .NET function of the project', 'InvokeFunction', {
    functionName: '',
    parameters: {},
  }),
  code('Azure function', 'Calls a function app', 'Function', { function: { connectionName: '' }, method: 'POST' }),

  transform('Transform XML', 'Applies an XSLT map', {
    type: 'Xslt',
    kind: 'Xslt',
    inputs: { content: '', map: { source: 'LogicApp', name: '' } },
  }),
  transform('XML validation', 'Checks XML by a schema', {
    type: 'XmlValidation',
    kind: 'Xml',
    inputs: { content: '', schema: { source: 'LogicApp', name: '' } },
  }),
  transform('Parse XML with schema', 'Reads XML as JSON', {
    type: 'XmlParse',
    kind: 'Xml',
    inputs: { content: '', schema: { source: 'LogicApp', name: '' } },
  }),
  transform('Compose XML with schema', 'Writes JSON as XML', {
    type: 'XmlCompose',
    kind: 'Xml',
    inputs: { content: '', schema: { source: 'LogicApp', name: '' } },
  }),
  transform('Transform JSON with Liquid', 'Applies a Liquid template', {
    type: 'Liquid',
    kind: 'JsonToJson',
    inputs: { content: '', map: { source: 'LogicApp', name: '' } },
  }),
  transform('Flat file decoding', 'Reads a flat file by a schema', {
    type: 'FlatFileDecoding',
    inputs: { content: '', schema: { source: 'LogicApp', name: '' } },
  }),
  transform('Flat file encoding', 'Writes a flat file by a schema', {
    type: 'FlatFileEncoding',
    inputs: { content: '', schema: { source: 'LogicApp', name: '' } },
  }),

  action(
    'Connectors',
    'Built-in connector',
    'Calls an operation through a connection of connections.json',
    {
      type: 'ServiceProvider',
      inputs: {
        parameters: {},
        serviceProviderConfiguration: { connectionName: '', operationId: '', serviceProviderId: '' },
      },
    },
    'service provider',
  ),
  action(
    'Connectors',
    'Managed connector',
    'Calls a connector hosted in Azure',
    {
      type: 'ApiConnection',
      inputs: { host: { connection: { referenceName: '' } }, method: 'get', path: '/' },
    },
    'api connection',
  ),
];

/** The entries for a role that match what was typed: in the label first, then in other words. */
export function searchPalette(role: PaletteEntry['role'], query: string): readonly PaletteEntry[] {
  const wanted = query.toLowerCase().trim();
  const all = paletteEntries.filter((entry) => entry.role === role);
  if (wanted === '') return all;
  const inLabel = all.filter((entry) => entry.label.toLowerCase().includes(wanted));
  const elsewhere = all.filter(
    (entry) =>
      !inLabel.includes(entry) &&
      `${entry.members.type} ${entry.words ?? ''} ${entry.group} ${entry.summary}`.toLowerCase().includes(wanted),
  );
  return [...inLabel, ...elsewhere];
}
