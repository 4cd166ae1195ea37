/**
 * ajv over the operation schemas. A validator is compiled on the first operation of its type, so that a file costs only what it uses.
 * What ajv reports becomes a small union that the rules put into words.
 */
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { timeZone } from '../expressions/dates/zones';
import { parseDuration } from '../workflow/duration';
import { operationSchemaFiles, definitionSchema, schemaName } from '../catalog/operationSchemas';
import type { OperationRole } from '../catalog/operationSchemas';

export type SchemaProblem =
  | { readonly kind: 'missing'; readonly pointer: string; readonly name: string }
  | { readonly kind: 'type'; readonly pointer: string; readonly expected: readonly string[] }
  | { readonly kind: 'value'; readonly pointer: string }
  | { readonly kind: 'range'; readonly pointer: string; readonly bound: string }
  | { readonly kind: 'format'; readonly pointer: string; readonly format: string };

const base = 'https://logicapps-workbench.invalid/schemas/operations/';
let instance: Ajv | undefined;
const compiled = new Map<string, ValidateFunction>();

/** The problems of an operation of a known type; for others, those of what all operations have. */
export function validateOperation(role: OperationRole, type: string, value: unknown): SchemaProblem[] {
  const file = role === 'action' ? 'actions.json' : 'triggers.json';
  const name = schemaName(role, type);
  const own = name === undefined ? [] : run(`${base}${file}#/definitions/${name}`, value);
  // A type may say of a member what all operations have too.
  const isKnown = (problem: SchemaProblem): boolean =>
    own.some((each) => each.kind === problem.kind && each.pointer === problem.pointer);
  return [...own, ...run(`${base}${file}#/definitions/common`, value).filter((each) => !isKnown(each))];
}

/** The problems of the members of a definition, its operations aside. */
export function validateDefinition(value: unknown): SchemaProblem[] {
  return run(`${base}definition.json`, value);
}

function run(reference: string, value: unknown): SchemaProblem[] {
  let validate = compiled.get(reference);
  if (validate === undefined) {
    validate = ajv().compile({ $ref: reference });
    compiled.set(reference, validate);
  }
  return validate(value) ? [] : (validate.errors ?? []).flatMap(problemOf);
}

function ajv(): Ajv {
  if (instance !== undefined) return instance;
  instance = new Ajv({
    allErrors: true,
    messages: false,
    strict: false,
    // The schemas are ours and tested: checking them anew at every start would cost more than a whole file does.
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    // Optimising the generated code takes longer than it saves on any file.
    code: { optimize: false },
    schemas: [...operationSchemaFiles, definitionSchema],
  });
  instance.addKeyword({ keyword: 'x-closed', validate: isListed, schema: true });
  instance.addFormat('logicapps-duration', (text) => parseDuration(text) !== undefined);
  instance.addFormat('logicapps-timezone', (text) => timeZone(text) !== undefined);
  return instance;
}

/** `x-closed: true`: the value is one of the schema's `examples`, in any case. Other types than text are left to `type`. */
function isListed(closed: unknown, value: unknown, parent: unknown): boolean {
  if (closed !== true || typeof value !== 'string' || !hasExamples(parent)) return true;
  const wanted = value.toLowerCase();
  return parent.examples.some((each) => typeof each === 'string' && each.toLowerCase() === wanted);
}

function hasExamples(schema: unknown): schema is { readonly examples: readonly unknown[] } {
  return typeof schema === 'object' && schema !== null && 'examples' in schema && Array.isArray(schema.examples);
}

function problemOf(error: ErrorObject): SchemaProblem[] {
  const pointer = error.instancePath;
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'required':
      return [{ kind: 'missing', pointer, name: String(params['missingProperty']) }];
    case 'type': {
      const expected = params['type'];
      return [{ kind: 'type', pointer, expected: Array.isArray(expected) ? expected.map(String) : [String(expected)] }];
    }
    case 'x-closed':
      return [{ kind: 'value', pointer }];
    case 'minimum':
      return [{ kind: 'range', pointer, bound: `${String(params['limit'])} or more` }];
    case 'maximum':
      return [{ kind: 'range', pointer, bound: `${String(params['limit'])} or less` }];
    case 'minItems':
      return [{ kind: 'range', pointer, bound: 'a list that is not empty' }];
    case 'format':
      return [{ kind: 'format', pointer, format: String(params['format']) }];
    default:
      return [];
  }
}
