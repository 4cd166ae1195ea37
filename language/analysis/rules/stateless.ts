/**
 * What a stateless workflow cannot do: it keeps nothing between runs, does not wait for calls back, and its runs are short. Source:
 * "Stateful and stateless workflows" of Microsoft's article on Standard and Consumption, and the limits page ("Run duration").
 */
import { member, stringOf } from '../../json/tree';
import type { JsonNode } from '../../json/tree';
import type { Operation } from '../../workflow/model';
import type { Finding, WorkflowRule } from '../rule';

export const statelessRule: WorkflowRule = {
  name: 'stateless',
  *check({ workflow }) {
    if (!workflow.stateless) return;
    for (const trigger of workflow.triggers) yield* checkTrigger(trigger);
    for (const action of workflow.actions) yield* checkAction(action);
    for (const operation of [...workflow.triggers, ...workflow.actions]) yield* checkTransfer(operation);
  },
};

function finding(operation: Operation, message: string, severity?: 'warning'): Finding {
  return {
    code: 'workflow-invalid-context',
    ...(severity === undefined ? {} : { severity }),
    range: operation.typeNode ?? operation.property.key,
    path: operation.path,
    message,
  };
}

function* checkTrigger(trigger: Operation): Iterable<Finding> {
  switch (trigger.type) {
    case 'SlidingWindow':
      yield finding(
        trigger,
        'A stateless workflow cannot start with a Sliding window: it keeps no state between runs.',
      );
      return;
    case 'Recurrence':
      yield finding(
        trigger,
        'Recurrence triggers are for stateful workflows; a stateless one starts with a Request or a built-in connector.',
        'warning',
      );
      return;
    case 'ApiConnection':
    case 'ApiConnectionNotification':
    case 'ApiConnectionWebhook':
    case 'OpenApiConnection':
    case 'OpenApiConnectionNotification':
    case 'OpenApiConnectionWebhook':
      yield finding(
        trigger,
        'Triggers of managed connectors are for stateful workflows; a stateless one starts with a Request or a built-in connector.',
        'warning',
      );
      return;
    default:
      return;
  }
}

/** Minutes that a stateless run takes at most unless the host says otherwise. */
const MOST_MINUTES = 5;

const minutes: Readonly<Record<string, number>> = {
  second: 1 / 60,
  minute: 1,
  hour: 60,
  day: 1440,
  week: 10_080,
  month: 43_200,
  year: 525_600,
};

function* checkAction(action: Operation): Iterable<Finding> {
  switch (action.type) {
    case 'HttpWebhook':
    case 'ApiConnectionWebhook':
    case 'OpenApiConnectionWebhook':
      yield finding(action, 'A stateless workflow does not wait for calls back: use a stateful one.', 'warning');
      return;
    case 'Wait': {
      const interval = member(action.inputs, 'interval');
      const length =
        numberOf(member(interval, 'count')) * (minutes[stringOf(member(interval, 'unit'))?.toLowerCase() ?? ''] ?? 0);
      if (length <= MOST_MINUTES) return;
      yield finding(
        action,
        `A run of a stateless workflow takes ${MOST_MINUTES} minutes at most: it is over before this delay is.`,
        'warning',
      );
      return;
    }
    default:
      return;
  }
}

function numberOf(node: JsonNode | undefined): number {
  return node?.kind === 'number' ? Number(node.text) : 0;
}

function* checkTransfer(operation: Operation): Iterable<Finding> {
  const transfer = member(member(operation.node, 'runtimeConfiguration'), 'contentTransfer');
  const mode = member(transfer, 'transferMode');
  if (mode === undefined || stringOf(mode)?.toLowerCase() !== 'chunked') return;
  yield {
    code: 'workflow-invalid-context',
    severity: 'warning',
    range: mode,
    path: `${operation.path}/runtimeConfiguration/contentTransfer/transferMode`,
    message: 'Stateless workflows do not transfer content in chunks.',
  };
}
