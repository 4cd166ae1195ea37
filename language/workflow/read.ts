/**
 * The one reader: JSON tree in, workflow model and problems out. It never throws, and it is as tolerant as the platform:
 * types and statuses match in any case. Deeper checks are rules of `analysis/`.
 */
import { parseTree, member, stringOf } from '../json/tree';
import type { JsonNode, JsonTree, ObjectNode, PropertyNode } from '../json/tree';
import { pointerOf } from '../json/path';
import type { Path } from '../json/path';
import type { Diagnostic } from '../text/diagnostic';
import { diagnosticCodes } from '../text/codes';
import type { DiagnosticCode } from '../text/codes';
import type { TextRange } from '../text/range';
import { actionType, triggerType } from './actions';
import { runStatuses } from './model';
import type { Action, ParameterDeclaration, RunAfter, Scope, ScopeRole, Trigger, Workflow } from './model';

export interface WorkflowReading {
  /** Missing when the text holds no definition at all. */
  readonly workflow: Workflow | undefined;
  readonly problems: readonly Diagnostic[];
}

/** Reads the text of a `workflow.json`, a bare definition, a workflow resource or an ARM template with one workflow. */
export function readWorkflow(text: string): WorkflowReading {
  return read(parseTree(text));
}

/** Reads a tree. Syntax problems of the tree are reported as `json-syntax`. */
export function read(tree: JsonTree): WorkflowReading {
  const reader = new Reader(tree);
  const workflow = reader.workflow();
  return { workflow, problems: reader.problems };
}

interface Found {
  readonly shape: Workflow['shape'];
  readonly definition: ObjectNode;
  readonly path: Path;
}

/** Where in the document the definition stands; an ARM template's first `Microsoft.Logic/workflows` resource counts. */
function findDefinition(root: JsonNode | undefined): Found | undefined {
  if (root?.kind !== 'object') return undefined;
  const direct = member(root, 'definition');
  if (direct?.kind === 'object') return { shape: 'standard', definition: direct, path: ['definition'] };
  const inResource = member(member(root, 'properties'), 'definition');
  if (inResource?.kind === 'object') {
    return { shape: 'resource', definition: inResource, path: ['properties', 'definition'] };
  }
  if (member(root, 'triggers') !== undefined || member(root, 'actions') !== undefined) {
    return { shape: 'bare', definition: root, path: [] };
  }
  return findInResources(member(root, 'resources'), ['resources']);
}

function findInResources(resources: JsonNode | undefined, path: Path): Found | undefined {
  const entries: readonly (readonly [string | number, JsonNode | undefined])[] =
    resources?.kind === 'array'
      ? resources.items.map((item, index) => [index, item] as const)
      : resources?.kind === 'object'
        ? resources.properties.map((each) => [each.key.value, each.value] as const)
        : [];
  for (const [key, resource] of entries) {
    const type = stringOf(member(resource, 'type'))?.toLowerCase();
    const definition = member(member(resource, 'properties'), 'definition');
    if (type === 'microsoft.logic/workflows' && definition?.kind === 'object') {
      return { shape: 'arm', definition, path: [...path, key, 'properties', 'definition'] };
    }
    const nested =
      findInResources(member(resource, 'resources'), [...path, key, 'resources']) ??
      findInResources(member(member(member(resource, 'properties'), 'template'), 'resources'), [
        ...path,
        key,
        'properties',
        'template',
        'resources',
      ]);
    if (nested !== undefined) return nested;
  }
  return undefined;
}

type ChildMember = 'actions' | 'else' | 'cases' | 'default' | 'tools';

interface OwnParts extends Pick<Action, 'type' | 'typeNode' | 'kind' | 'inputs' | 'runAfter'> {
  /** Where nested actions stand. */
  readonly children: readonly ChildMember[];
}

/** By the node of the action: nodes that an edit leaves alone live on in the next version of the tree. */
const ownParts = new WeakMap<ObjectNode, OwnParts>();

class Reader {
  readonly problems: Diagnostic[] = [];
  readonly #tree: JsonTree;
  readonly #actions: Action[] = [];
  readonly #byName = new Map<string, Action>();

  constructor(tree: JsonTree) {
    this.#tree = tree;
    for (const problem of tree.problems) this.#report('json-syntax', problem, problem.message, []);
  }

  workflow(): Workflow | undefined {
    const { root } = this.#tree;
    const found = findDefinition(root);
    if (found === undefined) {
      const range = root ?? { start: 0, end: this.#tree.text.length };
      const message =
        root === undefined
          ? 'The file is empty: a workflow needs a "definition" with "triggers" and "actions".'
          : 'This is no workflow: a "definition" with "triggers" and "actions" is expected.';
      const end = Math.min(range.start + 1, this.#tree.text.length);
      this.#report('workflow-missing-definition', { start: range.start, end }, message, []);
      return undefined;
    }
    const { definition, path, shape } = found;
    const kindNode = member(root, 'kind');
    const kind = shape === 'standard' && kindNode?.kind === 'string' ? kindNode : undefined;
    const triggers = this.#objectProperties(definition, 'triggers', path).map((each) =>
      this.#trigger(each, [...path, 'triggers', each.key.value]),
    );
    const scope = this.#scope('root', undefined, undefined, definition, path);
    return {
      tree: this.#tree,
      shape,
      kind,
      stateless: kind?.value.toLowerCase() === 'stateless',
      definition,
      path: pointerOf(path),
      triggers,
      scope,
      actions: this.#actions,
      actionsByName: this.#byName,
      parameters: this.#objectProperties(definition, 'parameters', path).map((each): ParameterDeclaration => ({
        name: each.key.value,
        property: each,
        type: stringOf(member(each.value, 'type')),
        defaultValue: member(each.value, 'defaultValue'),
      })),
      outputs: member(definition, 'outputs'),
      staticResults: member(definition, 'staticResults'),
    };
  }

  #report(code: DiagnosticCode, range: TextRange, message: string, path: Path): void {
    this.problems.push({
      code,
      severity: diagnosticCodes[code].severity,
      message,
      range: { start: range.start, end: range.end },
      path: pointerOf(path),
    });
  }

  /** The members of an object-valued property; a value of another type is a problem, except null, which counts as absent. */
  #objectProperties(holder: JsonNode | undefined, name: string, path: Path): readonly PropertyNode[] {
    const node = member(holder, name);
    if (node === undefined || (node.kind === 'literal' && node.value === null)) return [];
    if (node.kind === 'object') return node.properties;
    // ARM templates may compute the whole object: "[variables('x')]".
    if (node.kind === 'string' && node.value.startsWith('[')) return [];
    this.#report('workflow-invalid-type', node, `"${name}" must be an object.`, [...path, name]);
    return [];
  }

  #trigger(each: PropertyNode, path: Path): Trigger {
    const node = each.value?.kind === 'object' ? each.value : undefined;
    const typeNode = member(node, 'type');
    const written = stringOf(typeNode) ?? '';
    this.#checkOperation(each, written, 'trigger', path);
    return {
      role: 'trigger',
      name: each.key.value,
      property: each,
      node,
      path: pointerOf(path),
      type: triggerType(written) ?? written,
      typeNode,
      kind: stringOf(member(node, 'kind')),
      inputs: member(node, 'inputs'),
    };
  }

  #checkOperation(each: PropertyNode, type: string, role: 'trigger' | 'action', path: Path): void {
    const name = each.key.value;
    if (each.value !== undefined && each.value.kind !== 'object') {
      this.#report('workflow-invalid-type', each.value, `The ${role} "${name}" must be an object.`, path);
    } else if (each.value !== undefined && type === '') {
      this.#report('action-missing-type', each.key, `The ${role} "${name}" has no "type".`, path);
    }
  }

  #scope(
    role: ScopeRole,
    name: string | undefined,
    owner: Action | undefined,
    holder: JsonNode | undefined,
    path: Path,
  ): Scope {
    const actions: Action[] = [];
    const scope: Scope = {
      role,
      name,
      owner,
      node: member(holder, 'actions'),
      holder,
      path: pointerOf([...path, 'actions']),
      actions,
    };
    for (const each of this.#objectProperties(holder, 'actions', path)) {
      actions.push(this.#action(each, scope, [...path, 'actions', each.key.value]));
    }
    return scope;
  }

  #action(each: PropertyNode, scope: Scope, path: Path): Action {
    const node = each.value?.kind === 'object' ? each.value : undefined;
    const own = this.#ownParts(each, node, path);
    const scopes: Scope[] = [];
    const action: Action = {
      role: 'action',
      name: each.key.value,
      property: each,
      node,
      path: pointerOf(path),
      type: own.type,
      typeNode: own.typeNode,
      kind: own.kind,
      inputs: own.inputs,
      scope,
      runAfter: own.runAfter,
      scopes,
    };
    this.#add(action, path);
    for (const child of own.children) scopes.push(...this.#childScopes(child, action, path));
    return action;
  }

  /** What an action's own node says, remembered from earlier versions of the text where nothing was wrong with it. */
  #ownParts(each: PropertyNode, node: ObjectNode | undefined, path: Path): OwnParts {
    const known = node && ownParts.get(node);
    if (known !== undefined) return known;
    const problems = this.problems.length;
    const typeNode = member(node, 'type');
    const written = stringOf(typeNode) ?? '';
    const type = actionType(written);
    this.#checkOperation(each, written, 'action', path);
    const parts: OwnParts = {
      type: type?.type ?? written,
      typeNode,
      kind: stringOf(member(node, 'kind')),
      inputs: member(node, 'inputs'),
      runAfter: this.#runAfter(node, path),
      // An unknown type with nested actions still shows them: `actions` means the same everywhere.
      children:
        type?.children?.map((child) => child.member) ?? (member(node, 'actions') === undefined ? [] : ['actions']),
    };
    if (node !== undefined && this.problems.length === problems) ownParts.set(node, parts);
    return parts;
  }

  #childScopes(name: ChildMember, owner: Action, path: Path): Scope[] {
    const { node } = owner;
    switch (name) {
      case 'actions':
        return [this.#scope('actions', undefined, owner, node, path)];
      case 'else':
      case 'default': {
        const holder = member(node, name);
        return holder === undefined && name === 'default'
          ? []
          : [this.#scope(name, undefined, owner, holder, [...path, name])];
      }
      case 'cases':
      case 'tools':
        return this.#objectProperties(node, name, path).map((each) =>
          this.#scope(name === 'cases' ? 'case' : 'tool', each.key.value, owner, each.value, [
            ...path,
            name,
            each.key.value,
          ]),
        );
    }
  }

  #add(action: Action, path: Path): void {
    this.#actions.push(action);
    const key = action.name.toLowerCase();
    const first = this.#byName.get(key);
    if (first === undefined) {
      this.#byName.set(key, action);
    } else {
      const message = `The name "${action.name}" is taken already: action names are unique in the whole workflow, whatever their scope.`;
      this.#report('action-duplicate-name', action.property.key, message, path);
    }
  }

  #runAfter(node: ObjectNode | undefined, path: Path): RunAfter[] {
    return this.#objectProperties(node, 'runAfter', path).map((each) => {
      const name = each.key.value;
      const { value } = each;
      const statuses: string[] = [];
      if (value?.kind === 'array') {
        for (const item of value.items) {
          const status = stringOf(item);
          if (status === undefined) {
            this.#report('run-after-invalid', item, 'A status must be a string.', [...path, 'runAfter', name]);
          } else {
            statuses.push(runStatuses.find((each) => each.toLowerCase() === status.toLowerCase()) ?? status);
          }
        }
      } else if (value !== undefined) {
        const message = `The entry for "${name}" must be an array of statuses, such as ["Succeeded"].`;
        this.#report('run-after-invalid', value, message, [...path, 'runAfter', name]);
      }
      return { name, property: each, statuses };
    });
  }
}
