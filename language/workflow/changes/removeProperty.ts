/** Taking a property out of an object, with the comma and the blank lines that belonged to it. */
import type { JsonTree, PropertyNode } from '../../json/tree';
import type { TextEdit } from '../../text/edit';
import { commaBehind } from './insertProperty';

/**
 * The edits that remove a property: together with the comma after it, or, for the last one, the comma before it. Comments that stand
 * on lines of their own stay.
 */
export function removeProperty(tree: JsonTree, property: PropertyNode): TextEdit[] {
  const { text } = tree;
  let start = property.start;
  while (start > 0 && isBlank(text.charCodeAt(start - 1))) start--;
  const comma = commaBehind(text, property.end, text.length);
  if (comma !== undefined && text.slice(property.end, comma).trim() === '') {
    return [{ range: { start, end: comma + 1 }, newText: '' }];
  }
  if (comma !== undefined) {
    // A comment stands between them.
    return [
      { range: { start, end: property.end }, newText: '' },
      { range: { start: comma, end: comma + 1 }, newText: '' },
    ];
  }
  return [{ range: { start: text[start - 1] === ',' ? start - 1 : start, end: property.end }, newText: '' }];
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
