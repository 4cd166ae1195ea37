/** The table of operation types as the designer shows them: category (colour and icon) and name for people. Types match in lower case. */

export const categories = [
  'request',
  'http',
  'schedule',
  'control',
  'variable',
  'data',
  'connector',
  'code',
  'workflow',
  'transform',
  'agent',
  'b2b',
  'unknown',
] as const;
export type Category = (typeof categories)[number];

const byCategory: Readonly<Record<Exclude<Category, 'unknown'>, string>> = {
  request: 'request manual response',
  http: 'http httpwebhook apimanagement',
  schedule: 'recurrence slidingwindow wait expression',
  control: 'if switch foreach until scope terminate',
  variable:
    'initializevariable setvariable incrementvariable decrementvariable appendtoarrayvariable appendtostringvariable',
  data: 'compose parsejson query select join table chunktext chunktextwithmetadata parsedocument parsedocumentwithmetadata',
  connector:
    'serviceprovider apiconnection apiconnectionwebhook apiconnectionnotification openapiconnection openapiconnectionwebhook openapiconnectionnotification',
  code: 'javascriptcode csharpscriptcode powershellcode pythoncode function invokefunction',
  workflow: 'workflow batch sendtobatch',
  transform: 'xslt liquid xmlvalidation xmlparse xmlcompose flatfiledecoding flatfileencoding flatfileschemageneration',
  agent: 'agent agenthandoff nestedagent mcpclienttool',
  b2b: 'as2decode as2encode edifactbatchencode edifactdecode edifactencode hl7decode hl7encode integrationaccountartifactlookup rosettanetdecode rosettanetencode rosettanetwaitforresponse ruleexecute swiftdecode swiftencode swiftmtdecode swiftmtencode x12batchencode x12decode x12encode',
};

const categoryByType = new Map<string, Category>(
  categories.flatMap((category) =>
    category === 'unknown' ? [] : byCategory[category].split(' ').map((type) => [type, category] as const),
  ),
);

export function categoryOf(type: string): Category {
  return categoryByType.get(type) ?? 'unknown';
}

const shared: Readonly<Record<string, string>> = {
  http: 'HTTP',
  httpwebhook: 'HTTP webhook',
  apimanagement: 'API Management',
  apiconnection: 'Managed connector',
  apiconnectionwebhook: 'Managed connector, webhook',
  apiconnectionnotification: 'Managed connector, notification',
  openapiconnection: 'Managed connector',
  openapiconnectionwebhook: 'Managed connector, webhook',
  openapiconnectionnotification: 'Managed connector, notification',
  serviceprovider: 'Built-in connector',
  batch: 'Batch',
};

/** What people call a type. */
export const typeLabels: Readonly<Record<'trigger' | 'action', Readonly<Record<string, string>>>> = {
  trigger: {
    ...shared,
    request: 'HTTP request',
    manual: 'HTTP request',
    recurrence: 'Recurrence',
    slidingwindow: 'Sliding window',
  },
  action: {
    ...shared,
    response: 'Response',
    if: 'Condition',
    switch: 'Switch',
    foreach: 'For each',
    until: 'Until',
    scope: 'Scope',
    terminate: 'Terminate',
    wait: 'Delay',
    expression: 'Date and time',
    initializevariable: 'Initialize variable',
    setvariable: 'Set variable',
    incrementvariable: 'Increment variable',
    decrementvariable: 'Decrement variable',
    appendtoarrayvariable: 'Append to array variable',
    appendtostringvariable: 'Append to string variable',
    compose: 'Compose',
    parsejson: 'Parse JSON',
    query: 'Filter array',
    select: 'Select',
    join: 'Join',
    table: 'Create table',
    chunktext: 'Chunk text',
    chunktextwithmetadata: 'Chunk text with metadata',
    parsedocument: 'Parse a document',
    parsedocumentwithmetadata: 'Parse a document with metadata',
    javascriptcode: 'Execute JavaScript code',
    csharpscriptcode: 'Execute C# script code',
    powershellcode: 'Execute PowerShell code',
    pythoncode: 'Execute Python code',
    function: 'Azure function',
    invokefunction: 'Local function',
    workflow: 'Invoke a workflow',
    sendtobatch: 'Send to batch',
    xslt: 'Transform XML',
    liquid: 'Transform with Liquid',
    xmlvalidation: 'XML validation',
    xmlparse: 'Parse XML with schema',
    xmlcompose: 'Compose XML with schema',
    flatfiledecoding: 'Flat file decoding',
    flatfileencoding: 'Flat file encoding',
    flatfileschemageneration: 'Flat file schema generation',
    agent: 'Agent',
    agenthandoff: 'Hand off to agent',
    nestedagent: 'Nested agent',
    mcpclienttool: 'MCP tool',
    integrationaccountartifactlookup: 'Artifact lookup',
    ruleexecute: 'Execute rules',
  },
};

/** Names that depend on the kind as well: "type kind" in lower case. */
export const kindLabels: Readonly<Record<string, string>> = {
  'expression addtotime': 'Add to time',
  'expression subtractfromtime': 'Subtract from time',
  'expression getfuturetime': 'Get future time',
  'expression getpasttime': 'Get past time',
  'expression converttimezone': 'Convert time zone',
  'expression currenttime': 'Current time',
  'liquid jsontojson': 'Liquid: JSON to JSON',
  'liquid jsontotext': 'Liquid: JSON to text',
  'liquid xmltojson': 'Liquid: XML to JSON',
  'liquid xmltotext': 'Liquid: XML to text',
};
