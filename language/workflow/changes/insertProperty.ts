/** Putting a property into an object of the document, in the document's own layout, comments left where they are. */
import type { JsonTree, ObjectNode, PropertyNode } from '../../json/tree';
import type { TextEdit } from '../../text/edit';
import { indentAt, inlineJson, layOutJson, textStyle } from './textStyle';
import type { PlainJson } from './textStyle';

/**
 * The edits that add `"name": value` behind the property `after`, or as the last one. An object on one line stays on one line,
 * unless it is empty.
 */
export function insertProperty(
  tree: JsonTree,
  object: ObjectNode,
  name: string,
  value: PlainJson,
  after?: PropertyNode,
): TextEdit[] {
  const style = textStyle(tree.text);
  return insertPropertyText(
    tree,
    object,
    name,
    (indent) => (indent === undefined ? inlineJson(value) : layOutJson(value, style, indent)),
    after,
  );
}

/**
 * The same for a value that is JSON text already. `valueText` gets the indentation of the property's line, or undefined when the
 * object stands on one line.
 */
export function insertPropertyText(
  tree: JsonTree,
  object: ObjectNode,
  name: string,
  valueText: (indent: string | undefined) => string,
  after: PropertyNode | undefined = object.properties.at(-1),
): TextEdit[] {
  const { text } = tree;
  const style = textStyle(text);
  const key = JSON.stringify(name);
  const own = indentAt(text, object.start);
  if (after === undefined) {
    const inner = own + style.unit;
    const property = `${style.newline}${inner}${key}: ${valueText(inner)}${style.newline}${own}`;
    const closing = text[object.end - 1] === '}' ? object.end - 1 : object.end;
    const body = text.slice(object.start + 1, closing);
    const start = object.start + 1 + body.trimEnd().length;
    return [{ range: { start, end: closing }, newText: property }];
  }
  const multiline = /[\r\n]/.test(text.slice(object.start, after.start));
  const inner = multiline ? indentAt(text, after.start) : own;
  const property = multiline
    ? `${style.newline}${inner}${key}: ${valueText(inner)}`
    : ` ${key}: ${valueText(undefined)}`;
  const comma = commaBehind(text, after.end, object.end);
  const last = after === object.properties.at(-1);
  if (comma === undefined) {
    const behind = multiline ? endOfLineNote(text, after.end) : after.end;
    if (behind === after.end) return [{ range: { start: behind, end: behind }, newText: `,${property}` }];
    return [
      { range: { start: after.end, end: after.end }, newText: ',' },
      { range: { start: behind, end: behind }, newText: property },
    ];
  }
  const behind = multiline ? endOfLineNote(text, comma + 1) : comma + 1;
  return [{ range: { start: behind, end: behind }, newText: last ? property : `${property},` }];
}

/** The place of the comma behind a value, comments passed over; undefined when none follows. */
export function commaBehind(text: string, from: number, limit: number): number | undefined {
  for (let at = from; at < limit; at++) {
    if (text.startsWith('//', at)) at = endOfLine(text, at) - 1;
    else if (text.startsWith('/*', at)) at = Math.max(at, text.indexOf('*/', at)) + 1;
    else if (text[at] === ',') return at;
    else if (!/\s/.test(text.charAt(at))) return undefined;
  }
  return undefined;
}

/** The end of a comment behind something on its line, else the place itself. */
function endOfLineNote(text: string, from: number): number {
  const line = text.slice(from, endOfLine(text, from));
  return /^[ \t]*(\/\/|\/\*[^\n]*\*\/[ \t]*$)/.test(line) ? from + line.trimEnd().length : from;
}

function endOfLine(text: string, from: number): number {
  const found = text.slice(from).search(/[\r\n]/);
  return found < 0 ? text.length : from + found;
}
