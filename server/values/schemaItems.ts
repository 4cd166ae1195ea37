/** Completion of the JSON around expressions: members, values and whole operations, from the schemas and the model. */
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import type { CompletionItem } from 'vscode-languageserver';
import {
  commonSchema,
  definitionSchema,
  lookupShared,
  operationSchema,
  operationSchemas,
} from '../../language/catalog/operationSchemas';
import type { OperationRole } from '../../language/catalog/operationSchemas';
import { resolved, schemaAt } from '../../language/catalog/schema';
import type { JsonSchema } from '../../language/catalog/schema';
import { jsonText } from '../../language/json/escape';
import { pathOf, pointerOf } from '../../language/json/path';
import { runStatuses } from '../../language/workflow/model';
import type { Action, Trigger } from '../../language/workflow/model';
import { triggerTypes } from '../../language/workflow/actions';
import { variableDeclarations } from '../../language/workflow/variables';
import type { DocumentView } from '../workspace';
import type { JsonPlace } from './jsonPlace';
import { operationAt } from './operationAt';
import { timeZoneNames } from './timeZones';
import { plainSnippet, snippetText } from './snippet';

type KeyPlace = Extract<JsonPlace, { kind: 'key' }>;
type ValuePlace = Extract<JsonPlace, { kind: 'value' }>;

export function schemaItems(view: DocumentView, place: JsonPlace): CompletionItem[] {
  return place.kind === 'key' ? keyItems(view, place) : valueItems(view, place);
}

/** The operation a place is in, with the path from its node. */
interface Inside {
  readonly operation: Action | Trigger;
  readonly role: OperationRole;
  readonly path: readonly (string | number)[];
}

function insideAt(view: DocumentView, place: JsonPlace): Inside | undefined {
  const operation = operationAt(view.document.workflow, place.range.start);
  if (operation === undefined) return undefined;
  const depth = pathOf(operation.path).length;
  return { operation, role: operation.role, path: place.path.slice(depth) };
}

/** What the schemas say about a place: the type's own schema first, then what all operations have. */
function schemasAt(view: DocumentView, place: JsonPlace): JsonSchema[] {
  const { workflow } = view.document;
  if (workflow === undefined) return [];
  const inside = insideAt(view, place);
  if (inside === undefined) {
    const root = pathOf(workflow.path);
    const starts = root.every((part, index) => place.path[index] === part);
    const schema = starts ? schemaAt(definitionSchema, place.path.slice(root.length), lookupShared) : undefined;
    return schema === undefined ? [] : [schema];
  }
  const { operation, role, path } = inside;
  return [operationSchema(role, operation.type), commonSchema(role)].flatMap(
    (schema) => schemaAt(schema, path, lookupShared) ?? [],
  );
}

function keyItems(view: DocumentView, place: KeyPlace): CompletionItem[] {
  const { workflow } = view.document;
  if (workflow === undefined) return [];
  const pointer = pointerOf(place.path);
  if (pointer === `${workflow.path}/triggers`) return operationItems(view, place, 'trigger');
  const isActions =
    pointer === workflow.scope.path ||
    workflow.actions.some((each) => each.scopes.some((scope) => scope.path === pointer));
  if (isActions) return operationItems(view, place, 'action');
  const inside = insideAt(view, place);
  if (inside?.operation.role === 'action' && inside.path[0] === 'runAfter' && inside.path.length === 1) {
    return runAfterItems(view, place, inside.operation);
  }
  const present = new Set(
    place.object.properties.filter((each) => each !== place.property).map((each) => each.key.value),
  );
  const offered = new Map<string, CompletionItem>();
  for (const schema of schemasAt(view, place)) {
    const required = new Set(schema.required ?? []);
    for (const [name, written] of Object.entries(schema.properties ?? {})) {
      if (present.has(name) || offered.has(name)) continue;
      const member = resolved(written, lookupShared);
      offered.set(name, {
        ...memberItem(view, place, name, valueSnippet(member)),
        sortText: `${required.has(name) ? '1' : '2'}${name}`,
        ...(required.has(name) ? { labelDetails: { description: 'required' } } : {}),
        ...(member.description === undefined ? {} : { documentation: { kind: 'markdown', value: member.description } }),
      });
    }
  }
  return [...offered.values()];
}

/** A member with its value, or only its name when the value stands there already. */
function memberItem(view: DocumentView, place: KeyPlace, name: string, value: string): CompletionItem {
  const key = jsonText(name);
  const rest = place.needsValue ? `: ${value}${place.needsComma ? ',' : ''}` : '';
  return {
    label: name,
    kind: CompletionItemKind.Property,
    filterText: key,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range: view.document.lines.rangeOf(place.range), newText: plainSnippet(key) + rest },
  };
}

/** A first value of the right type. */
function valueSnippet(schema: JsonSchema): string {
  const [snippet] = schema.defaultSnippets ?? [];
  if (snippet !== undefined && schema.defaultSnippets?.length === 1) return snippetText(snippet.body);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'object':
      return '{$1}';
    case 'array':
      return '[$1]';
    case 'integer':
    case 'number':
      return '${1:0}';
    case 'boolean':
      return '${1|true,false|}';
    case 'string':
      return schema['x-closed'] === true && (schema.examples?.length ?? 0) > 0
        ? `"\${1|${(schema.examples ?? []).map(String).join(',')}|}"`
        : '"$1"';
    default:
      return '$1';
  }
}

/** Whole triggers or actions with their name. */
function operationItems(view: DocumentView, place: KeyPlace, role: OperationRole): CompletionItem[] {
  const { workflow } = view.document;
  const taken = new Set(
    [...(workflow?.actions ?? []), ...(workflow?.triggers ?? [])].map((each) => each.name.toLowerCase()),
  );
  const above = actionAbove(view, place);
  return operationSchemas(role).flatMap(([type, schema]) =>
    (schema.defaultSnippets ?? []).map((snippet): CompletionItem => {
      const title = snippet.label.replaceAll(' ', '_');
      const name = freeName(title, taken);
      const body = shiftTabStops(withRunAfter(role, above, snippet.body));
      const written = snippetText(body).replace(jsonText(ABOVE), () => plainSnippet(jsonText(above?.name ?? '')));
      const text = `"\${1:${plainSnippet(name)}}": ${written}${place.needsComma ? ',' : ''}`;
      return {
        label: `${type} (${snippet.label})`,
        kind: CompletionItemKind.Snippet,
        detail: role,
        filterText: `"${type} ${snippet.label}"`,
        sortText: `3${type}`,
        insertTextFormat: InsertTextFormat.Snippet,
        textEdit: {
          range: view.document.lines.rangeOf(place.range),
          newText: place.needsValue ? text : `"${plainSnippet(name)}"`,
        },
        ...(schema.description === undefined ? {} : { documentation: { kind: 'markdown', value: schema.description } }),
      };
    }),
  );
}

/** Stands for the name of the action above while the snippet is made: names may hold what snippets give a meaning to. */
const ABOVE = 'NAME OF THE ACTION ABOVE';

/** A new action runs after the one above it, as a designer would add it. */
function withRunAfter(role: OperationRole, above: Action | undefined, body: unknown): unknown {
  if (role === 'trigger' || above === undefined || typeof body !== 'object' || body === null) return body;
  return { ...body, runAfter: { [ABOVE]: ['Succeeded'] } };
}

function actionAbove(view: DocumentView, place: KeyPlace): Action | undefined {
  const above = place.object.properties.findLast((each) => each.end <= place.range.start && each !== place.property);
  return view.document.workflow?.actions.find((each) => each.property === above);
}

/** The name is the first tab stop, so those of the body move up by one. */
function shiftTabStops(body: unknown): unknown {
  const text = JSON.stringify(body).replaceAll(
    /\$(\{?)(\d+)/g,
    (_, brace: string, stop: string) => `$${brace}${Number(stop) + 1}`,
  );
  const shifted: unknown = JSON.parse(text);
  return shifted;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name.toLowerCase())) return name;
  let number = 1;
  while (taken.has(`${name}_${number}`.toLowerCase())) number++;
  return `${name}_${number}`;
}

/** Siblings that do not run after this action themselves. */
function runAfterItems(view: DocumentView, place: KeyPlace, action: Action): CompletionItem[] {
  const { order } = view.document;
  const present = new Set(
    place.object.properties.filter((each) => each !== place.property).map((each) => each.key.value.toLowerCase()),
  );
  return action.scope.actions
    .filter((each) => each !== action && !present.has(each.name.toLowerCase()) && !order.precedes(action, each))
    .toReversed()
    .map((each, index) => ({
      ...memberItem(view, place, each.name, '["${1|Succeeded,Failed,Skipped,TimedOut|}"]'),
      kind: CompletionItemKind.Reference,
      detail: each.type,
      sortText: `1${String(index).padStart(5, '0')}`,
    }));
}

function valueItems(view: DocumentView, place: ValuePlace): CompletionItem[] {
  const named = nameItems(view, place);
  if (named !== undefined) return named;
  const items: CompletionItem[] = [];
  const seen = new Set<string>();
  for (const schema of schemasAt(view, place)) {
    const examples = schema.format === 'logicapps-timezone' ? timeZoneNames : (schema.examples ?? []);
    for (const example of examples) {
      const text = JSON.stringify(example);
      if (seen.has(text)) continue;
      seen.add(text);
      items.push(valueItem(view, place, String(example), text, CompletionItemKind.EnumMember, items.length));
    }
    const type = typeof schema.type === 'string' ? schema.type : undefined;
    if (type === 'boolean') {
      for (const each of ['true', 'false'])
        items.push(valueItem(view, place, each, each, CompletionItemKind.Value, items.length));
    }
    if (place.node !== undefined) continue;
    for (const snippet of schema.defaultSnippets ?? []) {
      items.push({
        ...valueItem(view, place, snippet.label, snippetText(snippet.body), CompletionItemKind.Snippet, items.length),
        insertTextFormat: InsertTextFormat.Snippet,
      });
    }
  }
  return items;
}

/** Values that are names of something, or undefined where the schema has the say. */
function nameItems(view: DocumentView, place: ValuePlace): CompletionItem[] | undefined {
  const { workflow } = view.document;
  const inside = insideAt(view, place);
  if (inside === undefined || workflow === undefined) return undefined;
  const { operation, role, path } = inside;
  const names = (found: readonly string[], kind: CompletionItemKind): CompletionItem[] =>
    found.map((name, index) => valueItem(view, place, name, jsonText(name), kind, index));
  const where = path.map((part) => (typeof part === 'number' ? '*' : part)).join('/');
  if (where === 'type') {
    const types = role === 'trigger' ? [...triggerTypes] : operationSchemas('action').map(([type]) => type);
    return types.map((type, index) => {
      const description = operationSchema(role, type)?.description;
      return {
        ...valueItem(view, place, type, jsonText(type), CompletionItemKind.Class, index),
        ...(description === undefined ? {} : { documentation: description }),
      };
    });
  }
  if (path[0] === 'runAfter' && path.length === 3) return names(runStatuses, CompletionItemKind.EnumMember);
  if (where === 'inputs/name' && operation.type.endsWith('Variable')) {
    return names(
      variableDeclarations(workflow).map((each) => each.name),
      CompletionItemKind.Variable,
    );
  }
  if (where === 'inputs/host/workflow/id') return names([...view.project.workflows.keys()], CompletionItemKind.File);
  if (where === 'inputs/map/name') return names(view.project.artifacts.maps, CompletionItemKind.File);
  if (where === 'inputs/schema/name') return names(view.project.artifacts.schemas, CompletionItemKind.File);
  const section = connectionPlaces[where];
  if (section === undefined) return undefined;
  const entries = view.project.connections?.entries.filter((each) => each.section === section) ?? [];
  return names(
    entries.map((each) => each.key),
    CompletionItemKind.Reference,
  );
}

const connectionPlaces: Readonly<Record<string, string>> = {
  'inputs/host/connection/referenceName': 'managedApiConnections',
  'inputs/serviceProviderConfiguration/connectionName': 'serviceProviderConnections',
  'inputs/function/connectionName': 'functionConnections',
  'inputs/apiManagement/connection': 'apiManagementConnections',
  'inputs/connectionReference/connectionName': 'agentMcpConnections',
};

function valueItem(
  view: DocumentView,
  place: ValuePlace,
  label: string,
  text: string,
  kind: CompletionItemKind,
  index: number,
): CompletionItem {
  return {
    label,
    kind,
    filterText: text,
    sortText: `2${String(index).padStart(4, '0')}`,
    textEdit: { range: view.document.lines.rangeOf(place.range), newText: text + (place.needsComma ? ',' : '') },
  };
}
