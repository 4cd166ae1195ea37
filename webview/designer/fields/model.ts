/**
 * What the panel shows of an operation: which members are parameters and which are settings, each with its JSON pointer so that an
 * edit finds its place. Nothing is left out: a member nobody knows is a parameter.
 */
import type { JsonNode, ObjectNode, PropertyNode } from '../../../language/json/tree';
import type { FormField } from '../../../language/catalog/form';
import { pointerOf } from '../../../language/json/path';
import { member, property } from '../../../language/json/tree';
import type { Operation } from '../../../language/workflow/model';

export interface Field {
  /** Unique in the operation. */
  readonly path: string;
  readonly label: string;
  readonly node: JsonNode | undefined;
  /** The value is a condition, not just any object. */
  readonly isCondition?: boolean;
  /** What the form says about the field, and about those inside it. */
  readonly known?: FormField | undefined;
  readonly hints?: Hints;
}

/** Form fields by JSON pointer in the document. */
type Hints = ReadonlyMap<string, FormField>;

/** What may be added to an operation. */
export interface Addable {
  readonly label: string;
  readonly field: FormField;
}

/** Fields with what the form says about them. */
export function withHints(fields: readonly Field[], operation: Operation, form: readonly FormField[]): Field[] {
  const hints: Hints = new Map(form.map((each) => [operation.path + pointerOf(each.path), each]));
  return fields.map((each) => hinted(each, hints));
}

function hinted(field: Field, hints: Hints): Field {
  // The form tells about lists by their first item.
  const known = hints.get(field.path.replaceAll(/\/\d+(?=\/|$)/g, '/0'));
  return { ...field, hints, known };
}

/** What the form has and the operation has not; the required ones first. */
export function addables(operation: Operation, form: readonly FormField[], settings: boolean): Addable[] {
  return form
    .filter((each) => each.isSetting === settings && !each.isNested && !isPresent(operation, each.path))
    .map((each) => ({ label: labelOf(each.path.at(-1) ?? ''), field: each }));
}

function isPresent(operation: Operation, path: readonly string[]): boolean {
  let node: JsonNode | undefined = operation.node;
  for (const part of path) {
    // Where something else than an object stands, such as an expression, nothing can be added.
    if (node !== undefined && node.kind !== 'object') return true;
    const next: PropertyNode | undefined = property(node, part);
    if (next === undefined) return false;
    node = next.value;
  }
  return true;
}

/** Members that are shown elsewhere: in the header, in other tabs, or as nested actions. */
const structure = new Set(['type', 'kind', 'runAfter', 'actions', 'else', 'cases', 'default', 'tools', 'inputs']);

/** Members that say how an operation runs. Names from Microsoft's schema reference for triggers and actions. */
const settings = new Set([
  'conditions',
  'correlation',
  'description',
  'limit',
  'metadata',
  'operationOptions',
  'runtimeConfiguration',
  'splitOn',
  'splitOnConfiguration',
  'trackedProperties',
]);
const inputSettings = new Set(['retryPolicy', 'authentication']);

/** The members that say what the operation does. */
export function parameterFields(operation: Operation): Field[] {
  const { node, inputs, path } = operation;
  const own = membersOf(node).filter(({ key }) => !structure.has(key.value) && !settings.has(key.value));
  const cases = membersOf(asObject(member(node, 'cases'))).map((each): Field => ({
    path: `${path}/cases/${escapePart(each.key.value)}/case`,
    label: `Case "${each.key.value}"`,
    node: member(each.value, 'case'),
  }));
  return [
    ...own.map((each) => field(each, path)),
    ...cases,
    ...inputFields(inputs, `${path}/inputs`, inputSettings, false),
  ];
}

/** The members that say how it runs: retries, limits, concurrency, secured data, tracking. */
export function settingFields(operation: Operation): Field[] {
  const { node, inputs, path } = operation;
  return [
    ...membersOf(node)
      .filter(({ key }) => settings.has(key.value))
      .map((each) => field(each, path)),
    ...inputFields(inputs, `${path}/inputs`, inputSettings, true),
  ];
}

/** `chosen` members of an object, or all others; inputs of any other kind are one parameter. */
function inputFields(inputs: JsonNode | undefined, path: string, names: ReadonlySet<string>, chosen: boolean): Field[] {
  if (inputs === undefined) return [];
  if (inputs.kind !== 'object') return chosen ? [] : [{ path, label: 'Inputs', node: inputs }];
  const [only] = inputs.properties;
  if (
    only?.key.value === 'variables' &&
    inputs.properties.length === 1 &&
    only.value?.kind === 'array' &&
    only.value.items.length === 1
  ) {
    // Initialize variable: the platform allows one, which stands in an array.
    const [variable] = only.value.items;
    return chosen ? [] : membersOf(asObject(variable)).map((each) => field(each, `${path}/variables/0`));
  }
  return inputs.properties.filter(({ key }) => names.has(key.value) === chosen).map((each) => field(each, path));
}

function field(each: PropertyNode, path: string): Field {
  const name = each.key.value;
  return {
    path: `${path}/${escapePart(name)}`,
    label: labelOf(name),
    node: each.value,
    isCondition: name === 'expression',
  };
}

/** The members of a nested value, as rows. */
export function nestedFields(parent: Field): Field[] {
  const { node, path, hints = new Map<string, FormField>() } = parent;
  if (node?.kind === 'object') {
    return node.properties.map(({ key, value }) =>
      hinted({ path: path + pointerOf([key.value]), label: key.value, node: value }, hints),
    );
  }
  if (node?.kind === 'array') {
    return node.items.map((item, index) =>
      hinted({ path: `${path}/${index}`, label: String(index), node: item }, hints),
    );
  }
  return [];
}

/** "relativePath" as "Relative path"; names with other signs in them stay as they are written. */
function labelOf(name: string): string {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) return name;
  const words = name.replaceAll(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, next: string) => `${before} ${next.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function membersOf(node: ObjectNode | undefined): readonly PropertyNode[] {
  return node?.properties ?? [];
}

function asObject(node: JsonNode | undefined): ObjectNode | undefined {
  return node?.kind === 'object' ? node : undefined;
}

function escapePart(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
