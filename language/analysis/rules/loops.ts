/**
 * items(), iterationIndexes() and item(): they need a loop around them. Per-item fields of Select, Filter array and Create table have
 * an item of their own.
 */
import { enclosing } from '../../workflow/graph';
import type { Action } from '../../workflow/model';
import { expressionsOf, walk } from '../../expressions/ast';
import type { Call, ParsedTemplate } from '../../expressions/ast';
import type { Reference } from '../../workflow/references';
import { sitePointer } from '../../workflow/sites';
import type { Site } from '../../workflow/sites';
import { isComputed } from '../computed';
import { renameReference } from '../naming';
import type { Finding, WorkflowContext, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const loopsRule: WorkflowRule = {
  name: 'loops',
  reach: 'order',
  *check(context) {
    const { expressions } = context.document;
    for (const reference of context.due.references()) {
      if ((reference.kind === 'loop' || reference.kind === 'until') && !isComputed(reference.name)) {
        yield* checkName(context, reference);
      }
    }
    for (const site of context.due.sites()) {
      const calls = itemCalls(site.parsed);
      if (calls.length === 0 || hasItem(site)) continue;
      for (const call of calls) {
        yield {
          code: 'item-outside-loop',
          range: expressions.rangeOf(site, call),
          path: sitePointer(context.workflow, site),
          message:
            'item() has no value here: it needs a Foreach around it, or a per-item field of Select, Filter array or Create table.',
        };
      }
    }
  },
};

/** The loops whose item or index an expression can read, innermost first. */
export function loopsAround(site: Site, type: 'Foreach' | 'Until'): Action[] {
  const { owner } = site;
  if (owner?.role !== 'action') return [];
  // The condition and the limit of an Until belong to its iterations; the array of a Foreach does not.
  const own = type === 'Until' && owner.type === 'Until' ? [owner] : [];
  return [...own, ...enclosing(owner)].filter((each) => each.type === type);
}

function* checkName({ document, workflow }: WorkflowContext, reference: Reference): Iterable<Finding> {
  const type = reference.kind === 'loop' ? 'Foreach' : 'Until';
  const loops = loopsAround(reference.site, type);
  const wanted = reference.name.toLowerCase();
  if (loops.some((each) => each.name.toLowerCase() === wanted)) return;
  const target = workflow.actionsByName.get(wanted);
  const names = loops.map((each) => each.name);
  const near = nearest(reference.name, names) ?? (names.length === 1 ? names[0] : undefined);
  const message =
    target === undefined
      ? `There is no ${type} '${reference.name}'.${suggestion(near)}`
      : target.type === type
        ? `'${target.name}' is not around this action, so it has no current item here.${suggestion(near)}`
        : `'${target.name}' is a ${target.type} action, not a ${type}.${suggestion(near)}`;
  yield {
    code: 'loop-unknown',
    range: document.expressions.nameRange(reference),
    path: sitePointer(workflow, reference.site),
    message,
    ...(near === undefined ? {} : { fixes: [renameReference(document.expressions, reference, near)] }),
  };
}

const none: readonly Call[] = [];
const known = new WeakMap<ParsedTemplate, readonly Call[]>();

function itemCalls(parsed: ParsedTemplate): readonly Call[] {
  let calls = known.get(parsed);
  if (calls === undefined) {
    const found: Call[] = [];
    for (const expression of expressionsOf(parsed.template)) {
      walk(expression, (node) => {
        if (node.kind === 'call' && node.name.toLowerCase() === 'item') found.push(node);
      });
    }
    // sort(), filter() and their like bind an item of their own, which is not told apart here.
    calls = found.length === 0 || bindsItem(parsed) ? none : found;
    known.set(parsed, calls);
  }
  return calls;
}

function bindsItem(parsed: ParsedTemplate): boolean {
  let found = false;
  for (const expression of expressionsOf(parsed.template)) {
    walk(expression, (node) => {
      found ||= node.kind === 'call' && ['filter', 'select', 'map', 'sort'].includes(node.name.toLowerCase());
    });
  }
  return found;
}

/** Fields that are evaluated once per item of `from`. */
const perItem: Readonly<Record<string, string>> = { Select: 'select', Query: 'where', Table: 'columns' };

function hasItem(site: Site): boolean {
  const { owner, path } = site;
  if (owner?.role !== 'action') return false;
  const field = perItem[owner.type];
  if (field !== undefined && path[0] === 'inputs' && path[1] === field) return true;
  return enclosing(owner).some((each) => each.type === 'Foreach');
}
