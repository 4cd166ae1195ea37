/** Runs a workflow given as a plain object with the scenario runner, and reads what happened as plain values. */
import { parseValue } from '../../../language/json/parse';
import { readCases } from '../../../runtime/scenario/case';
import { runCase } from '../../../runtime/scenario/runner';
import type { RunOptions } from '../../../runtime/scenario/runner';
import type { Observation } from '../../../runtime/scenario/observation';
import type { StepView } from '../../../runtime/engine/history';
import type { Payload } from '../../../runtime/events';
import { stringify } from '../../../language/json/stringify';

export interface Played {
  readonly seen: Observation;
  readonly status: string | undefined;
  statusOf(action: string): string | undefined;
  step(action: string, ...repetition: number[]): StepView | undefined;
  /** The outputs of an action as plain JSON. */
  outputs(action: string, ...repetition: number[]): unknown;
  inputs(action: string, ...repetition: number[]): unknown;
  readonly response:
    { readonly status: number; readonly headers: Record<string, string>; readonly text: string } | undefined;
}

export interface Setup {
  readonly trigger?: Record<string, unknown>;
  readonly kind?: string;
  readonly definition?: Record<string, unknown>;
  readonly files?: Record<string, unknown>;
  /** Members of the case besides project and workflow. */
  readonly case?: Record<string, unknown>;
  readonly options?: Partial<RunOptions>;
}

export function workflowOf(actions: Record<string, unknown>, setup: Setup = {}): unknown {
  return {
    definition: {
      $schema:
        'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
      triggers: { manual: { type: 'Request', kind: 'Http', inputs: {}, ...setup.trigger } },
      actions,
      outputs: {},
      ...setup.definition,
    },
    kind: setup.kind ?? 'Stateful',
  };
}

export async function play(actions: Record<string, unknown>, setup: Setup = {}): Promise<Played> {
  const [scenario] = readCases(
    JSON.stringify({
      id: 'test',
      workflow: 'wf',
      files: { 'wf/workflow.json': workflowOf(actions, setup), ...setup.files },
      trigger: { type: 'request', method: 'POST' },
      mocks: [],
      ...setup.case,
    }),
  );
  if (scenario === undefined) throw new Error('no case');
  const seen = await runCase(scenario, { folder: '.', ...setup.options });
  const [run] = seen.runs;
  const views = new Map(run?.actions().map((action) => [action.name, action]));
  const step = (action: string, ...repetition: number[]): StepView | undefined =>
    views.get(action)?.repetitions.find((each) => each.step.repetition.join() === repetition.join());
  return {
    seen,
    status: run?.status,
    statusOf: (action) => views.get(action)?.status,
    step,
    outputs: (action, ...repetition) => plain(step(action, ...repetition)?.outputs),
    inputs: (action, ...repetition) => plain(step(action, ...repetition)?.inputs),
    response: seen.response && {
      status: seen.response.statusCode,
      headers: Object.fromEntries(seen.response.headers.map(([name, value]) => [name.toLowerCase(), value])),
      text: Buffer.from(seen.response.body).toString('utf8'),
    },
  };
}

function plain(payload: Payload | undefined): unknown {
  if (payload?.json === undefined) return undefined;
  const parsed = parseValue(payload.json);
  return parsed.ok ? (JSON.parse(stringify(parsed.value)) as unknown) : undefined;
}

/** A Compose that runs after others, with any of their statuses when `always`. */
export function compose(inputs: unknown, after: string[] = [], statuses = ['Succeeded']): unknown {
  return { type: 'Compose', inputs, runAfter: Object.fromEntries(after.map((name) => [name, statuses])) };
}

/** An HTTP call without retries. */
export function get(path: string, after: string[] = [], more: Record<string, unknown> = {}): unknown {
  return {
    type: 'Http',
    inputs: { method: 'GET', uri: `https://svc.example.test/${path}`, retryPolicy: { type: 'none' }, ...more },
    runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
  };
}
