/**
 * Inlay hints: what an action gives, what the items of a loop are, when a recurrence is due next. Off unless the user's settings ask
 * for them.
 */
import { InlayHintKind } from 'vscode-languageserver';
import type { InlayHint, Range } from 'vscode-languageserver';
import { property } from '../../language/json/tree';
import { touches } from '../../language/text/range';
import type { TextRange } from '../../language/text/range';
import { describeType } from '../../language/types/valueType';
import type { ValueType } from '../../language/types/valueType';
import { typesOf } from '../../language/types/workflowTypes';
import type { InlayHintSettings } from '../settings';
import { upcomingRuns } from '../values/upcomingRuns';
import type { DocumentView } from '../workspace';

/** Types with more members are cut. */
const MEMBERS = 3;

/** `now`: milliseconds since 1970. */
export function inlayHints(view: DocumentView, range: Range, settings: InlayHintSettings, now: number): InlayHint[] {
  const { document } = view;
  const { lines, workflow } = document;
  if (workflow === undefined) return [];
  const wanted: TextRange = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  const hints: InlayHint[] = [];
  const add = (offset: number, label: string, kind?: InlayHintKind): void => {
    if (!touches(wanted, offset)) return;
    hints.push({
      position: lines.positionAt(offset),
      label,
      paddingLeft: true,
      ...(kind === undefined ? {} : { kind }),
    });
  };
  if (settings.nextOccurrence) {
    for (const trigger of workflow.triggers) {
      const runs = upcomingRuns(document, trigger, now, 1);
      const [next] = runs?.times ?? [];
      if (runs !== undefined && next !== undefined) {
        add(runs.property.key.end, `next ${next} ${runs.zone}`);
      }
    }
  }
  const types = settings.types ? typesOf(document, view.project) : undefined;
  if (types === undefined) return hints;
  for (const action of workflow.actions) {
    const { key } = action.property;
    const end = action.node?.end ?? key.end;
    if (end < wanted.start || key.start > wanted.end) continue;
    const given = givenText(types.outputsOf(action));
    if (given !== undefined) add(key.end, given, InlayHintKind.Type);
    const list = action.type === 'Foreach' ? property(action.node, 'foreach') : undefined;
    const item = list === undefined ? undefined : typeText(types.itemOf(action));
    if (list !== undefined && item !== undefined) add(list.end, `item: ${item}`, InlayHintKind.Type);
  }
  return hints;
}

/** The body where there is one, for that is what expressions ask for; else the outputs as they are. */
function givenText(outputs: ValueType): string | undefined {
  const body = outputs.members?.all.get('body');
  if (body === undefined) return typeText(outputs, ': ');
  return typeText(body.type, 'body: ');
}

/** Undefined when nothing is known. */
function typeText(type: ValueType, before = ''): string | undefined {
  return type.isAny ? undefined : before + describeType(type, MEMBERS);
}
