/**
 * Workflow: calls another workflow of the project, in the same process. Its Response is the action's result; a called workflow
 * without a Response is not waited for. Source: "Call, trigger, or nest workflows", Workflow action of the schema reference.
 */
import { isObject, objectOf } from '../../language/json/value';
import type { Value } from '../../language/json/value';
import { EngineError, StepFailure, succeeded } from '../engine/failure';
import type { Outcome } from '../engine/failure';
import type { ActionStep } from '../engine/step';
import type { OutgoingResponse } from '../engine/contract';
import { headerList, headerObject, headerOf, wellKnownSpelling } from '../transforms/headers';
import { decodeBody } from '../transforms/messageBody';
import type { ActionHandler } from './handler';
import { statusName } from './http/statusNames';

export const workflow: ActionHandler = {
  type: 'Workflow',
  mockable: true,
  external: true,
  start(step) {
    const inputs = step.record.inputs ?? step.inputs();
    const { name, trigger } = calledWorkflow(inputs, step.name);
    const members = isObject(inputs) ? inputs : new Map<string, Value>();
    const given = headerList(members.get('headers'));
    const body = members.get('body') ?? undefined;
    const headers: [string, string][] = [...given, ['x-ms-client-tracking-id', step.run.clientTrackingId]];
    if (body !== undefined && headerOf(headers, 'content-type') === undefined) {
      headers.push([
        'Content-Type',
        typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
      ]);
    }
    return start(
      step,
      name,
      trigger,
      objectOf({ headers: headerObject(headers), body, queries: members.get('queries') }),
    );
  },
};

async function start(step: ActionStep, name: string, trigger: string | undefined, outputs: Value): Promise<Outcome> {
  const { run } = step;
  const depth = (run.request.depth ?? 0) + 1;
  if (depth > run.services.limits.nesting) {
    throw new StepFailure(
      'NestedWorkflowLimitExceeded',
      `The action '${step.name}' would be call number ${depth} of workflows that call each other; the limit is ${run.services.limits.nesting}. ` +
        `Does the workflow call itself without an end?`,
    );
  }
  let child;
  try {
    child = run.services.start({
      workflow: name,
      ...(trigger === undefined ? {} : { trigger }),
      result: { outputs },
      clientTrackingId: run.clientTrackingId,
      parent: { runId: run.runId, step: step.id },
      depth,
    });
  } catch (error) {
    if (error instanceof EngineError) throw new StepFailure(error.code, error.message);
    throw error;
  }
  step.signal.addEventListener('abort', () => child.cancel(), { once: true });
  if (child.response === undefined) {
    const headers = objectOf({
      'x-ms-workflow-run-id': child.runId,
      'x-ms-client-tracking-id': child.clientTrackingId,
    });
    return succeeded(objectOf({ statusCode: 202, headers }), 'Accepted');
  }
  let answer = await child.response;
  // The called workflow answers asynchronously: the calling action waits for the final answer, as it polls a 202 elsewhere.
  if (answer.statusCode === 202 && headerOf(answer.headers, 'location') !== undefined)
    answer = await child.asyncResponse;
  return outcomeOf(answer);
}

function outcomeOf(answer: OutgoingResponse): Outcome {
  const decoded = decodeBody(answer.body, headerOf(answer.headers, 'content-type'));
  const outputs = objectOf({
    statusCode: answer.statusCode,
    headers: headerObject(answer.headers, wellKnownSpelling),
    body: decoded.ok ? decoded.value : Buffer.from(answer.body).toString('utf8'),
  });
  const status = answer.statusCode < 400 ? 'Succeeded' : 'Failed';
  return { status, code: statusName(answer.statusCode), outputs };
}

/** The workflow that `host` names: its folder name in Standard, the last part of a resource id in Consumption. */
export function calledWorkflow(
  inputs: Value,
  action: string,
): { readonly name: string; readonly trigger: string | undefined } {
  const host = isObject(inputs) ? inputs.get('host') : undefined;
  const called = isObject(host) ? host.get('workflow') : undefined;
  const id = isObject(called) ? called.get('id') : undefined;
  const trigger = isObject(host) ? host.get('triggerName') : undefined;
  if (typeof id !== 'string' || id === '') {
    throw new StepFailure('InvalidTemplate', `The action '${action}' names no workflow in "host.workflow.id".`);
  }
  return { name: id.split('/').at(-1) ?? id, trigger: typeof trigger === 'string' ? trigger : undefined };
}
