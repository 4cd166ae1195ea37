/**
 * The way through the expressions of a step before it begins: from one property to the next, or call by call. It holds where a
 * breakpoint or the user's steps ask for it and tells how the user went on.
 */
import type { Frame } from '../../engine/gate';
import type { Inspected } from '../commands';
import type { Verdict } from './breakpoints';
import { callsOf, evaluatedPart } from './callOrder';
import type { Evaluated } from './callOrder';
import { expressionPlaces } from './expressionPlaces';
import type { ExpressionPlace } from './expressionPlaces';
import type { HoldReason, Release } from './holds';

export interface InsideOptions {
  /** Breakpoints on a property. */
  meet(frame: Frame, path: readonly (string | number)[]): Verdict;
  hold(frame: Frame, reason: HoldReason, parts: readonly Inspected[]): Promise<Release> | undefined;
}

/** `entered`: the user steps into the first expression. Resolves with how the last hold was let go; undefined when there was none. */
export async function throughExpressions(
  frame: Frame,
  entered: boolean,
  options: InsideOptions,
): Promise<Release | undefined> {
  let stops = entered;
  let last: Release | undefined;
  const passed: ExpressionPlace[] = [];
  for (const place of expressionPlaces(frame.node, frame.type)) {
    const { holds } = options.meet(frame, place.path);
    if (stops || holds.length > 0) {
      const before = passed.flatMap((each) => valuesOf(frame, each));
      const reason = holds.length > 0 ? 'breakpoint' : 'step';
      last = await options.hold(frame, reasonOf(place, reason, holds, 0, place.node.value.length), before);
      if (last === undefined) return undefined;
      if (last.mode === 'stepIn') last = (await throughCalls(frame, place, before, options)) ?? last;
      stops = last.mode === 'stepIn' || last.mode === 'next';
      // Who goes on meets only breakpoints of other properties.
    }
    passed.push(place);
  }
  return last;
}

async function throughCalls(
  frame: Frame,
  place: ExpressionPlace,
  before: readonly Inspected[],
  options: InsideOptions,
): Promise<Release | undefined> {
  const text = place.node.value;
  const known: Inspected[] = [];
  let last: Release | undefined;
  for (const expression of place.expressions) {
    for (const { call, args } of callsOf(expression, text, frame.context)) {
      const parts = [...args.map((each) => shown(frame, each)), ...known, ...before];
      last = await options.hold(frame, reasonOf(place, 'step', [], call.start, call.end), parts);
      if (last === undefined || last.mode !== 'stepIn') return last;
      known.unshift(shown(frame, evaluatedPart(call, text, frame.context)));
    }
  }
  return last;
}

function valuesOf(frame: Frame, { node, expressions }: ExpressionPlace): Inspected[] {
  return expressions.map((each) => shown(frame, evaluatedPart(each, node.value, frame.context)));
}

function reasonOf(
  { path, node }: ExpressionPlace,
  reason: 'breakpoint' | 'step',
  breakpointIds: readonly number[],
  start: number,
  end: number,
): HoldReason {
  return { reason, breakpointIds, moment: 'before', expression: { path, template: node.value, start, end } };
}

function shown(frame: Frame, { name, expression, value, problem }: Evaluated): Inspected {
  if (problem !== undefined) return { name, kind: 'error', value: frame.shown(problem, expression) };
  return { name, expression, value: frame.shown(value, expression) };
}
