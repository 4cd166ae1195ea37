/** Fires a trigger of a running project and waits for what its caller gets. */
import { base64Decode, base64Encode, utf8Decode, utf8Encode } from '../../../language/json/base64';
import type { RunStatus } from '../../../runtime/events';
import type { Commands, SentResponse, TriggerRequest } from '../../../runtime/host/commands';
import type { LaunchTrigger } from '../../debug/launchArguments';
import type { Runtime } from '../../infrastructure/runtimes';

export interface Answer {
  readonly runIds: readonly string[];
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when it was hidden. */
  readonly body: string | undefined;
}

export type Fired =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The run ended before anything was answered. */
  | { readonly kind: 'ended'; readonly runId: string; readonly status: RunStatus }
  | { readonly kind: 'fired'; readonly runIds: readonly string[] };

/** Resolves with the answer of a trigger that is called, however long the run takes to give it; others are only fired. */
export async function send(
  { link }: Runtime,
  workflow: string,
  trigger: string,
  request: LaunchTrigger,
): Promise<Fired> {
  if (request.outputs !== undefined) {
    const outputs = JSON.stringify(request.outputs);
    const { runIds } = await link.send('fireTrigger', { workflow, trigger, outputs });
    return { kind: 'fired', runIds };
  }
  // A run may answer before its id is known here.
  const early = new Map<string, Fired>();
  const waiting = new Map<string, (fired: Fired) => void>();
  const settle = (runId: string, fired: Fired): void => {
    if (!early.has(runId)) early.set(runId, fired);
    waiting.get(runId)?.(fired);
  };
  const unsubscribe = link.onNotice((notice) => {
    if (notice.type === 'crashed') for (const runId of waiting.keys()) settle(runId, ended(runId, 'Aborted'));
    if (notice.type !== 'event') return;
    const { event } = notice;
    if (event.type === 'responseSent') {
      const { runId, statusCode, headers, body } = event;
      settle(runId, { kind: 'answer', answer: { runIds: [runId], statusCode, headers, body: body.json } });
    } else if (event.type === 'runFinished') {
      settle(event.runId, ended(event.runId, event.status));
    }
  });
  try {
    const reply: Commands['fireTrigger']['reply'] = await link.send('fireTrigger', {
      workflow,
      trigger,
      request: requestOf(request),
    });
    const { runIds, response } = reply;
    if (response !== undefined) return { kind: 'answer', answer: answerOf(runIds, response) };
    const [runId] = runIds;
    if (runId === undefined) return { kind: 'fired', runIds };
    return early.get(runId) ?? (await new Promise<Fired>((resolve) => waiting.set(runId, resolve)));
  } finally {
    unsubscribe();
  }
}

function ended(runId: string, status: RunStatus): Fired {
  return { kind: 'ended', runId, status };
}

function requestOf({ method = 'POST', headers = {}, relativePath, query, body }: LaunchTrigger): TriggerRequest {
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method,
    headers,
    ...(relativePath === undefined ? {} : { relativePath }),
    ...(query === undefined ? {} : { query }),
    ...(text === undefined ? {} : { bodyBase64: base64Encode(utf8Encode(text)) }),
  };
}

function answerOf(runIds: readonly string[], { statusCode, headers, bodyBase64 }: SentResponse): Answer {
  const bytes = base64Decode(bodyBase64);
  return { runIds, statusCode, headers, body: bytes === undefined ? undefined : utf8Decode(bytes) };
}

/** The answer laid out as a document: JSON where the body is JSON. */
export function answerText({ statusCode, headers, body }: Answer): string {
  let value: unknown = body;
  try {
    if (body !== undefined && body !== '') value = JSON.parse(body);
  } catch {
    // No JSON: shown as the text that it is.
  }
  return `${JSON.stringify({ statusCode, headers, body: value }, null, 2)}\n`;
}
