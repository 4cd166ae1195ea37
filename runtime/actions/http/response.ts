/**
 * Response: answers the caller of the Request trigger, once. With `Asynchronous` the caller gets 202 and polls for the answer.
 * Source: "Receive and respond to inbound HTTPS calls", "Schema reference", Response action.
 */
import { isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import type { OutgoingResponse } from '../../engine/contract';
import { numberOf } from '../../engine/numbers';
import { textOf } from '../../engine/text';
import { checkSchema } from '../data/jsonSchema';
import { responseHeaders } from '../../engine/responseHeaders';
import type { ActionStep } from '../../engine/step';
import { encodeBody } from '../../transforms/messageBody';
import { headerList, headerOf } from '../../transforms/headers';
import type { ActionHandler } from '../handler';

export const response: ActionHandler = {
  type: 'Response',
  passesThrough: true,
  start(step) {
    const inputs = step.inputs();
    const members = isObject(inputs) ? inputs : new Map<string, Value>();
    if (!step.run.answers) {
      return {
        status: 'Skipped',
        code: 'ActionResponseSkipped',
        error: {
          code: 'ActionResponseSkipped',
          message:
            `The execution of template action '${step.name}' is skipped: the client application is not waiting for a response from ` +
            `service.`,
        },
      };
    }
    if (step.run.response.responded) {
      throw new StepFailure(
        'ActionResponseFailed',
        `The execution of template action '${step.name}' is failed: a response has been sent to the client application already.`,
      );
    }
    if (step.run.response.answered && !step.run.plan.respondsLater) {
      throw new StepFailure(
        'ActionResponseTimedOut',
        `The execution of template action '${step.name}' is failed: the client application timed out waiting for a response from ` +
          `service. This means that workflow took longer to respond than the alloted timeout value.`,
      );
    }
    const statusCode = numberOf(members.get('statusCode') ?? 200);
    if (statusCode === undefined || statusCode < 200 || statusCode > 599) {
      throw new StepFailure(
        'BadRequest',
        `The 'statusCode' of action '${step.name}' must be a whole number from 200 to 599.`,
      );
    }
    const body = members.get('body');
    checkBody(step, body ?? null, members.get('schema'));
    const answer = outgoing(step, statusCode, members.get('headers'), body);
    step.run.response.respond(step, answer, body ?? undefined);
    return succeeded(objectOf({ statusCode, headers: members.get('headers'), body: body ?? undefined }));
  },
};

/** With `EnableSchemaValidation` a body that its schema does not allow is not sent. */
function checkBody(step: ActionStep, body: Value, schema: Value | undefined): void {
  if (!isObject(schema) || schema.size === 0 || !step.plan.settings.option('EnableSchemaValidation')) return;
  const check = checkSchema(schema, body);
  if (check.ok) return;
  const messages =
    'invalidSchema' in check
      ? [check.invalidSchema]
      : check.errors.map((error) => textOf(isObject(error) ? (error.get('message') ?? '') : ''));
  throw new StepFailure(
    'ActionSchemaMismatch',
    `The body of action '${step.name}' does not match its schema definition. Error details: '${messages.join(',')}'.`,
  );
}

/** The answer as it goes over the wire. */
function outgoing(
  step: ActionStep,
  statusCode: number,
  written: Value | undefined,
  body: Value | undefined,
): OutgoingResponse {
  const headers = headerList(written).filter(([name]) => !isOmitted(name));
  const declared = headerOf(headers, 'content-type');
  const encoded = encodeBody(body ?? undefined, declared);
  if (declared === undefined && encoded?.contentType !== undefined) headers.push(['Content-Type', encoded.contentType]);
  return {
    statusCode,
    headers: [...headers, ...responseHeaders(step.run)],
    body: encoded?.bytes ?? new Uint8Array(),
  };
}

const omitted = new Set(['allow', 'cookie', 'expires', 'last-modified', 'set-cookie', 'transfer-encoding']);
const keptContent = new Set(['content-disposition', 'content-encoding', 'content-type']);

/** Headers that the platform takes out of responses without a word. */
function isOmitted(name: string): boolean {
  const lower = name.toLowerCase();
  return omitted.has(lower) || (lower.startsWith('content-') && !keptContent.has(lower));
}
