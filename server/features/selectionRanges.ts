/** Growing selections: from a name or argument of an expression over the expression, the text and the JSON around it. */
import type { Position, SelectionRange } from 'vscode-languageserver';
import { expressionsOf } from '../../language/expressions/ast';
import type { Expression } from '../../language/expressions/ast';
import { locate } from '../../language/json/path';
import { encloses, touches } from '../../language/text/range';
import type { TextRange } from '../../language/text/range';
import type { DocumentView } from '../workspace';

export function selectionRanges(view: DocumentView, positions: readonly Position[]): SelectionRange[] {
  const { document } = view;
  return positions.map((position) => {
    const offset = document.lines.offsetAt(position);
    const ranges = rangesAt(view, offset);
    let selection: SelectionRange | undefined;
    for (const range of ranges) {
      selection = { range: document.lines.rangeOf(range), ...(selection === undefined ? {} : { parent: selection }) };
    }
    return selection ?? { range: { start: position, end: position } };
  });
}

/** Outermost first, each within the one before. */
function rangesAt({ document }: DocumentView, offset: number): TextRange[] {
  const { nodes, property } = locate(document.tree, offset);
  const ranges: TextRange[] = [];
  const add = (range: TextRange): void => {
    const last = ranges.at(-1);
    const isNew = last === undefined || range.start !== last.start || range.end !== last.end;
    if (isNew && (last === undefined || encloses(last, range))) ranges.push(range);
  };
  for (const node of nodes) {
    add(node);
    if (node.kind === 'object') {
      const inside = node.properties.find((each) => touches(each, offset));
      if (inside !== undefined) add(inside);
    }
  }
  if (property !== undefined && touches(property.key, offset)) add(property.key);
  const { expressions } = document;
  const site = expressions.siteAt(offset);
  if (site === undefined) return ranges;
  const inText = expressions.offsets(site).inValue(offset);
  add({ start: site.node.start + 1, end: site.node.end - 1 });
  for (const expression of expressionsOf(site.parsed.template)) {
    for (const node of nodesAt(expression, inText)) add(expressions.rangeOf(site, node));
  }
  return ranges;
}

function nodesAt(node: Expression, offset: number): Expression[] {
  if (!touches(node, offset)) return [];
  const children = node.kind === 'call' ? node.args : node.kind === 'access' ? [node.target, node.key] : [];
  return [node, ...(children.map((child) => nodesAt(child, offset)).find((found) => found.length > 0) ?? [])];
}
