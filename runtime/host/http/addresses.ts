/** The addresses of this host: which there are, how they are signed, and how they are read again. The forms are the platform's. */
import type { Addresses } from '../../engine/contract';
import type { Step } from '../../events';
import type { Signatures } from './signature';

/** Versions as the official host gives them out; any version is accepted. */
const TRIGGER_VERSION = '2022-05-01';
const RUN_VERSION = '2022-03-01';

export const managementRoot = '/runtime/webhooks/workflow/api/management/workflows';
export const scaleUnitRoot = '/runtime/webhooks/workflow/scaleUnits/prod-00/workflows';

export const triggerPermission = (trigger: string): string => `/triggers/${trigger}/run`;
const actionPermission = (runId: string, step: Step): string =>
  `/runs/${runId}/actions/${step.action}${step.repetition.length === 0 ? '' : `/${repetitionName(step.repetition)}`}/run`;
const responsePermission = (runId: string): string => `/runs/${runId}/response/read`;
const contentPermission = (runId: string, content: string, step: Step | undefined): string =>
  `/runs/${runId}${step === undefined ? '' : actionPath(step)}/contents/${content}/read`;

/** `000002-000000`: the platform's name of a repetition, outermost loop first. */
export function repetitionName(repetition: readonly number[]): string {
  return repetition.map((index) => String(index).padStart(6, '0')).join('-');
}

/** The indexes of a repetition's name, or undefined when it is none. */
export function repetitionOf(name: string): readonly number[] | undefined {
  return /^\d+(-\d+)*$/.test(name) ? name.split('-').map(Number) : undefined;
}

/** What a content link shows: `ActionInputs` of a step, `TriggerOutputs` of a run. */
export type ContentKind = 'ActionInputs' | 'ActionOutputs' | 'TriggerInputs' | 'TriggerOutputs';

export class HostAddresses implements Addresses {
  readonly #signatures: Signatures;
  /** Without a slash at the end, such as `http://localhost:7071`. */
  base: string;
  /** Where services outside reach this host, in place of `base`. */
  publicBase: string | undefined;

  constructor(signatures: Signatures, base: string) {
    this.#signatures = signatures;
    this.base = base;
  }

  trigger(workflow: string, trigger: string): string {
    return this.#outward(`${this.triggerPath(workflow, trigger)}?${this.triggerQuery(workflow, trigger)}`);
  }

  /** The address without its query: a relative path goes between the two. */
  triggerPath(workflow: string, trigger: string): string {
    return `${this.base}/api/${encodeURIComponent(workflow)}/triggers/${encodeURIComponent(trigger)}/invoke`;
  }

  triggerQuery(workflow: string, trigger: string): string {
    return this.#signatures.query(TRIGGER_VERSION, workflow, triggerPermission(trigger));
  }

  asyncResponse(workflow: string, runId: string): string {
    const query = this.#signatures.query(RUN_VERSION, workflow, responsePermission(runId));
    return `${this.#run(workflow, runId)}/operations/response?${query}`;
  }

  webhook(workflow: string, runId: string, step: Step): string {
    const query = this.#signatures.query(RUN_VERSION, workflow, actionPermission(runId, step));
    return this.#outward(`${this.#run(workflow, runId)}${actionPath(step)}/run?${query}`);
  }

  content(workflow: string, runId: string, kind: ContentKind, step?: Step): string {
    const query = this.#signatures.query(RUN_VERSION, workflow, contentPermission(runId, kind, step));
    return `${this.#run(workflow, runId)}${step === undefined ? '' : actionPath(step)}/contents/${kind}?${query}`;
  }

  management(path: string): string {
    return `${this.base}${managementRoot}${path}`;
  }

  checkTrigger(query: string, workflow: string, trigger: string): ReturnType<Signatures['check']> {
    return this.#signatures.check(query, workflow, triggerPermission(trigger));
  }

  checkAsyncResponse(query: string, workflow: string, runId: string): ReturnType<Signatures['check']> {
    return this.#signatures.check(query, workflow, responsePermission(runId));
  }

  checkWebhook(query: string, workflow: string, runId: string, step: Step): ReturnType<Signatures['check']> {
    return this.#signatures.check(query, workflow, actionPermission(runId, step));
  }

  checkContent(
    query: string,
    workflow: string,
    runId: string,
    kind: string,
    step: Step | undefined,
  ): ReturnType<Signatures['check']> {
    return this.#signatures.check(query, workflow, contentPermission(runId, kind, step));
  }

  /** An address of this host as it is given to services that call back. */
  #outward(address: string): string {
    return this.publicBase === undefined ? address : `${this.publicBase}${address.slice(this.base.length)}`;
  }

  #run(workflow: string, runId: string): string {
    return `${this.base}${scaleUnitRoot}/${encodeURIComponent(workflow)}/runs/${runId}`;
  }
}

function actionPath({ action, repetition }: Step): string {
  const path = `/actions/${encodeURIComponent(action)}`;
  return repetition.length === 0 ? path : `${path}/repetitions/${repetitionName(repetition)}`;
}
