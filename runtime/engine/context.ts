/**
 * What expressions see of a run: names are resolved from where they stand, so that an action inside a loop reads its own iteration
 * and one outside reads all of them.
 */
import type { EvaluationContext } from '../../language/expressions/context';
import { isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import type { ActionRecord, Activation } from './activation';
import type { ActionPlan } from './plan';
import type { Run } from './run';
import { timestamp } from './time';

export class RunContext implements EvaluationContext {
  constructor(
    protected readonly run: Run,
    protected readonly activation: Activation,
  ) {}

  parameter(name: string): Value | undefined {
    return this.run.parameters.get(name);
  }

  appSetting(name: string): Value | undefined {
    return this.run.parameters.appSetting(name);
  }

  variable(name: string): Value | undefined {
    return this.run.variables.get(name)?.value;
  }

  trigger(): ObjectValue | undefined {
    return this.run.triggerView;
  }

  action(name: string): ObjectValue | undefined {
    const plan = this.run.plan.actions.get(name.toLowerCase());
    return plan && resultOf(this.run, plan, this.activation.around(plan));
  }

  actionOutputs(name: string): Value | undefined {
    const plan = this.run.plan.actions.get(name.toLowerCase());
    if (plan === undefined) return undefined;
    const { loop, records } = this.activation.around(plan);
    // In a loop further inside it has several.
    return plan.loops.at(-1) === loop ? records[plan.slot]?.outputs : undefined;
  }

  currentAction(): ObjectValue | undefined {
    return undefined;
  }

  item(): Value | undefined {
    for (let each: Activation | undefined = this.activation; each !== undefined; each = each.parent) {
      if (each.item !== undefined) return each.item;
    }
    return undefined;
  }

  items(loop: string): Value | undefined {
    return this.#iterationOf(loop)?.item;
  }

  iterationIndex(loop: string): number | undefined {
    return this.#iterationOf(loop)?.index;
  }

  #iterationOf(loop: string): Activation | undefined {
    const wanted = loop.toLowerCase();
    for (let each: Activation | undefined = this.activation; each !== undefined; each = each.parent) {
      if (each.loop?.name.toLowerCase() === wanted) return each;
    }
    return undefined;
  }

  result(scope: string): Value | undefined {
    const plan = this.run.plan.actions.get(scope.toLowerCase());
    if (plan === undefined || plan.scopes.length === 0) return undefined;
    const activation = this.activation.around(plan);
    if (!plan.isLoop) return firstLevel(this.run, plan, activation);
    const inside = this.#iterationOf(scope);
    if (inside !== undefined) return firstLevel(this.run, plan, inside);
    const iterations = activation.records[plan.slot]?.iterations ?? [];
    const [last] = iterations.slice(-1);
    if (plan.type === 'Until') return last === undefined ? [] : firstLevel(this.run, plan, last);
    return repeated(this.run, plan, iterations);
  }

  workflow(): Value | undefined {
    return this.run.workflowView;
  }

  callbackUrl(): string | undefined {
    return this.run.services.addresses.trigger(this.run.plan.name, this.run.trigger.name);
  }

  agentParameter(): Value | undefined {
    return undefined;
  }

  now(): number {
    return this.run.services.ports.clock.now();
  }

  newGuid(): string {
    return this.run.trackingId();
  }

  random(): number {
    return this.run.services.ports.ids.random();
  }
}

/** The context of Select, Query, Table and Join: `item()` is the item at hand. */
export class ItemContext extends RunContext {
  current: Value = null;

  override item(): Value | undefined {
    return this.current;
  }
}

/** The context of a step that may speak of itself: `action()` in Until conditions, webhooks and tracked properties. */
export class StepContext extends RunContext {
  constructor(
    run: Run,
    activation: Activation,
    readonly record: ActionRecord,
    readonly url: string | undefined,
  ) {
    super(run, activation);
  }

  override currentAction(): ObjectValue | undefined {
    return viewOf(this.run, this.record);
  }

  override callbackUrl(): string | undefined {
    return this.url ?? super.callbackUrl();
  }
}

/** The results of a scope's own actions; those nested deeper are not among them. */
function firstLevel(run: Run, plan: ActionPlan, activation: Activation): ObjectValue[] {
  return plan.scopes.flatMap((scope) =>
    scope.actions.flatMap((action) => {
      const record = activation.records[action.slot];
      return record === undefined ? [] : [viewOf(run, record)];
    }),
  );
}

/** The results of a Foreach: each of its own actions once, with what it gave in every iteration as its outputs. */
function repeated(run: Run, plan: ActionPlan, iterations: readonly Activation[]): ObjectValue[] {
  return plan.scopes.flatMap((scope) =>
    scope.actions.flatMap((action): ObjectValue[] => {
      const records = iterations.flatMap((iteration) => iteration.records[action.slot] ?? []);
      const [first] = records;
      if (first === undefined) return [];
      const ended = Math.max(...records.map(({ endTime }) => endTime));
      return [
        objectOf({
          name: action.name,
          startTime: timestamp(first.startTime),
          endTime: timestamp(ended),
          trackingId: (first.trackingId ??= run.trackingId()),
          clientTrackingId: run.clientTrackingId,
          code: 'NotSpecified',
          status: worstStatus(records),
          repetitionCount: records.length,
          outputs: records.map((record) => viewOf(run, record)),
        }),
      ];
    }),
  );
}

function worstStatus(records: readonly ActionRecord[]): string {
  const order = ['Failed', 'TimedOut', 'Cancelled', 'Succeeded'] as const;
  return order.find((status) => records.some((record) => record.status === status)) ?? 'Skipped';
}

/**
 * What `actions('x')` gives, seen from an activation. An action inside a Foreach gives, from outside, its outputs of all iterations
 * as an array; one inside an Until the last iteration's.
 */
function resultOf(run: Run, plan: ActionPlan, around: Activation): ObjectValue {
  const depth = around.loop === undefined ? 0 : plan.loops.indexOf(around.loop) + 1;
  const record = depth === plan.loops.length ? around.records[plan.slot] : undefined;
  if (record !== undefined) return viewOf(run, record);
  const loop = plan.loops[depth];
  if (loop === undefined) return objectOf({ name: plan.name });
  const iterations = around.records[loop.slot]?.iterations ?? [];
  const results = iterations.map((iteration) => resultOf(run, plan, iteration));
  if (loop.type === 'Until') return results.at(-1) ?? objectOf({ name: plan.name });
  return collected(plan.name, results);
}

function collected(name: string, results: readonly ObjectValue[]): ObjectValue {
  const outputs = results.flatMap((each): Value[] => {
    const value = each.get('outputs');
    return value === undefined ? [] : [value];
  });
  // body('x') reads the member `body`, so that the array of bodies is reached as the array of outputs is.
  const bodies = outputs.flatMap((each): Value[] => {
    const value = isObject(each) ? each.get('body') : undefined;
    return value === undefined ? [] : [value];
  });
  const status = results.some((each) => each.get('status') === 'Failed') ? 'Failed' : 'Succeeded';
  const shown: Value = bodies.length > 0 ? objectOf({ body: bodies }) : outputs;
  return objectOf({ name, status, outputs: shown });
}

/** What `actions('x')` and `result()` show of a record; made once an action has ended, and kept. */
export function viewOf(run: Run, record: ActionRecord): ObjectValue {
  if (record.view !== undefined) return record.view;
  const ended = record.status !== 'Running' && record.status !== 'Waiting' && record.status !== 'Paused';
  const { error } = record;
  const view = objectOf({
    name: record.plan.name,
    inputs: record.inputs,
    outputs: record.outputs,
    startTime: timestamp(record.startTime),
    endTime: ended ? timestamp(record.endTime) : undefined,
    trackingId: (record.trackingId ??= run.trackingId()),
    clientTrackingId: run.clientTrackingId,
    // A control action that has nothing to say has no code.
    code: ended && record.code !== 'NotSpecified' ? record.code : undefined,
    status: record.status,
    error: error && objectOf({ code: error.code, message: error.message }),
    repetitionCount: record.repetitionCount,
    retryHistory: record.attempts && record.attempts.length > 1 ? record.attempts.map(attemptView) : undefined,
  });
  if (ended) record.view = view;
  return view;
}

function attemptView(attempt: NonNullable<ActionRecord['attempts']>[number]): ObjectValue {
  return objectOf({
    startTime: timestamp(attempt.startTime),
    endTime: timestamp(attempt.endTime),
    code: attempt.code,
    error: attempt.error && objectOf({ code: attempt.error.code, message: attempt.error.message }),
  });
}
