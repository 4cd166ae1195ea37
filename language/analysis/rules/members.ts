/**
 * Names of members: slips of the pen that the platform would pass over, members of triggers at actions and the other way round, and
 * switches of `operationOptions`. A name that resembles none is let pass: the platform has more than is documented.
 */
import { commonSchema, lookupShared, operationSchema } from '../../catalog/operationSchemas';
import type { OperationRole } from '../../catalog/operationSchemas';
import { resolved } from '../../catalog/schema';
import type { JsonSchema } from '../../catalog/schema';
import { jsonText } from '../../json/escape';
import { pointerOf } from '../../json/path';
import { member } from '../../json/tree';
import type { JsonNode, ObjectNode, PropertyNode } from '../../json/tree';
import type { Action, Trigger } from '../../workflow/model';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';
import { nearest } from '../spelling';

export const membersRule: WorkflowRule = {
  name: 'members',
  *check({ workflow }) {
    for (const operation of [...workflow.triggers, ...workflow.actions]) {
      const { node } = operation;
      if (node === undefined || clean.has(node)) continue;
      const found = [...checkOperation(operation, node)];
      if (found.length === 0) clean.add(node);
      yield* found;
    }
  },
};

/** Operations whose members have names that are right; they keep them as long as their node is the same. */
const clean = new WeakSet<ObjectNode>();

/** What the types of actions that hold others have beside what schemas say, and what the designer writes. */
const structural: Readonly<Record<OperationRole, readonly string[]>> = {
  action: [
    'actions',
    'else',
    'default',
    'cases',
    'expression',
    'foreach',
    'tools',
    'channels',
    'schema',
    'retryPolicy',
  ],
  trigger: ['schema', 'retryPolicy', 'evaluatedRecurrence', 'channels'],
};

/** Members that stand at operations of one role only. */
const misplaced: Readonly<Record<OperationRole, readonly string[]>> = {
  action: ['splitOn', 'splitOnConfiguration', 'recurrence'],
  trigger: ['runAfter', 'actions', 'else', 'cases'],
};

function* checkOperation(operation: Action | Trigger, node: ObjectNode): Iterable<Finding> {
  const { role, path } = operation;
  const { known, inputNames } = namesAt(role, operation.type);
  for (const entry of node.properties) {
    const name = entry.key.value;
    if (known.has(name)) continue;
    if (misplaced[role].includes(name)) {
      // Some tools write an empty one to all.
      if (entry.value?.kind === 'object' && entry.value.properties.length === 0) continue;
      yield {
        code: 'workflow-invalid-context',
        severity: 'warning',
        range: entry.key,
        path: path + pointerOf([name]),
        message: `"${name}" belongs to ${role === 'action' ? 'triggers' : 'actions'}; here it has no effect.`,
      };
      continue;
    }
    yield* slip(entry, node, known, path);
  }
  const inputs = member(node, 'inputs');
  if (inputs?.kind === 'object' && inputNames.size > 0) {
    for (const entry of inputs.properties) yield* slip(entry, inputs, inputNames, `${path}/inputs`);
  }
  yield* checkOptions(member(node, 'operationOptions'), `${path}/operationOptions`);
}

interface KnownNames {
  readonly known: ReadonlySet<string>;
  /** Of `inputs`; empty where anything may stand. */
  readonly inputNames: ReadonlySet<string>;
}

const namesByType = new Map<string, KnownNames>();

function namesAt(role: OperationRole, type: string): KnownNames {
  const key = `${role} ${type}`;
  let names = namesByType.get(key);
  if (names === undefined) {
    const own = operationSchema(role, type);
    const inputs = own?.properties?.['inputs'];
    names = {
      known: new Set([...namesOf(commonSchema(role)), ...namesOf(own), ...structural[role]]),
      inputNames: new Set(inputs === undefined ? [] : namesOf(resolved(inputs, lookupShared))),
    };
    // Types that are not known all have the same names; there may be any number of them.
    if (own !== undefined) namesByType.set(key, names);
  }
  return names;
}

function namesOf(schema: JsonSchema | undefined): string[] {
  return Object.keys(schema?.properties ?? {});
}

function* slip(entry: PropertyNode, object: ObjectNode, known: ReadonlySet<string>, path: string): Iterable<Finding> {
  const name = entry.key.value;
  if (known.has(name) || isComputed(name) || name.startsWith('$')) return;
  const given = new Set(object.properties.map(({ key }) => key.value));
  const near = nearest(
    name,
    [...known].filter((each) => !given.has(each)),
  );
  if (near === undefined) return;
  yield {
    code: 'workflow-unknown-property',
    range: entry.key,
    path: path + pointerOf([name]),
    message: `"${name}" is not known here. Did you mean "${near}"?`,
    fixes: [{ title: `Change to "${near}"`, edits: [{ range: entry.key, newText: jsonText(near) }], preferred: true }],
  };
}

function* checkOptions(node: JsonNode | undefined, path: string): Iterable<Finding> {
  if (node?.kind !== 'string' || isComputed(node.value)) return;
  const known = (lookupShared('shared.json#/definitions/operationOptions')?.examples ?? []).filter(
    (each) => typeof each === 'string',
  );
  for (const part of node.value.split(',')) {
    const option = part.trim();
    if (option === '' || known.some((each) => each.toLowerCase() === option.toLowerCase())) continue;
    const near = nearest(option, known);
    if (near === undefined) continue;
    yield {
      code: 'workflow-invalid-value',
      severity: 'warning',
      range: node,
      path,
      message: `'${option}' is not a known option. Did you mean '${near}'?`,
      fixes: [
        {
          title: `Change to '${near}'`,
          edits: [{ range: node, newText: jsonText(node.value.replace(option, near)) }],
          preferred: true,
        },
      ],
    };
  }
}
