/**
 * The table of trigger and action types: the platform's spelling, and which members hold nested actions.
 * Types that are not here load and draw like any other; they just have no nested actions.
 * Sources: Microsoft's schema reference for trigger and action types; real definitions for the newer types.
 */

/** Where an action type keeps nested actions. */
export type Children =
  | { readonly member: 'actions' }
  | { readonly member: 'else' }
  | { readonly member: 'cases' }
  | { readonly member: 'default' }
  | { readonly member: 'tools' };

export interface ActionType {
  readonly type: string;
  readonly children: readonly Children[];
  /** How the nested actions run. */
  readonly nesting?: 'scope' | 'condition' | 'switch' | 'foreach' | 'until' | 'agent';
}

const leaf = (type: string): ActionType => ({ type, children: [] });

const types: readonly ActionType[] = [
  { type: 'Scope', children: [{ member: 'actions' }], nesting: 'scope' },
  { type: 'Foreach', children: [{ member: 'actions' }], nesting: 'foreach' },
  { type: 'Until', children: [{ member: 'actions' }], nesting: 'until' },
  { type: 'If', children: [{ member: 'actions' }, { member: 'else' }], nesting: 'condition' },
  { type: 'Switch', children: [{ member: 'cases' }, { member: 'default' }], nesting: 'switch' },
  { type: 'Agent', children: [{ member: 'tools' }], nesting: 'agent' },
  ...[
    'ApiConnection',
    'ApiConnectionWebhook',
    'ApiManagement',
    'AppendToArrayVariable',
    'AppendToStringVariable',
    'AgentHandoff',
    'AS2Decode',
    'AS2Encode',
    'Batch',
    'ChunkText',
    'ChunkTextWithMetadata',
    'Compose',
    'CSharpScriptCode',
    'DecrementVariable',
    'EdifactBatchEncode',
    'EdifactDecode',
    'EdifactEncode',
    'Expression',
    'FlatFileDecoding',
    'FlatFileEncoding',
    'FlatFileSchemaGeneration',
    'Function',
    'HL7Decode',
    'HL7Encode',
    'Http',
    'HttpWebhook',
    'IncrementVariable',
    'InitializeVariable',
    'IntegrationAccountArtifactLookup',
    'InvokeFunction',
    'JavaScriptCode',
    'Join',
    'Liquid',
    'McpClientTool',
    'NestedAgent',
    'OpenApiConnection',
    'OpenApiConnectionWebhook',
    'ParseDocument',
    'ParseDocumentWithMetadata',
    'ParseJson',
    'PowerShellCode',
    'PythonCode',
    'Query',
    'Response',
    'RosettaNetDecode',
    'RosettaNetEncode',
    'RosettaNetWaitForResponse',
    'RuleExecute',
    'Select',
    'SendToBatch',
    'ServiceProvider',
    'SetVariable',
    'SwiftDecode',
    'SwiftEncode',
    'SwiftMTDecode',
    'SwiftMTEncode',
    'Table',
    'Terminate',
    'Wait',
    'Workflow',
    'X12BatchEncode',
    'X12Decode',
    'X12Encode',
    'XmlCompose',
    'XmlParse',
    'XmlValidation',
    'Xslt',
  ].map(leaf),
];

const byName = new Map(types.map((entry) => [entry.type.toLowerCase(), entry]));

/** Finds an action type in any spelling of case, as the platform does. */
export function actionType(name: string): ActionType | undefined {
  return byName.get(name.toLowerCase());
}

/** Every known action type, for completion. */
export const actionTypes = types;

export const triggerTypes = [
  'ApiConnection',
  'ApiConnectionNotification',
  'ApiConnectionWebhook',
  'ApiManagement',
  'Batch',
  'Http',
  'HttpWebhook',
  'Manual',
  'OpenApiConnection',
  'OpenApiConnectionNotification',
  'OpenApiConnectionWebhook',
  'Recurrence',
  'Request',
  'ServiceProvider',
  'SlidingWindow',
] as const;

const triggersByName = new Map(triggerTypes.map((type) => [type.toLowerCase(), type]));

/** The platform's spelling of a trigger type, or undefined. */
export function triggerType(name: string): string | undefined {
  return triggersByName.get(name.toLowerCase());
}
