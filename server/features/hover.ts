/** Hover: what a function does, what a name stands for, what a member of an operation means. */
import type { Hover } from 'vscode-languageserver';
import { findFunction } from '../../language/expressions/index';
import { expressionsOf, walk } from '../../language/expressions/ast';
import type { Call } from '../../language/expressions/ast';
import { commonSchema, definitionSchema, lookupShared, operationSchema } from '../../language/catalog/operationSchemas';
import { schemaAt } from '../../language/catalog/schema';
import { locate, pathOf } from '../../language/json/path';
import type { ProjectDocument } from '../../language/project/document';
import { touches } from '../../language/text/range';
import type { TextRange } from '../../language/text/range';
import { durationInWords, parseDuration } from '../../language/workflow/duration';
import type { Action, Trigger } from '../../language/workflow/model';
import { occurrenceAt } from '../../language/workflow/symbols';
import { upcomingRuns } from '../values/upcomingRuns';
import { functionHover } from '../values/functionMarkdown';
import { operationAt } from '../values/operationAt';
import { symbolMarkdown } from '../values/symbolMarkdown';
import type { DocumentView } from '../workspace';

/** As many of the next runs of a recurrence. */
const SHOWN_RUNS = 5;

export function hover(view: DocumentView, offset: number): Hover | null {
  const found = functionAt(view, offset) ?? nameAt(view, offset) ?? memberAt(view, offset);
  if (found === undefined) return null;
  return { contents: { kind: 'markdown', value: found.text }, range: view.document.lines.rangeOf(found.range) };
}

interface Found {
  readonly text: string;
  readonly range: TextRange;
}

function functionAt({ document }: DocumentView, offset: number): Found | undefined {
  const { expressions } = document;
  const site = expressions.siteAt(offset);
  if (site === undefined) return undefined;
  const inText = expressions.offsets(site).inValue(offset);
  let call: Call | undefined;
  for (const expression of expressionsOf(site.parsed.template)) {
    walk(expression, (node) => {
      if (node.kind === 'call' && touches({ start: node.start, end: node.start + node.name.length }, inText))
        call = node;
    });
  }
  const definition = call && findFunction(call.name);
  if (call === undefined || definition === undefined) return undefined;
  const range = expressions.rangeOf(site, { start: call.start, end: call.start + call.name.length });
  return { text: functionHover(definition), range };
}

function nameAt(view: DocumentView, offset: number): Found | undefined {
  const occurrence = occurrenceAt(view.document, offset);
  const text = occurrence && symbolMarkdown(view, occurrence);
  return occurrence === undefined || text === undefined ? undefined : { text, range: occurrence.range };
}

function memberAt({ document }: DocumentView, offset: number): Found | undefined {
  const { workflow, tree } = document;
  if (document.kind !== 'workflow' || workflow === undefined) return undefined;
  const { path, property, inKey } = locate(tree, offset);
  if (property === undefined) return undefined;
  const operation = operationAt(workflow, offset);
  if (operation === undefined) {
    const schema = inKey
      ? schemaAt(definitionSchema, path.slice(pathOf(workflow.path).length), lookupShared)
      : undefined;
    return schema?.description === undefined ? undefined : { text: schema.description, range: property.key };
  }
  const inside = path.slice(pathOf(operation.path).length);
  const due = inKey && property.key.value === 'recurrence' ? recurrenceText(document, operation) : undefined;
  if (due !== undefined) return { text: due, range: property.key };
  const own = operationSchema(operation.role, operation.type);
  if (!inKey) {
    const isType = inside.length === 1 && inside[0] === 'type' && property.value !== undefined;
    const words = property.value?.kind === 'string' ? durationAt(property.value.value) : undefined;
    if (words !== undefined && property.value !== undefined) return { text: words, range: property.value };
    if (!isType || own?.description === undefined || property.value === undefined) return undefined;
    return { text: `**${own.title ?? operation.type}**\n\n${own.description}`, range: property.value };
  }
  const schema = schemaAt(own, inside, lookupShared) ?? schemaAt(commonSchema(operation.role), inside, lookupShared);
  return schema?.description === undefined ? undefined : { text: schema.description, range: property.key };
}

/** A recurrence in words, and its next runs. */
function recurrenceText(document: ProjectDocument, operation: Action | Trigger): string | undefined {
  if (operation.role !== 'trigger') return undefined;
  const runs = upcomingRuns(document, operation, Date.now(), SHOWN_RUNS);
  if (runs === undefined) return undefined;
  const next =
    runs.times.length === 0
      ? 'It never fires again.'
      : `Next (${runs.zone}):\n${runs.times.map((time) => `- ${time}`).join('\n')}`;
  return `Runs ${runs.words}.\n\n${next}`;
}

/** A duration in words; texts such as `P1` that only look like one are left alone. */
function durationAt(text: string): string | undefined {
  const duration = parseDuration(text);
  return duration === undefined ? undefined : `A duration of ${durationInWords(duration)}.`;
}
