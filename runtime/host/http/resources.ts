/** Runs, actions and triggers as JSON resources of the platform's management interface. */
import type { StepView } from '../../engine/history';
import type { Failure, Payload, Step } from '../../events';
import type { StoredRun } from '../../store/store';
import type { ContentKind, HostAddresses } from './addresses';
import { repetitionName } from './addresses';
import type { IterationView, RunView } from './runView';

type Json = Readonly<Record<string, unknown>>;

export const iso = (time: number): string => new Date(time).toISOString();

export interface ResourceContext {
  readonly addresses: HostAddresses;
  readonly workflow: string;
  /** The loops around an action, outermost first. */
  loops(action: string): readonly string[];
}

/** Members that are undefined are left out by JSON.stringify, as the platform leaves out what it does not know. */
export function runResource(run: StoredRun, view: RunView, context: ResourceContext): Json {
  const { addresses, workflow } = context;
  const { trigger } = view.history;
  return {
    properties: {
      waitEndTime: run.endTime === undefined ? undefined : iso(run.endTime),
      startTime: iso(run.startTime),
      endTime: run.endTime === undefined ? undefined : iso(run.endTime),
      status: run.status,
      code: run.code,
      error: errorOf(run.error),
      correlation: { clientTrackingId: run.clientTrackingId },
      workflow: {
        properties: {},
        id: `/workflows/${workflow}`,
        name: workflow,
        type: 'workflows',
      },
      trigger: {
        name: run.trigger,
        inputsLink: trigger && link(addresses, workflow, run.runId, 'TriggerInputs', trigger.inputs),
        outputsLink: trigger && link(addresses, workflow, run.runId, 'TriggerOutputs', trigger.outputs),
        startTime: iso(trigger?.startTime ?? run.startTime),
        endTime: iso(run.startTime),
        originHistoryName: run.runId,
        correlation: { clientTrackingId: run.clientTrackingId },
        status: trigger?.status ?? 'Succeeded',
      },
      outputs: {},
    },
    id: `/workflows/${workflow}/runs/${run.runId}`,
    name: run.runId,
    type: 'workflows/runs',
  };
}

/** An action as a whole: of one in a loop only the count and what its repetitions ended with. */
export function actionResource(run: StoredRun, steps: readonly StepView[], context: ResourceContext): Json | undefined {
  const [first] = steps;
  if (first === undefined) return undefined;
  const isRepeated = steps.some(({ step }) => step.repetition.length > 0);
  const { action } = first.step;
  const properties = isRepeated
    ? { ...summaryOf(steps, run), repetitionCount: steps.length }
    : { ...propertiesOf(run, first, context), repetitionCount: first.repetitionCount };
  return {
    properties,
    id: `/workflows/${context.workflow}/runs/${run.runId}/actions/${action}`,
    name: action,
    type: 'workflows/runs/actions',
  };
}

export function repetitionResource(run: StoredRun, view: StepView, scope: boolean, context: ResourceContext): Json {
  const { action, repetition } = view.step;
  return repetitionOf(run, view.step, scope, context, {
    ...propertiesOf(run, view, context),
    repetitionIndexes: indexes(context.loops(action), repetition),
  });
}

/** One iteration of a loop, as the platform's scope repetitions show it. */
export function iterationResource(
  run: StoredRun,
  loop: Step,
  iteration: IterationView,
  context: ResourceContext,
): Json {
  const repetition = [...loop.repetition, iteration.index];
  return repetitionOf(run, { action: loop.action, repetition }, true, context, {
    startTime: iso(iteration.startTime),
    endTime: iteration.endTime === undefined ? undefined : iso(iteration.endTime),
    correlation: { clientTrackingId: run.clientTrackingId },
    status: iteration.status,
    repetitionIndexes: indexes([...context.loops(loop.action), loop.action], repetition),
  });
}

function repetitionOf(run: StoredRun, step: Step, scope: boolean, context: ResourceContext, properties: Json): Json {
  const name = repetitionName(step.repetition);
  const collection = scope ? 'scopeRepetitions' : 'repetitions';
  return {
    properties,
    id: `/workflows/${context.workflow}/runs/${run.runId}/actions/${step.action}/${collection}/${name}`,
    name,
    type: `workflows/runs/actions/${collection}`,
  };
}

function indexes(loops: readonly string[], repetition: readonly number[]): Json[] {
  return repetition.map((itemIndex, depth) => ({ scopeName: loops[depth] ?? '', itemIndex }));
}

function propertiesOf(run: StoredRun, view: StepView, { addresses, workflow }: ResourceContext): Json {
  const { step } = view;
  return {
    inputsLink: link(addresses, workflow, run.runId, 'ActionInputs', view.inputs, step),
    outputsLink: link(addresses, workflow, run.runId, 'ActionOutputs', view.outputs, step),
    startTime: iso(view.startTime),
    endTime: view.endTime === undefined ? undefined : iso(view.endTime),
    correlation: { actionTrackingId: trackingId(run, step), clientTrackingId: run.clientTrackingId },
    status: view.status,
    code: view.code,
    error: errorOf(view.error),
    trackedProperties: jsonOf(view.trackedProperties),
    retryHistory: retriesOf(view),
    canResubmit: false,
  };
}

function summaryOf(steps: readonly StepView[], run: StoredRun): Json {
  const worst = steps.find(({ status }) => status === 'Failed' || status === 'TimedOut');
  const running = steps.find(({ endTime }) => endTime === undefined);
  const shown = running ?? worst ?? steps.find(({ status }) => status === 'Succeeded') ?? steps[0];
  const ends = steps.map(({ endTime }) => endTime ?? 0);
  return {
    startTime: iso(Math.min(...steps.map(({ startTime }) => startTime))),
    endTime: running === undefined ? iso(Math.max(...ends)) : undefined,
    correlation: { clientTrackingId: run.clientTrackingId },
    status: shown?.status,
    code: shown?.code,
    error: errorOf(shown?.error),
  };
}

/** Only what was tried again is a retry: the first attempt of a single one is the action itself. */
function retriesOf({ attempts }: StepView): Json[] | undefined {
  if (attempts.length < 2) return undefined;
  return attempts.map((attempt) => ({
    startTime: iso(attempt.startTime),
    endTime: iso(attempt.endTime),
    code: attempt.code,
    error: errorOf(attempt.error),
  }));
}

export function requestHistoryResource(
  run: StoredRun,
  view: StepView,
  index: number,
  workflow: string,
): Json | undefined {
  const attempt = view.attempts[index];
  if (attempt === undefined) return undefined;
  const name = String(index).padStart(6, '0');
  return {
    properties: {
      startTime: iso(attempt.startTime),
      endTime: iso(attempt.endTime),
      request: { uri: attempt.url, method: attempt.method },
      response: attempt.statusCode === undefined ? undefined : { statusCode: attempt.statusCode },
      code: attempt.code,
      error: errorOf(attempt.error),
    },
    id: `/workflows/${workflow}/runs/${run.runId}/actions/${view.step.action}/requestHistories/${name}`,
    name,
    type: 'workflows/runs/actions/requestHistories',
  };
}

function link(
  addresses: HostAddresses,
  workflow: string,
  runId: string,
  kind: ContentKind,
  { json }: Payload,
  step?: Step,
): Json | undefined {
  return json === undefined
    ? undefined
    : { uri: addresses.content(workflow, runId, kind, step), contentSize: Buffer.byteLength(json) };
}

function errorOf(failure: Failure | undefined): Json | undefined {
  return failure && { code: failure.code, message: failure.message };
}

function jsonOf(payload: Payload | undefined): unknown {
  return payload?.json === undefined ? undefined : JSON.parse(payload.json);
}

/** A stable identifier of a step: the platform gives each execution a tracking id of its own. */
function trackingId(run: StoredRun, step: Step): string {
  return `${run.runId}/${step.action}${step.repetition.length === 0 ? '' : `/${repetitionName(step.repetition)}`}`;
}
