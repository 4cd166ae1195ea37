/** The table of trigger types. */
import { anyCase } from '../engine/settings';
import type { TriggerPlan } from '../engine/plan';
import type { TriggerHandler } from './handler';

const needsRecurrence = (plan: TriggerPlan): readonly string[] =>
  anyCase(plan.node, 'recurrence') === undefined ? ['it has no "recurrence"'] : [];

/** Batches that an integration account defines are not known on this machine. */
const needsBatches = (plan: TriggerPlan): readonly string[] => {
  const batches = anyCase(plan.inputsNode, 'configurations');
  return batches?.kind === 'object' && batches.properties.length > 0
    ? []
    : ['it defines no batch in "configurations"; batches of an integration account are not known on this machine'];
};

const handlers: readonly TriggerHandler[] = [
  { type: 'Request', manner: 'request', armed: true },
  { type: 'Manual', manner: 'request', armed: true },
  { type: 'Recurrence', manner: 'schedule', armed: true, check: needsRecurrence },
  { type: 'SlidingWindow', manner: 'schedule', armed: true, check: needsRecurrence },
  { type: 'Http', manner: 'polling', armed: true, check: needsRecurrence },
  { type: 'HttpWebhook', manner: 'webhook', armed: true },
  { type: 'ApiConnection', manner: 'polling', armed: true },
  { type: 'ApiManagement', manner: 'polling', armed: true },
  { type: 'OpenApiConnection', manner: 'polling', armed: true },
  { type: 'ServiceProvider', manner: 'watching', armed: true },
  { type: 'ApiConnectionWebhook', manner: 'webhook', armed: true },
  { type: 'ApiConnectionNotification', manner: 'webhook', armed: false },
  { type: 'OpenApiConnectionWebhook', manner: 'webhook', armed: false },
  { type: 'OpenApiConnectionNotification', manner: 'webhook', armed: false },
  { type: 'Batch', manner: 'batch', armed: true, check: needsBatches },
];

const byType = new Map(handlers.map((handler) => [handler.type.toLowerCase(), handler]));

/** What is known of a trigger type, in any spelling of case; undefined for an unknown one. */
export function triggerHandler(type: string): TriggerHandler | undefined {
  return byType.get(type.toLowerCase());
}
