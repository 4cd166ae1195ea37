/**
 * What can be filled in for an operation, told flat for a form: one entry per member of the operation and of its inputs, from the
 * operation schemas. Plain data, so that it can be sent to a designer.
 */
import { commonSchema, lookupShared, operationSchema } from './operationSchemas';
import type { OperationRole } from './operationSchemas';
import type { PlainJson } from '../workflow/changes/textStyle';
import { resolved } from './schema';
import type { JsonSchema } from './schema';
import { startValue } from './startValue';

export interface FormField {
  /** From the operation's node: `["inputs", "uri"]`. */
  readonly path: readonly string[];
  readonly description: string | undefined;
  readonly required: boolean;
  /** True for a member inside a member, such as the unit of an interval; an item of a list goes by `0`. */
  readonly isNested: boolean;
  /** True for members that say how the operation runs, not what it does. */
  readonly isSetting: boolean;
  /** All values there are, when there are few. */
  readonly choices: readonly string[] | undefined;
  /** A first value. */
  readonly start: PlainJson;
}

/** Members that a form shows elsewhere or not at all. */
const hidden = new Set([
  'type',
  'kind',
  'metadata',
  'description',
  'runAfter',
  'inputs',
  'actions',
  'else',
  'cases',
  'default',
  'tools',
]);
const inputSettings = new Set(['retryPolicy', 'authentication']);

/** Members of members are told this deep. */
const MAX_DEPTH = 2;

/** The fields of a type, the required ones first; empty for a type without a schema. */
export function operationForm(role: OperationRole, type: string): FormField[] {
  const own = operationSchema(role, type);
  if (own === undefined) return [];
  const operation = resolved(own, lookupShared);
  const inputs = operation.properties?.['inputs'];
  const common = Object.entries(resolved(commonSchema(role), lookupShared).properties ?? {});
  const fields = [
    ...membersOf(operation, []).filter(({ path }) => !hidden.has(path[0] ?? '')),
    ...(inputs === undefined ? [] : membersOf(inputs, ['inputs'])),
    ...common
      .filter(([name]) => !hidden.has(name) && operation.properties?.[name] === undefined)
      .map(([name, schema]) => ({ ...field(schema, [name], false), isSetting: true })),
  ];
  return [...fields.filter((each) => each.required), ...fields.filter((each) => !each.required)];
}

function membersOf(schema: JsonSchema, path: readonly string[], depth = 0): FormField[] {
  const whole = resolved(schema, lookupShared);
  return Object.entries(whole.properties ?? {}).flatMap(([name, member]) => {
    const own = { ...field(member, [...path, name], whole.required?.includes(name) ?? false), isNested: depth > 0 };
    if (depth >= MAX_DEPTH) return [own];
    const { items } = resolved(member, lookupShared);
    const inside =
      items === undefined ? membersOf(member, own.path, depth + 1) : membersOf(items, [...own.path, '0'], depth + 1);
    return [own, ...inside];
  });
}

function field(schema: JsonSchema, path: readonly string[], required: boolean): FormField {
  const whole = resolved(schema, lookupShared);
  const examples = (whole.examples ?? []).filter((each) => typeof each === 'string');
  return {
    path,
    description: whole.description,
    required,
    isNested: false,
    isSetting: path[0] === 'inputs' && inputSettings.has(path[1] ?? ''),
    choices: whole['x-closed'] === true && examples.length > 0 ? examples : undefined,
    start: startValue(whole, lookupShared),
  };
}
