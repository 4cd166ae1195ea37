/** Refusals of the HTTP host, in the platform's shape: `{"error":{"code":…,"message":…}}`. */

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | string;
}

const json: readonly [string, string] = ['Content-Type', 'application/json; charset=utf-8'];

/** An answer with a JSON body. */
export function jsonAnswer(statusCode: number, value: unknown, headers: HttpAnswer['headers'] = []): HttpAnswer {
  return { statusCode, headers: [json, ...headers], body: JSON.stringify(value) };
}

/** An answer whose body is JSON text already. */
export function jsonTextAnswer(text: string): HttpAnswer {
  return { statusCode: 200, headers: [json], body: text };
}

export function emptyAnswer(statusCode: number, headers: HttpAnswer['headers'] = []): HttpAnswer {
  return { statusCode, headers, body: '' };
}

export function refusal(statusCode: number, code: string, message: string): HttpAnswer {
  return jsonAnswer(statusCode, { error: { code, message } });
}

/** Codes and texts are those that clients of the platform know. */
export const refusals = {
  noRoute: (path: string) => refusal(404, 'NotFound', `There is nothing at '${path}'.`),
  workflow: (workflow: string) => refusal(404, 'WorkflowNotFound', `The workflow '${workflow}' could not be found.`),
  trigger: (workflow: string, trigger: string) =>
    refusal(404, 'WorkflowTriggerNotFound', `The workflow '${workflow}' trigger '${trigger}' could not be found.`),
  run: (workflow: string, runId: string) =>
    refusal(404, 'WorkflowRunNotFound', `The workflow '${workflow}' run '${runId}' could not be found.`),
  action: (workflow: string, runId: string, action: string) =>
    refusal(
      404,
      'WorkflowRunActionNotFound',
      `The workflow '${workflow}' run '${runId}' action '${action}' could not be found.`,
    ),
  repetition: (action: string, repetition: string) =>
    refusal(
      404,
      'WorkflowRunActionRepetitionNotFound',
      `The repetition '${repetition}' of the action '${action}' could not be found.`,
    ),
  method: (method: string, allowed: string) => ({
    ...refusal(405, 'MethodNotAllowed', `The method '${method}' is not supported here; use ${allowed}.`),
  }),
  signatureMissing: () =>
    refusal(
      401,
      'DirectApiAuthorizationRequired',
      'The request must be authenticated only by Shared Access scheme: the address needs the parameters sp, sv and sig of the callback URL.',
    ),
  signatureWrong: () =>
    refusal(
      401,
      'AuthorizationFailed',
      'The signature of this address is not valid. Copy the callback URL again: it is shown by the host, and by listCallbackUrl.',
    ),
  tooLarge: (limit: number) =>
    refusal(413, 'RequestEntityTooLarge', `The request body is larger than the limit of ${limit} bytes.`),
  foreignOrigin: () =>
    refusal(
      403,
      'AuthorizationFailed',
      'The management interface answers only programs on this machine, not pages of other sites.',
    ),
  cannotRun: (workflow: string, reasons: readonly string[]) =>
    refusal(400, 'InvalidTemplate', `The workflow '${workflow}' cannot run: ${reasons.join(' ')}`),
  badHeaders: (reason: string) =>
    refusal(502, 'InvalidResponseHeaders', `The workflow's response cannot be sent over HTTP: ${reason}.`),
  bug: () => refusal(500, 'InternalServerError', 'The host met an error of its own; its log says more.'),
};
