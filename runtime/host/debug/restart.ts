/** A run that begins as another one did: everything before a step is taken over, under a new id. */
import { stepKey } from '../../events';
import type { RunEvent, Step } from '../../events';
import type { Engine } from '../../engine/engine';
import { HostError } from '../commands';
import type { DebugGate } from './debugGate';
import { valueOfJson } from './evaluation';

export interface RestartRequest {
  readonly recorded: readonly RunEvent[];
  /** Id of the new run. */
  readonly next: string;
  /** Where it is held; without a step after its trigger. */
  readonly step: Step | undefined;
  /** The inputs of the step in place of its own. */
  readonly json: string | undefined;
}

/**
 * Begins a run that repeats a recorded one before a step. Throws a `HostError` when the record has not come so far or what the
 * trigger brought was not kept, and an `EngineError` when the workflow as it is now cannot run; nothing has been told or begun then.
 */
export function restart(
  { recorded, next, step, json }: RestartRequest,
  { engine, gate, emit }: { engine: Engine; gate: DebugGate; emit: (event: RunEvent) => void },
): void {
  const inputs = json === undefined ? undefined : valueOfJson(json);
  if (inputs !== undefined && 'error' in inputs) throw new HostError(inputs.error.code, inputs.error.message);
  const events = eventsBefore(recorded, step, next);
  const [first] = events ?? [];
  if (events === undefined || first?.type !== 'runStarted') {
    const run = recorded[0] === undefined ? 'The run' : `The run '${recorded[0].runId}'`;
    const what = step === undefined ? 'its trigger' : `'${step.action}'`;
    throw new HostError('NotRecorded', `${run} has not come to ${what}, or it is not kept.`);
  }
  if (events.some((event) => event.type === 'triggerFired' && event.outputs.secured === true)) {
    throw new HostError('NotRecorded', 'What the trigger brought is secured and not kept: send it again instead.');
  }
  engine.plan(first.workflow);
  gate.restartAt(next, step, inputs?.value);
  try {
    engine.resume(events, emit);
  } catch (error) {
    gate.forget(next);
    throw error;
  }
}

/** Undefined when the step has not begun in that run. Without a step: what the trigger brought. */
function eventsBefore(
  events: readonly RunEvent[],
  step: Step | undefined,
  runId: string,
): readonly RunEvent[] | undefined {
  const key = step && stepKey(step);
  const end =
    key === undefined
      ? events.findIndex((event) => event.type === 'triggerFired') + 1
      : events.findLastIndex((event) => event.type === 'actionStarted' && stepKey(event.step) === key);
  if (end <= 0) return undefined;
  return events.slice(0, end).map((event): RunEvent => {
    if (event.type !== 'runStarted') return { ...event, runId };
    // Nobody waits for the new run, also when the old one had been called by another.
    const { type, sequence, time, workflow, trigger, stateless, clientTrackingId } = event;
    return { type, runId, sequence, time, workflow, trigger, stateless, clientTrackingId };
  });
}
