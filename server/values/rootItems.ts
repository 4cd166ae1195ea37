/** Completion outside of the definition: a whole workflow in an empty file, `definition` and `kind`, and the kinds. */
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import type { CompletionItem } from 'vscode-languageserver';
import { emptyWorkflow, workflowKinds } from '../../language/catalog/emptyWorkflow';
import { jsonText } from '../../language/json/escape';
import type { DocumentView } from '../workspace';
import type { JsonPlace } from './jsonPlace';
import { snippetText } from './snippet';

/** Undefined where the place is not outside of the definition. */
export function rootItems(
  view: DocumentView,
  place: JsonPlace | undefined,
  offset: number,
): CompletionItem[] | undefined {
  const { document } = view;
  const { root } = document.tree;
  if (
    document.workflow === undefined &&
    (root === undefined || (root.kind === 'object' && root.properties.length === 0))
  ) {
    return [wholeWorkflow(view, offset)];
  }
  if (place === undefined || document.workflow?.shape === 'bare') return undefined;
  const range = document.lines.rangeOf(place.range);
  if (place.kind === 'key' && place.path.length === 0) {
    const present = new Set(
      place.object.properties.filter((each) => each !== place.property).map((each) => each.key.value),
    );
    const values: readonly (readonly [string, string])[] = [
      ['definition', snippetText(emptyWorkflow.definition)],
      ['kind', `"\${1|${workflowKinds.join(',')}|}"`],
    ];
    return values
      .filter(([name]) => !present.has(name))
      .map(([name, value]) => ({
        label: name,
        kind: CompletionItemKind.Property,
        filterText: jsonText(name),
        insertTextFormat: InsertTextFormat.Snippet,
        textEdit: {
          range,
          newText: place.needsValue ? `${jsonText(name)}: ${value}${place.needsComma ? ',' : ''}` : jsonText(name),
        },
      }));
  }
  if (place.kind === 'value' && place.path.length === 1 && place.path[0] === 'kind') {
    return workflowKinds.map((kind) => ({
      label: kind,
      kind: CompletionItemKind.EnumMember,
      filterText: jsonText(kind),
      textEdit: { range, newText: jsonText(kind) },
    }));
  }
  return undefined;
}

function wholeWorkflow({ document }: DocumentView, offset: number): CompletionItem {
  const { root, text } = document.tree;
  // A word that was begun in an empty file is replaced.
  let start = offset;
  while (start > 0 && /\w/.test(text[start - 1] ?? '')) start--;
  const range = root ?? { start, end: offset };
  return {
    label: 'workflow',
    detail: 'An empty workflow with a Request trigger',
    kind: CompletionItemKind.Snippet,
    filterText: text.slice(range.start, range.end) || 'workflow',
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range: document.lines.rangeOf(range), newText: snippetText(emptyWorkflow) },
  };
}
