/**
 * Triggers that fire by themselves while a host runs: schedules, sliding windows, HTTP polling, webhook subscriptions. Each has a loop
 * of its own; what it must remember over a restart is a note in the store.
 */
import { isObject, objectOf } from '../../language/json/value';
import { parseValue } from '../../language/json/parse';
import { stringify } from '../../language/json/stringify';
import type { Value } from '../../language/json/value';
import { durationMilliseconds } from '../../language/workflow/duration';
import { StepFailure } from '../engine/failure';
import type { TriggerPlan } from '../engine/plan';
import { anyCase } from '../engine/settings';
import type { Ports } from '../ports';
import type { RunStore } from '../store/store';
import { batchConfigurations } from '../triggers/batches';
import { subscribeConnection } from '../triggers/connectionWebhook';
import { triggerHandler } from '../triggers/registry';
import { webhookCall } from '../triggers/webhook';
import type { LoadedProject } from './loadedProject';
import { firstOccurrence, nextOccurrence } from '../../language/workflow/occurrences';
import { readRecurrence } from '../../language/workflow/recurrence';
import type { Recurrence } from '../../language/workflow/recurrence';

export interface ArmedOptions {
  readonly store: RunStore;
  readonly ports: Ports;
  log(level: 'info' | 'warning' | 'error', message: string): void;
}

/** How often this machine looks for what a service would tell in Azure: a trigger without a recurrence. */
const PUSH_RECURRENCE = { frequency: 'Second', interval: 5 };

interface Armed {
  /** The trigger as written: one that has not changed goes on over a reload. */
  readonly text: string;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Where a schedule stands. Times in milliseconds since 1970. */
interface Mark {
  readonly text: string;
  readonly anchor: number;
  /** The last occurrence, or the end of the last window. */
  readonly last: number;
}

export class ArmedTriggers {
  readonly #options: ArmedOptions;
  readonly #armed = new Map<string, Armed>();
  #loaded: LoadedProject | undefined;

  constructor(options: ArmedOptions) {
    this.#options = options;
  }

  /** Arms what is new or changed, and disarms what is gone. Workflows that cannot run are left out. */
  arm(loaded: LoadedProject): void {
    this.#loaded = loaded;
    const wanted = new Map<
      string,
      { readonly workflow: string; readonly trigger: TriggerPlan; readonly text: string }
    >();
    for (const workflow of loaded.engine.workflows) {
      const problems = loaded.engine.problems(workflow);
      if (problems.length > 0) {
        const reasons = problems.map((problem) => `\n- ${problem}`).join('');
        this.#options.log('warning', `The workflow '${workflow}' cannot run, and its trigger is not armed:${reasons}`);
        continue;
      }
      for (const trigger of loaded.engine.plan(workflow).triggers) {
        const { node } = trigger;
        const text = node === undefined ? '' : (loaded.workflow(workflow)?.tree.text.slice(node.start, node.end) ?? '');
        wanted.set(`${workflow}/${trigger.name}`, { workflow, trigger, text });
      }
    }
    for (const [key, { text, controller }] of this.#armed) {
      if (wanted.get(key)?.text === text) continue;
      controller.abort();
      this.#armed.delete(key);
    }
    for (const [key, { workflow, trigger, text }] of wanted) {
      if (this.#armed.has(key)) continue;
      const controller = new AbortController();
      const done = this.#run(key, workflow, trigger, text, controller.signal).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.#options.log('error', `The trigger '${trigger.name}' of '${workflow}' has stopped: ${reason}`);
      });
      this.#armed.set(key, { text, controller, done });
    }
  }

  /** Resolves when every webhook has been unsubscribed, or has not answered in time. */
  async disarm(): Promise<void> {
    const armed = [...this.#armed.values()];
    this.#armed.clear();
    for (const { controller } of armed) controller.abort();
    await Promise.all(armed.map(({ done }) => done));
  }

  async #run(key: string, workflow: string, trigger: TriggerPlan, text: string, signal: AbortSignal): Promise<void> {
    const handler = triggerHandler(trigger.type);
    if (handler?.armed !== true) {
      return this.#notArmed(workflow, trigger);
    }
    switch (handler.manner) {
      case 'request':
        return;
      case 'batch':
        return this.#releaseBatches(workflow, trigger, signal);
      case 'webhook':
        return handler.type === 'HttpWebhook'
          ? this.#subscribe(workflow, trigger, signal)
          : this.#subscribeConnection(workflow, trigger, signal);
      case 'watching':
        return this.#watch(key, workflow, trigger, text, signal);
      case 'schedule':
      case 'polling': {
        const recurrence = this.#recurrence(workflow, trigger);
        if (recurrence === undefined) return;
        if (handler.manner === 'polling') return this.#poll(key, workflow, trigger, text, recurrence, signal);
        const isWindow = handler.type === 'SlidingWindow';
        return isWindow
          ? this.#slide(key, workflow, trigger, text, recurrence, signal)
          : this.#recur(key, workflow, trigger, text, recurrence, signal);
      }
    }
  }

  /** Batches with a schedule are released by it; the other criteria are looked at with each message. */
  async #releaseBatches(workflow: string, trigger: TriggerPlan, signal: AbortSignal): Promise<void> {
    const loaded = this.#loaded;
    if (loaded === undefined) return;
    const { clock } = this.#options.ports;
    const release = async (batch: string, written: Value): Promise<void> => {
      const recurrence = readRecurrence(written);
      if ('problem' in recurrence) {
        const name = `The batch '${batch}' of the trigger '${trigger.name}' of '${workflow}'`;
        this.#options.log('warning', `${name} is not released by its schedule: ${recurrence.problem}`);
        return;
      }
      const anchor = recurrence.startTime ?? clock.now();
      let due = nextOccurrence(recurrence, anchor, clock.now());
      while (due !== undefined && (await this.#until(due, signal))) {
        this.#loaded?.batches.release(workflow, trigger, batch);
        due = nextOccurrence(recurrence, anchor, Math.max(due, clock.now() - 1));
      }
    };
    const batches = [...batchConfigurations(loaded.engine, workflow, trigger)];
    await Promise.all(
      batches.flatMap(([name, criteria]) => {
        const recurrence = isObject(criteria) ? criteria.get('recurrence') : undefined;
        return recurrence === undefined ? [] : [release(name, recurrence)];
      }),
    );
  }

  #notArmed(workflow: string, trigger: TriggerPlan): void {
    const name = `The trigger '${trigger.name}' of '${workflow}' (${trigger.type})`;
    this.#options.log('info', `${name} does not fire by itself on this machine; it can be fired by hand.`);
  }

  #recurrence(workflow: string, trigger: TriggerPlan): Recurrence | undefined {
    const warn = (reason: string): void =>
      this.#options.log('warning', `The trigger '${trigger.name}' of '${workflow}' is not armed: ${reason}`);
    try {
      const recurrence = readRecurrence(this.#value(workflow, trigger, 'recurrence'));
      if (!('problem' in recurrence)) return recurrence;
      warn(recurrence.problem);
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      warn(error.message);
    }
    return undefined;
  }

  /** A member of the trigger, with its expressions evaluated. */
  #value(workflow: string, trigger: TriggerPlan, name: string): Value | undefined {
    const node = anyCase(trigger.node, name);
    const context = this.#loaded?.engine.triggerContext(workflow, trigger, undefined);
    return node === undefined || context === undefined ? undefined : trigger.template(node).evaluate(context);
  }

  async #recur(
    key: string,
    workflow: string,
    trigger: TriggerPlan,
    text: string,
    recurrence: Recurrence,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock } = this.#options.ports;
    const known = this.#mark(key, text);
    const anchor = known?.anchor ?? recurrence.startTime ?? clock.now();
    let due =
      known === undefined
        ? firstOccurrence(recurrence, clock.now())
        : nextOccurrence(recurrence, anchor, Math.max(known.last, clock.now() - 1));
    while (due !== undefined && (await this.#until(due, signal))) {
      this.#setMark(key, { text, anchor, last: due });
      this.#fire(workflow, trigger, undefined, due);
      // What was missed while the machine slept is not made up for.
      due = nextOccurrence(recurrence, anchor, Math.max(due, clock.now() - 1));
    }
  }

  /** Every window is handled, late ones too: that is what the sliding window is for. */
  async #slide(
    key: string,
    workflow: string,
    trigger: TriggerPlan,
    text: string,
    recurrence: Recurrence,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock } = this.#options.ports;
    const known = this.#mark(key, text);
    const anchor = known?.anchor ?? recurrence.startTime ?? clock.now();
    const inputs = this.#value(workflow, trigger, 'inputs');
    const delay = isObject(inputs) ? inputs.get('delay') : undefined;
    const wait = typeof delay === 'string' ? (durationMilliseconds(delay) ?? 0) : 0;
    let start = known?.last ?? anchor;
    for (;;) {
      const end = nextOccurrence({ ...recurrence, schedule: undefined }, anchor, start);
      if (end === undefined || !(await this.#until(end + wait, signal))) return;
      const window = objectOf({
        windowStartTime: new Date(start).toISOString(),
        windowEndTime: new Date(end).toISOString(),
      });
      this.#setMark(key, { text, anchor, last: end });
      this.#fire(workflow, trigger, objectOf({ body: window, ...Object.fromEntries(window) }), end);
      start = end;
    }
  }

  async #poll(
    key: string,
    workflow: string,
    trigger: TriggerPlan,
    text: string,
    written: Recurrence,
    signal: AbortSignal,
  ): Promise<void> {
    const { ports, store } = this.#options;
    const { clock } = ports;
    // Managed connectors poll by interval and frequency alone.
    const recurrence = trigger.type.toLowerCase() === 'http' ? written : { ...written, schedule: undefined };
    const anchor = recurrence.startTime ?? clock.now();
    let due = firstOccurrence(recurrence, clock.now());
    // Where the last answer sent the trigger holds what the service has told already.
    const note = `poll:${key}`;
    let location = noted(store.note(note), text);
    while (due !== undefined && (await this.#until(due, signal))) {
      const dispatcher = this.#loaded?.dispatcher;
      if (dispatcher === undefined) return;
      const answer = await dispatcher.poll(workflow, trigger.name, signal, location);
      if (signal.aborted) return;
      if (answer === undefined) return this.#notArmed(workflow, trigger);
      if (answer.error !== undefined) {
        this.#options.log(
          'warning',
          `The trigger '${trigger.name}' of '${workflow}' has failed: ${answer.error.message}`,
        );
      }
      location = answer.nextLocation;
      store.setNote(note, location && stringify(objectOf({ text, location })));
      due =
        answer.nextDelay === undefined
          ? nextOccurrence(recurrence, anchor, clock.now())
          : clock.now() + answer.nextDelay;
    }
  }

  /** What a look has seen is kept in the store, so that what comes while no host runs is found by the next. */
  async #watch(key: string, workflow: string, trigger: TriggerPlan, text: string, signal: AbortSignal): Promise<void> {
    const { store, ports } = this.#options;
    const { clock } = ports;
    const every =
      anyCase(trigger.node, 'recurrence') === undefined
        ? readRecurrence(objectOf(PUSH_RECURRENCE))
        : this.#recurrence(workflow, trigger);
    if (every === undefined || 'problem' in every) return;
    const note = `watch:${key}`;
    const known = parseValue(store.note(note) ?? 'null');
    const kept = known.ok && isObject(known.value) && known.value.get('text') === text ? known.value : undefined;
    let memory = kept?.get('memory') ?? null;
    let problem = '';
    for (let due: number | undefined = clock.now(); due !== undefined;) {
      const looked = await this.#loaded?.dispatcher.look(workflow, trigger.name, memory, signal);
      if (signal.aborted) return;
      if (looked === undefined) return this.#notArmed(workflow, trigger);
      if (looked.problems.length > 0 && problem !== looked.problems.join(' ')) {
        problem = looked.problems.join(' ');
        this.#options.log('warning', `The trigger '${trigger.name}' of '${workflow}' has failed: ${problem}`);
      }
      memory = looked.memory;
      store.setNote(note, stringify(objectOf({ text, memory })));
      due = looked.more ? clock.now() : nextOccurrence(every, every.startTime ?? clock.now(), clock.now());
      if (due !== undefined && !(await this.#until(due, signal))) return;
    }
  }

  async #subscribe(workflow: string, trigger: TriggerPlan, signal: AbortSignal): Promise<void> {
    const call = async (which: 'subscribe' | 'unsubscribe', callSignal: AbortSignal): Promise<void> => {
      const engine = this.#loaded?.engine;
      const failure = engine && (await webhookCall(engine, workflow, trigger.name, which, callSignal));
      if (failure === undefined) return;
      const name = `The trigger '${trigger.name}' of '${workflow}'`;
      this.#options.log('warning', `${name} could not ${which}: ${failure.message}`);
    };
    await call('subscribe', signal);
    await aborted(signal);
    await call('unsubscribe', AbortSignal.timeout(5000));
  }

  async #subscribeConnection(workflow: string, trigger: TriggerPlan, signal: AbortSignal): Promise<void> {
    const engine = this.#loaded?.engine;
    const subscription = engine && (await subscribeConnection(engine, workflow, trigger.name, signal));
    const name = `The trigger '${trigger.name}' of '${workflow}'`;
    if (subscription === undefined) {
      this.#notArmed(workflow, trigger);
    } else if ('failure' in subscription) {
      this.#options.log('warning', `${name} could not subscribe: ${subscription.failure.message}`);
    } else {
      await aborted(signal);
      const failure = await subscription.end(AbortSignal.timeout(5000));
      if (failure !== undefined) this.#options.log('warning', `${name} could not unsubscribe: ${failure.message}`);
    }
  }

  #fire(workflow: string, trigger: TriggerPlan, outputs: Value | undefined, startTime: number): void {
    const fired = this.#loaded?.dispatcher.fire(workflow, trigger.name, outputs, { startTime });
    if (fired?.status === 'failed') {
      const reason = fired.reason ?? 'no reason was given.';
      this.#options.log('warning', `The trigger '${trigger.name}' of '${workflow}' has failed: ${reason}`);
    }
  }

  /** True when the time has come, false when the trigger has been disarmed before. */
  async #until(time: number, signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#options.ports;
    if (!signal.aborted) await clock.sleep(Math.max(0, time - clock.now()), signal);
    return !signal.aborted;
  }

  #mark(key: string, text: string): Mark | undefined {
    const note = parseValue(this.#options.store.note(`trigger:${key}`) ?? 'null');
    const value = note.ok ? note.value : null;
    if (!isObject(value) || value.get('text') !== text) return undefined;
    const [anchor, last] = [value.get('anchor'), value.get('last')];
    return typeof anchor === 'number' && typeof last === 'number' ? { text, anchor, last } : undefined;
  }

  #setMark(key: string, { text, anchor, last }: Mark): void {
    this.#options.store.setNote(`trigger:${key}`, stringify(objectOf({ text, anchor, last })));
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** The location of a note, if the trigger is still the one that it was written for. */
function noted(note: string | undefined, text: string): string | undefined {
  const parsed = parseValue(note ?? 'null');
  const value = parsed.ok && isObject(parsed.value) && parsed.value.get('text') === text ? parsed.value : undefined;
  const location = value?.get('location');
  return typeof location === 'string' ? location : undefined;
}
