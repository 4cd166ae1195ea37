/** What is known of values before a run: asked as an editor asks, by an expression in an action. */
import { describe, expect, it } from 'vitest';
import { ProjectDocument } from '../../../language/project/document';
import { emptyProject, projectOf } from '../../../language/project/project';
import type { Project } from '../../../language/project/project';
import { connectorManifests } from '../../../runtime/connectors/manifests';
import { describeType } from '../../../language/types/valueType';
import { typesOf } from '../../../language/types/workflowTypes';
import { workflowText } from '../analysis/cases';
import type { Json } from '../analysis/cases';

const schema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    lines: { type: 'array', items: { $ref: '#/definitions/line' } },
    note: { type: ['string', 'null'] },
  },
  required: ['id', 'lines'],
  definitions: { line: { type: 'object', properties: { sku: { type: 'string' }, price: { type: 'number' } } } },
};
const parse = { type: 'ParseJson', inputs: { content: '@triggerBody()', schema } };

/** The type of the whole text of the Compose named `Probe`, in words. */
function probe(expression: string, actions: Json = {}, more: Json = {}, project: Project = emptyProject): string {
  return probeAt(expression, { ...actions, Probe: { type: 'Compose', inputs: expression } }, more, project);
}

function probeAt(expression: string, actions: Json, more: Json = {}, project: Project = emptyProject): string {
  const document = new ProjectDocument(workflowText(actions, more), 'workflow');
  const site = document.expressions.sites.find((each) => each.node.value === expression);
  const types = typesOf(document, project);
  if (site?.parsed.template.kind !== 'expression' || types === undefined) throw new Error(`no site ${expression}`);
  return describeType(types.typeOf(site.parsed.template.expression, site));
}

describe('types of expressions', () => {
  it('follow schemas, references in them included', () => {
    expect(probe("@body('Parse')", { Parse: parse })).toBe('object { id, lines, note }');
    expect(probe("@body('Parse')['lines']", { Parse: parse })).toBe('array of object { sku, price }');
    expect(probe("@outputs('Parse')['body']['LINES'][0]['sku']", { Parse: parse })).toBe('string');
    expect(probe("@actions('Parse')?['outputs']?['body']?['note']", { Parse: parse })).toBe('string or null');
  });

  it('know null behind a question mark', () => {
    expect(probe("@body('Parse')['lines']?[0]?['price']", { Parse: parse })).toBe('number or null');
    expect(probe("@body('Parse')?['id']", { Parse: parse })).toBe('integer');
    expect(probe("@coalesce(body('Parse')['lines']?[0]?['price'], 0)", { Parse: parse })).toBe('number or integer');
  });

  it('read the body of a Request from its schema', () => {
    const triggers = { manual: { type: 'Request', kind: 'Http', inputs: { schema } } };
    expect(probe('@triggerBody()', {}, { triggers })).toBe('object { id, lines, note }');
    expect(probe("@trigger()['outputs']['body']['id']", {}, { triggers })).toBe('integer');
  });

  it('lead through Compose, Select, Filter array and loops', () => {
    const actions = {
      Parse: parse,
      Names: { type: 'Select', inputs: { from: "@body('Parse')['lines']", select: { name: "@item()['sku']", n: 1 } } },
      Some: { type: 'Query', inputs: { from: "@body('Names')", where: "@equals(item()['n'], 1)" } },
      Copy: { type: 'Compose', inputs: { list: "@body('Some')", text: 'a@{1}' } },
    };
    expect(probe("@outputs('Copy')['list']", actions)).toBe('array of object { name, n }');
    expect(probe("@outputs('Copy')['text']", actions)).toBe('string');
    expect(probe("@first(outputs('Copy')['list'])['name']", actions)).toBe('string');
    const loop = (inner: string) => ({
      ...actions,
      Each: { type: 'Foreach', foreach: "@body('Some')", actions: { In: { type: 'Compose', inputs: inner } } },
    });
    expect(probeAt("@items('Each')['n']", loop("@items('Each')['n']"))).toBe('integer');
    expect(probeAt("@item()['name']", loop("@item()['name']"))).toBe('string');
    expect(probe("@filter(body('Names'), equals(item()['n'], 2))", actions)).toBe('array of object { name, n }');
  });

  it('know what is declared, and what actions answer', () => {
    const actions = {
      Init: { type: 'InitializeVariable', inputs: { variables: [{ name: 'total', type: 'float' }] } },
      Call: { type: 'Http', inputs: { method: 'GET', uri: 'https://a' } },
    };
    const more = { parameters: { limits: { type: 'Object', defaultValue: { max: 5 } } } };
    expect(probe("@variables('Total')", actions)).toBe('number or null');
    expect(probe("@parameters('limits')", {}, more)).toBe('object { max, … }');
    expect(probe("@outputs('Call')['statusCode']", actions)).toBe('integer');
    expect(probe("@if(true, createArray('a'), split('b', 'c'))")).toBe('array of string');
    expect(probe("@setProperty(outputs('Call'), 'more', 1)['more']", actions)).toBe('integer');
  });

  it('come from the manifests of connectors', () => {
    const inputs = {
      parameters: {},
      serviceProviderConfiguration: {
        connectionName: 'blob',
        operationId: 'readBlob',
        serviceProviderId: '/serviceProviders/AzureBlob',
      },
    };
    const project = projectOf(new Map(), [], connectorManifests);
    const actions = { Read: { type: 'ServiceProvider', inputs } };
    expect(probe("@body('Read')", actions, {}, project)).toBe('object { content, properties, metadata, … }');
    expect(probe("@body('Read')['properties']['contentType']", actions, {}, project)).toMatch(/^string/);
  });

  it('end where a value leads to itself', () => {
    const actions = {
      A: { type: 'Compose', inputs: { b: "@outputs('B')", c: "@outputs('A')?['b']" } },
      B: { type: 'Compose', inputs: "@outputs('A')" },
    };
    expect(probe("@outputs('B')?['b']?['c']", actions)).toMatch(/any|object/);
  });
});
