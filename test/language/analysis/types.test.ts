/** Rules that know what values are: properties, arguments, comparisons. */
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../language/text/diagnostic';
import { diagnose, findings, mended, workflowText } from './cases';
import type { Json } from './cases';

const schema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
  },
  required: ['id', 'lines'],
};
const parse = { type: 'ParseJson', inputs: { content: '@triggerBody()', schema }, runAfter: {} };
const made = { type: 'Compose', inputs: { first: 1, second: { inner: 'x' } }, runAfter: {} };
const after = { Parse: ['Succeeded'], Made: ['Succeeded'], Init: ['Succeeded'] };
const init = {
  type: 'InitializeVariable',
  inputs: {
    variables: [
      { name: 'count', type: 'integer' },
      { name: 'list', type: 'array' },
    ],
  },
  runAfter: {},
};

/** A workflow that uses an expression where a schema, an object and variables are known. */
function using(expression: unknown, more: Json = {}): string {
  return workflowText({
    Parse: parse,
    Made: made,
    Init: init,
    Use: { type: 'Compose', inputs: expression, runAfter: after },
    ...more,
  });
}

/** What is found, but for the variables that the expression does not use. */
function about(text: string): Diagnostic[] {
  return diagnose(text).filter((each) => each.code !== 'variable-unused');
}

function condition(expression: unknown): string {
  return using(1, { Check: { type: 'If', expression, actions: {}, runAfter: after } });
}

describe('properties that a value lacks', () => {
  it.each<[string, string, string[]]>([
    ['misspelt, by a schema', "@body('Parse')?['nmae']", ["expression-unknown-property: 'nmae'"]],
    [
      'misspelt, of an object made here',
      "@outputs('Made')['second']?['iner']",
      ["expression-unknown-property: 'iner'"],
    ],
    ['not there at all', "@outputs('Made')?.third", ['expression-unknown-property: third']],
    ['in any case', "@body('Parse')?['NAME']", []],
    ['of an item', "@first(body('Parse')['lines'])?['skuu']", ["expression-unknown-property: 'skuu'"]],
    ['of an array', "@body('Parse')['lines']?['sku']", ["expression-type: 'sku'"]],
    ['of a number', "@variables('count')['x']", ["expression-type: 'x'"]],
    ['an index of an object', "@outputs('Made')[0]", ['expression-type: 0']],
    ['an index of an array', "@body('Parse')['lines'][0]", []],
    ['of what nobody knows', "@triggerBody()?['any']['thing']", []],
    ['computed', "@outputs('Made')?[triggerBody()]", []],
    ['of an object with more added', "@setProperty(outputs('Made'), 'third', 1)['third']", []],
  ])('%s', (_, expression, expected) => {
    expect(findings(using(expression))).toEqual(expected);
  });

  it('tells of others than a schema has, but does not warn', () => {
    const found = about(using("@body('Parse')?['somethingElse']"));
    expect(found.map((each) => [each.code, each.severity])).toEqual([['expression-unknown-property', 'information']]);
  });

  it('says nothing where a schema allows others', () => {
    const open = { ...parse, inputs: { ...parse.inputs, schema: { ...schema, additionalProperties: true } } };
    expect(about(using("@body('Parse')?['nmae']", { Parse: open }))).toEqual([]);
  });

  it('mends the name between its quotes', () => {
    expect(mended(using("@body('Parse')?['nmae']"))).toContain("@body('Parse')?['name']");
  });

  it('hints at a question mark that is missing behind another', () => {
    const text = using("@body('Parse')?['lines'][0]");
    expect(about(text).map((each) => each.code)).toEqual(['expression-null-access']);
    expect(mended(text)).toContain("@body('Parse')?['lines']?[0]");
  });
});

describe('arguments', () => {
  it.each<[string, string, string[]]>([
    ['an array for a string', "@toLower(variables('list'))", ["expression-type: variables('list')"]],
    ['a string for a number', "@add(body('Parse')?['name'], 1)", ["expression-type: body('Parse')?['name']"]],
    ['fitting', "@add(variables('count'), body('Parse')?['id'])", []],
  ])('%s', (_, expression, expected) => {
    expect(findings(using(expression))).toEqual(expected);
  });
});

describe('comparisons', () => {
  it.each<[string, string, string[]]>([
    ['an integer with text', "@equals(variables('count'), '5')", ["comparison-types: equals(variables('count'), '5')"]],
    ['an integer with null', "@equals(variables('count'), null)", []],
    ['text with text', "@equals(body('Parse')?['name'], '5')", []],
    ['a truth value with text', "@equals(empty(variables('list')), 'true')", []],
    ['order of unlike types', "@less(variables('count'), 'a')", ["comparison-types: less(variables('count'), 'a')"]],
    ['constants', '@greater(2, 1)', ['condition-constant: greater(2, 1)']],
    [
      'a value with itself',
      "@equals(variables('count'),variables('Count'))",
      ["condition-constant: equals(variables('count'),variables('Count'))"],
    ],
    ['a value that differs every time', '@equals(utcNow(), utcNow())', []],
    ['a constant kept in another action', "@equals(outputs('Made')['first'], 1)", []],
    ['the result of a skipped action with null', "@equals(outputs('Made'), null)", []],
  ])('%s', (_, expression, expected) => {
    expect(findings(using(expression))).toEqual(expected);
  });

  it('written as objects', () => {
    const wrong = { and: [{ not: { equals: ["@variables('count')", '5'] } }, { greater: ["@variables('count')", 5] }] };
    expect(findings(condition(wrong)).map((each) => each.slice(0, 26))).toEqual(['comparison-types: "equals"']);
    expect(findings(condition({ or: [{ equals: ['a', 'a'] }] }))[0]).toMatch(/^condition-constant: "equals"/);
    expect(findings(condition({ equals: ["@{variables('count')}", '5'] }))).toEqual([]);
    expect(findings(condition({ equals: ["@{variables('count')}", 5] }))[0]).toMatch(/^comparison-types/);
  });
});
