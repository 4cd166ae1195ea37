/** Completion: expressions inside strings, else the JSON around them. */
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { findFunction, parseTemplate } from '../../language/expressions/index';
import { StringOffsets } from '../../language/json/escape';
import { locate } from '../../language/json/path';
import type { StringNode } from '../../language/json/tree';
import { functionMarkdown } from '../values/functionMarkdown';
import { expressionItems } from '../values/expressionItems';
import { placeAt } from '../values/expressionPlace';
import { jsonPlaceAt } from '../values/jsonPlace';
import { isEvaluatedAt, namePlaceAt } from '../values/operationAt';
import { rootItems } from '../values/rootItems';
import { schemaItems } from '../values/schemaItems';
import { isSubsequence } from '../values/matching';
import type { DocumentView } from '../workspace';

export function complete(view: DocumentView, offset: number): CompletionList | null {
  const { document } = view;
  const { nodes, inKey } = locate(document.tree, offset);
  const node = nodes.at(-1);
  if (node?.kind === 'string' && !inKey && isInside(node, document.text, offset)) {
    const inExpression = expressionCompletion(view, node, offset);
    if (inExpression !== undefined) return inExpression;
  }
  if (document.kind !== 'workflow') return null;
  const place = jsonPlaceAt(document.tree, offset);
  const atRoot = rootItems(view, place, offset);
  if (atRoot !== undefined) return { isIncomplete: false, items: atRoot };
  return place === undefined ? null : { isIncomplete: false, items: schemaItems(view, place) };
}

/** Between the quotes; the closing one may be missing. */
function isInside(node: StringNode, text: string, offset: number): boolean {
  const isClosed = node.end - node.start >= 2 && text[node.end - 1] === '"';
  return node.start < offset && (isClosed ? offset < node.end : offset <= node.end);
}

function expressionCompletion(view: DocumentView, node: StringNode, offset: number): CompletionList | undefined {
  const { document } = view;
  const { kind, workflow } = document;
  const evaluated =
    kind === 'workflow' ? isEvaluatedAt(workflow, offset) : kind === 'connections' || kind === 'parameters';
  if (!evaluated) return undefined;
  const offsets = new StringOffsets(document.text, node);
  const inText = offsets.inValue(offset);
  const place = placeAt(parseTemplate(node.value), inText);
  if (place === undefined) return undefined;
  const spot = {
    view,
    names: namePlaceAt(workflow, offset),
    text: node.value,
    offset: inText,
    offsets,
    lines: document.lines,
  };
  const typed = place.kind === 'start' ? '' : node.value.slice(place.range.start, inText);
  return shortened(expressionItems(spot, place), typed);
}

/** More than anyone scrolls through; beyond it, the editor asks again with every letter. */
const MAX_ITEMS = 250;

/** A list of thousands costs more to send than to make: only the likeliest that fit what is typed go out. */
function shortened(items: readonly CompletionItem[], typed: string): CompletionList {
  if (items.length <= MAX_ITEMS) return { isIncomplete: false, items: [...items] };
  const wanted = typed.toLowerCase();
  const fitting = items.filter((each) => isSubsequence(wanted, (each.filterText ?? each.label).toLowerCase()));
  return { isIncomplete: true, items: fitting.slice(0, MAX_ITEMS) };
}

/** Documentation is long: it is sent for the item that is looked at. */
export function resolveCompletion(item: CompletionItem): CompletionItem {
  const data: unknown = item.data;
  if (typeof data !== 'object' || data === null || !('function' in data) || typeof data.function !== 'string')
    return item;
  const definition = findFunction(data.function);
  if (definition === undefined) return item;
  return { ...item, documentation: { kind: 'markdown', value: functionMarkdown(definition) } };
}
