/** Our reading of the operation schemas says what Ajv says of the same values: operations of the corpus, whole and damaged. */
import { Ajv } from 'ajv';
import type { AnySchemaObject, ErrorObject } from 'ajv';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateOperation } from '../../../language/analysis/schemaValidator';
import { commonSchema, operationSchema } from '../../../language/catalog/operationSchemas';
import type { OperationRole } from '../../../language/catalog/operationSchemas';
import { timeZone } from '../../../language/expressions/dates/zones';
import { plainValue } from '../../../language/json/plain';
import { parseDuration } from '../../../language/workflow/duration';
import { readWorkflow } from '../../../language/workflow/read';
import shared from '../../../schemas/operations/shared.json';

const ajv = new Ajv({
  allErrors: true,
  strict: false,
  validateSchema: false,
  schemas: [{ ...shared, $id: 'shared.json' }],
});
ajv.addKeyword({
  keyword: 'x-closed',
  type: 'string',
  validate: (closed: unknown, value: string, parent?: AnySchemaObject) => {
    const examples: unknown = parent?.['examples'];
    if (closed !== true || !Array.isArray(examples)) return true;
    return examples.some((each) => String(each).toLowerCase() === value.toLowerCase());
  },
});
ajv.addFormat('logicapps-duration', (text) => parseDuration(text) !== undefined);
ajv.addFormat('logicapps-timezone', (text) => timeZone(text) !== undefined);

const words: Readonly<Record<string, string>> = {
  required: 'missing',
  type: 'type',
  'x-closed': 'value',
  minimum: 'range',
  maximum: 'range',
  minItems: 'range',
  format: 'format',
};

function byAjv(role: OperationRole, type: string, value: unknown): string[] {
  const errors = [operationSchema(role, type), commonSchema(role)].flatMap((schema): ErrorObject[] => {
    if (schema === undefined) return [];
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []);
  });
  return shown(errors.map(({ keyword, instancePath }) => `${words[keyword] ?? keyword} ${instancePath}`));
}

const compiled = new Map<object, ReturnType<Ajv['compile']>>();

/** A type and all operations may want the same. */
function shown(problems: readonly string[]): string[] {
  return [...new Set(problems)].sort();
}

function byUs(role: OperationRole, type: string, value: unknown): string[] {
  return shown(validateOperation(role, type, value).map(({ kind, pointer }) => `${kind} ${pointer}`));
}

const wrong: readonly unknown[] = [null, true, 7, -1, 0.5, 1e9, '', 'nothing known', 'PT5M', [], {}, ['a'], { a: 1 }];

/** The value with each of its members in turn left out or replaced by something else. */
function* damaged(value: unknown, turn: { count: number }): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const other: unknown = wrong[turn.count++ % wrong.length];
    const put = (replacement: unknown): unknown => {
      if (Array.isArray(value))
        return value.map((each: unknown, index) => (String(index) === name ? replacement : each));
      return { ...value, [name]: replacement };
    };
    yield put(other);
    if (!Array.isArray(value)) yield Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
    for (const below of damaged(member, turn)) yield put(below);
  }
}

function workflows(): string[] {
  const folder = join(
    process.env['LOGICAPPS_SHARED'] ?? join(import.meta.dirname, '../../../../shared'),
    'corpus/workflows',
  );
  const files = existsSync(folder) ? readdirSync(folder).filter((each) => each.endsWith('.json')) : [];
  const example = join(import.meta.dirname, '../../../examples/order-processing/process-order/workflow.json');
  return [example, ...files.filter((_, index) => index % 4 === 0).map((each) => join(folder, each))];
}

describe('operations against their schemas', () => {
  it('has the problems that Ajv finds', () => {
    const turn = { count: 0 };
    let compared = 0;
    for (const file of workflows()) {
      const { workflow } = readWorkflow(readFileSync(file, 'utf8'));
      for (const { node, type, role } of [...(workflow?.triggers ?? []), ...(workflow?.actions ?? [])]) {
        // Nested actions are operations of their own.
        if (node === undefined || node.end - node.start > 4000) continue;
        const value = plainValue(node);
        for (const each of [value, ...damaged(value, turn)]) {
          const expected = byAjv(role, type, each);
          if (byUs(role, type, each).join() !== expected.join()) {
            expect({ file, type, each, found: byUs(role, type, each) }).toEqual({ file, type, each, found: expected });
          }
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});
