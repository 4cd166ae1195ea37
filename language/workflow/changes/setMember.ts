/** Giving an operation a member it does not have yet, with the objects around it that are missing too. */
import { property } from '../../json/tree';
import type { JsonTree } from '../../json/tree';
import type { TextEdit } from '../../text/edit';
import type { Operation } from '../model';
import { insertProperty } from './insertProperty';
import type { PlainJson } from './textStyle';

/** `path` leads from the operation's node. No edits when the member is there, or something that is no object is in the way. */
export function setMember(tree: JsonTree, operation: Operation, path: readonly string[], value: PlainJson): TextEdit[] {
  let node = operation.node;
  for (const [index, name] of path.entries()) {
    if (node === undefined) return [];
    const existing = property(node, name);
    if (existing === undefined) {
      const inside = path.slice(index + 1).reduceRight<PlainJson>((inner, each) => ({ [each]: inner }), value);
      return insertProperty(tree, node, name, inside);
    }
    node = existing.value?.kind === 'object' ? existing.value : undefined;
  }
  return [];
}
