/** Taking a property out of an object, with the comma and the blank lines that belonged to it. */
import type { JsonTree, PropertyNode } from '../../json/tree';
import type { TextEdit } from '../../text/edit';

/**
 * The edits that remove a property: together with the comma after it, or, for the last one, the comma before it. Comments that stand
 * on lines of their own stay.
 */
export function removeProperty(tree: JsonTree, property: PropertyNode): TextEdit[] {
  const { text } = tree;
  let start = property.start;
  while (start > 0 && isBlank(text.charCodeAt(start - 1))) start--;
  let after = property.end;
  while (isBlank(text.charCodeAt(after))) after++;
  if (text[after] === ',') return [{ range: { start, end: after + 1 }, newText: '' }];
  return [{ range: { start: text[start - 1] === ',' ? start - 1 : start, end: property.end }, newText: '' }];
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
