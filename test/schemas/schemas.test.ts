import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { actionTypes, triggerTypes } from '../../language/workflow/actions';
import { operationSchemas } from '../../language/catalog/operationSchemas';
import { plainValue } from '../../language/json/plain';
import { parseTree } from '../../language/json/tree';

const root = join(import.meta.dirname, '../..');
const shared = process.env['LOGICAPPS_SHARED'] ?? join(root, '../shared');

const files = readdirSync(join(root, 'schemas'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.json') && file !== 'fileMatch.json');

function schemaOf(file: string): { readonly $id: string } {
  const value: unknown = JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8'));
  if (typeof value !== 'object' || value === null || !('$id' in value) || typeof value.$id !== 'string') {
    throw new Error(`${file} has no $id`);
  }
  return { ...value, $id: value.$id };
}

/** As a plain editor sees the schemas: our own keywords and formats mean nothing. */
function validator(file: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, schemas: files.map(schemaOf) });
  const validate = ajv.getSchema(schemaOf(file).$id);
  if (validate === undefined) throw new Error(`${file} is not there`);
  return validate;
}

/** Types that a computed text or a placeholder may take are no matter for a schema that knows no expressions. */
function failures(validate: ValidateFunction, text: string): string[] {
  const tree = parseTree(text);
  if (tree.root === undefined || tree.problems.length > 0) return [];
  const value = plainValue(tree.root);
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .filter((each) => each.keyword !== 'if')
    .filter((each) => !(each.keyword === 'type' && isText(at(value, each.instancePath))))
    .map((each) => `${each.instancePath} ${each.message ?? ''}`);
}

function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((each, part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      return typeof each === 'object' && each !== null ? new Map(Object.entries(each)).get(key) : undefined;
    }, value);
}

function isText(value: unknown): boolean {
  return value === null || (typeof value === 'string' && /[@[#]/.test(value));
}

describe('schemas', () => {
  it.each(files)('%s compiles', (file) => {
    expect(() =>
      new Ajv({ strict: false, validateFormats: false, schemas: files.map(schemaOf) }).getSchema(schemaOf(file).$id),
    ).not.toThrow();
  });

  it('describe every known type, and no others', () => {
    const known = actionTypes.map((each) => each.type).sort();
    expect(
      operationSchemas('action')
        .map(([type]) => type)
        .filter((type) => !known.includes(type)),
    ).toEqual([]);
    expect(
      operationSchemas('trigger')
        .map(([type]) => type)
        .sort(),
    ).toEqual([...triggerTypes].sort());
    const text = readFileSync(join(root, 'schemas/workflow.schema.json'), 'utf8');
    for (const [type] of operationSchemas('action')) expect(text).toContain(`actions.json#/definitions/${type}"`);
  });

  it('refuse what is wrong', () => {
    const workflow = validator('workflow.schema.json');
    const action = (value: unknown): string =>
      JSON.stringify({ definition: { actions: { A: { type: 'Scope', actions: { B: value } } } } });
    expect(failures(workflow, action({ type: 'HTTP', inputs: { method: 'GET' } }))).toHaveLength(1);
    expect(failures(workflow, action({ type: 'Http', inputs: { method: 'GET', uri: 'x' } }))).toEqual([]);
    expect(failures(workflow, action({ type: 'Foreach', foreach: 5 }))).toHaveLength(1);
    expect(failures(validator('parameters.schema.json'), '{"a":{"type":"Int"}}')).toHaveLength(1);
    expect(failures(validator('test.schema.json'), '{"workflow":"w","trigger":{"type":"poke"}}')).toHaveLength(1);
  });
});

describe.skipIf(!existsSync(shared))('schemas on real files', () => {
  const all = existsSync(shared)
    ? readdirSync(join(shared, 'corpus'), { recursive: true, encoding: 'utf8' }).map((file) =>
        file.replaceAll('\\', '/'),
      )
    : [];
  const cases: [string, (file: string) => boolean][] = [
    ['connections.schema.json', (file) => basename(file) === 'connections.json' || /^connections\//.test(file)],
    ['parameters.schema.json', (file) => basename(file) === 'parameters.json'],
    ['host.schema.json', (file) => basename(file) === 'host.json'],
    ['local.settings.schema.json', (file) => basename(file) === 'local.settings.json'],
    ['workflow.schema.json', (file) => basename(file) === 'workflow.json' || /^workflows\//.test(file)],
  ];
  it.each(cases)('%s', (schema, chosen) => {
    const validate = validator(schema);
    const found = all.filter((file) => file.endsWith('.json') && chosen(file));
    expect(found.length).toBeGreaterThan(5);
    const failed = found.flatMap((file) =>
      failures(validate, readFileSync(join(shared, 'corpus', file), 'utf8')).map((each) => `${file} ${each}`),
    );
    expect(failed).toEqual(knownFailures[schema] ?? []);
  });

  it.each(['semantics.json', 'logicappunit.json'])('test.schema.json takes %s', (file) => {
    expect(failures(validator('test.schema.json'), readFileSync(join(shared, 'runs', file), 'utf8'))).toEqual([]);
  });
});

/** Files of the corpus that are wrong. */
const knownFailures: Readonly<Record<string, readonly string[]>> = {
  // A file of a test suite with placeholders where objects belong.
  'workflow.schema.json': [
    'workflows/924c14c5.json /definition/actions/Sql_Action/runtimeConfiguration must be object',
    'workflows/924c14c5.json /definition/actions/Sql_Action/inputs/parameters must be object',
  ],
};
