/** Which resource a path names. Paths match without regard to case in their fixed parts, as on the platform. */
import { repetitionOf } from './addresses';

export type Route =
  | { readonly kind: 'invoke'; readonly workflow: string; readonly trigger: string; readonly path: string }
  | { readonly kind: 'workflows' }
  | { readonly kind: 'workflow'; readonly workflow: string }
  | { readonly kind: 'triggers'; readonly workflow: string }
  | { readonly kind: 'trigger'; readonly workflow: string; readonly trigger: string }
  | {
      readonly kind: 'triggerRun' | 'triggerCallbackUrl' | 'triggerHistories';
      readonly workflow: string;
      readonly trigger: string;
    }
  | {
      readonly kind: 'triggerHistory' | 'triggerResubmit';
      readonly workflow: string;
      readonly trigger: string;
      readonly history: string;
    }
  | { readonly kind: 'runs'; readonly workflow: string }
  | {
      readonly kind: 'run' | 'runCancel' | 'runResubmit' | 'runActions';
      readonly workflow: string;
      readonly runId: string;
    }
  | ActionRoute
  | RepetitionRoute
  | RequestHistoryRoute
  | { readonly kind: 'asyncResponse'; readonly workflow: string; readonly runId: string }
  | {
      readonly kind: 'webhook';
      readonly workflow: string;
      readonly runId: string;
      readonly action: string;
      readonly repetition: readonly number[];
    }
  | {
      readonly kind: 'content';
      readonly workflow: string;
      readonly runId: string;
      readonly content: string;
      readonly action: string | undefined;
      readonly repetition: readonly number[];
    }
  | { readonly kind: 'status' };

interface OfAction {
  readonly workflow: string;
  readonly runId: string;
  readonly action: string;
}

export interface ActionRoute extends OfAction {
  readonly kind: 'runAction' | 'repetitions';
  readonly scope?: boolean;
}

export interface RepetitionRoute extends OfAction {
  readonly kind: 'repetition';
  readonly scope: boolean;
  readonly repetition: readonly number[];
}

export interface RequestHistoryRoute extends OfAction {
  readonly kind: 'requestHistories';
  readonly repetition: readonly number[];
  /** One of them; undefined: all. */
  readonly history: string | undefined;
}

/** Undefined when there is nothing at the path. */
export function routeOf(path: string): Route | undefined {
  const parts = path.split('/');
  const names = decoded(parts);
  if (names === undefined) return undefined;
  const [, first, second] = names;
  if (first?.toLowerCase() === 'api') return invokeRoute(parts, names);
  if (first?.toLowerCase() === 'admin' && is(names, 2, 'host') && is(names, 3, 'status')) return { kind: 'status' };
  if (first?.toLowerCase() !== 'runtime' || second?.toLowerCase() !== 'webhooks' || !is(names, 3, 'workflow')) {
    return undefined;
  }
  const isEnd = names.at(-1) === '';
  const rest = isEnd ? names.slice(0, -1) : names;
  if (is(rest, 4, 'api') && is(rest, 5, 'management') && is(rest, 6, 'workflows'))
    return managementRoute(rest.slice(7));
  if (is(rest, 4, 'scaleunits') && is(rest, 6, 'workflows')) return scaleUnitRoute(rest.slice(7));
  return undefined;
}

function is(names: readonly string[], index: number, name: string): boolean {
  return names[index]?.toLowerCase() === name;
}

/** Undefined when a part is not validly percent-encoded. */
function decoded(parts: readonly string[]): string[] | undefined {
  try {
    return parts.map((part) => (part.includes('%') ? decodeURIComponent(part) : part));
  } catch {
    return undefined;
  }
}

/** `/api/{workflow}/triggers/{trigger}/invoke[/…]`: what follows is the trigger's own relative path, handed on as sent. */
function invokeRoute(parts: readonly string[], names: readonly string[]): Route | undefined {
  const [, , workflow, , trigger] = names;
  if (workflow === undefined || trigger === undefined || !is(names, 3, 'triggers') || !is(names, 5, 'invoke')) {
    return undefined;
  }
  return { kind: 'invoke', workflow, trigger, path: parts.slice(6).join('/') };
}

/** Behind `…/management/workflows`. */
function managementRoute(names: readonly string[]): Route | undefined {
  const [workflow, collection, name, member, item, tail] = names;
  if (workflow === undefined) return { kind: 'workflows' };
  if (collection === undefined) return { kind: 'workflow', workflow };
  if (is(names, 1, 'triggers')) {
    if (name === undefined) return { kind: 'triggers', workflow };
    const of = { workflow, trigger: name };
    switch (member?.toLowerCase()) {
      case undefined:
        return { kind: 'trigger', ...of };
      case 'run':
        return item === undefined ? { kind: 'triggerRun', ...of } : undefined;
      case 'listcallbackurl':
        return item === undefined ? { kind: 'triggerCallbackUrl', ...of } : undefined;
      case 'histories':
        if (item === undefined) return { kind: 'triggerHistories', ...of };
        if (tail === undefined) return { kind: 'triggerHistory', ...of, history: item };
        return is(names, 5, 'resubmit') ? { kind: 'triggerResubmit', ...of, history: item } : undefined;
      default:
        return undefined;
    }
  }
  return is(names, 1, 'runs') ? runsRoute(workflow, names.slice(2)) : undefined;
}

/** Behind `…/runs`. */
function runsRoute(workflow: string, names: readonly string[]): Route | undefined {
  const [runId, member, action, collection, name, ...tail] = names;
  if (runId === undefined) return { kind: 'runs', workflow };
  if (member === undefined) return { kind: 'run', workflow, runId };
  if (is(names, 1, 'cancel')) return action === undefined ? { kind: 'runCancel', workflow, runId } : undefined;
  if (is(names, 1, 'resubmit')) return action === undefined ? { kind: 'runResubmit', workflow, runId } : undefined;
  if (!is(names, 1, 'actions')) return undefined;
  if (action === undefined) return { kind: 'runActions', workflow, runId };
  const of = { workflow, runId, action };
  switch (collection?.toLowerCase()) {
    case undefined:
      return { kind: 'runAction', ...of };
    case 'repetitions':
    case 'scoperepetitions': {
      const scope = is(names, 3, 'scoperepetitions');
      if (name === undefined) return { kind: 'repetitions', ...of, scope };
      const repetition = repetitionOf(name);
      if (repetition === undefined) return undefined;
      if (tail.length === 0) return { kind: 'repetition', ...of, scope, repetition };
      return is(tail, 0, 'requesthistories')
        ? { kind: 'requestHistories', ...of, repetition, history: tail[1] }
        : undefined;
    }
    case 'requesthistories':
      return { kind: 'requestHistories', ...of, repetition: [], history: name };
    default:
      return undefined;
  }
}

/** Behind `…/scaleUnits/{unit}/workflows`: addresses that the host gave out signed. */
function scaleUnitRoute(names: readonly string[]): Route | undefined {
  const [workflow, , runId] = names;
  if (workflow === undefined || runId === undefined || !is(names, 1, 'runs')) return undefined;
  const of = { workflow, runId };
  if (is(names, 3, 'operations')) return names.length === 5 ? { kind: 'asyncResponse', ...of } : undefined;
  if (is(names, 3, 'contents')) return contentRoute(of, undefined, [], names.slice(3));
  const action = names[4];
  if (!is(names, 3, 'actions') || action === undefined) return undefined;
  const repetition = is(names, 5, 'repetitions') ? repetitionOf(names[6] ?? '') : [];
  if (repetition === undefined) return undefined;
  const rest = names.slice(repetition.length === 0 ? 5 : 7);
  if (is(rest, 0, 'run') && rest.length === 1) return { kind: 'webhook', ...of, action, repetition };
  return is(rest, 0, 'contents') ? contentRoute(of, action, repetition, rest) : undefined;
}

function contentRoute(
  of: { readonly workflow: string; readonly runId: string },
  action: string | undefined,
  repetition: readonly number[],
  names: readonly string[],
): Route | undefined {
  const content = names[1];
  return content === undefined || names.length !== 2
    ? undefined
    : { kind: 'content', ...of, content, action, repetition };
}
