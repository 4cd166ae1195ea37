/** Writing an app setting into the text of a local.settings.json, the rest left as it is. Pure. */
import { member, parseTree } from '../../../language/json/tree';
import { applyEdits } from '../../../language/text/edit';
import { insertProperty } from '../../../language/workflow/changes/insertProperty';

/** The new text, or why it cannot be made. `text` is undefined when there is no file yet. */
export function withAppSetting(
  text: string | undefined,
  name: string,
  value: string,
): { readonly text: string } | { readonly problem: string } {
  if (text === undefined || text.trim() === '') {
    return {
      text: `${JSON.stringify({ IsEncrypted: false, Values: { APP_KIND: 'workflowapp', [name]: value } }, null, 2)}\n`,
    };
  }
  const tree = parseTree(text);
  const { root } = tree;
  const [problem] = tree.problems;
  if (problem !== undefined || root?.kind !== 'object') {
    return { problem: `local.settings.json cannot be read: ${problem?.message ?? 'an object is expected.'}` };
  }
  const encrypted = member(root, 'IsEncrypted');
  if (encrypted?.kind === 'literal' && encrypted.value === true) {
    return { problem: 'local.settings.json is encrypted: decrypt it first (func settings decrypt).' };
  }
  const values = member(root, 'Values');
  if (values === undefined) return { text: applyEdits(text, insertProperty(tree, root, 'Values', { [name]: value })) };
  if (values.kind !== 'object') return { problem: '"Values" in local.settings.json must be an object.' };
  const known = values.properties.find((each) => each.key.value.toLowerCase() === name.toLowerCase())?.value;
  const edits =
    known === undefined
      ? insertProperty(tree, values, name, value)
      : [{ range: { start: known.start, end: known.end }, newText: JSON.stringify(value) }];
  return { text: applyEdits(text, edits) };
}
