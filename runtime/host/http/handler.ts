/** What happens with a request to the host: finds the resource, checks who may use it, and hands it on. */
import type { IncomingRequest } from '../../engine/contract';
import type { RunStore } from '../../store/store';
import type { Invocations } from '../invocations';
import type { LoadedProject } from '../loadedProject';
import type { HostAddresses } from './addresses';
import { emptyAnswer, jsonAnswer, jsonTextAnswer, refusal, refusals } from './failures';
import type { HttpAnswer } from './failures';
import type { HttpHandler } from './listener';
import type { Management } from './management';
import { routeOf } from './routes';
import type { Route } from './routes';
import { stepsOf, viewOf } from './runView';

export interface HandlerOptions {
  readonly store: RunStore;
  readonly addresses: HostAddresses;
  readonly management: Management;
  readonly invocations: Invocations;
  /** Names by which this machine is reached, in lower case, besides loopback. */
  readonly hostNames: ReadonlySet<string>;
  readonly loaded: () => LoadedProject;
}

export function httpHandler(options: HandlerOptions): HttpHandler {
  return (request) => {
    const route = routeOf(request.path);
    if (route === undefined) return refusals.noRoute(request.path);
    switch (route.kind) {
      case 'invoke':
        return invoke(options, route, request);
      case 'asyncResponse':
        return asyncResponse(options, route, request);
      case 'webhook':
        return webhook(options, route, request);
      case 'content':
        return content(options, route, request);
      case 'status':
        return jsonAnswer(200, { state: 'Running' });
      default:
        // Signed addresses protect themselves; the management interface has no key, so pages of other sites must not reach it.
        return isForeign(request, options.hostNames)
          ? refusals.foreignOrigin()
          : options.management.answer(route, request);
    }
  };
}

type RouteOf<Kind extends Route['kind']> = Extract<Route, { readonly kind: Kind }>;
type Check = ReturnType<HostAddresses['checkTrigger']>;

async function invoke(
  { loaded, addresses, invocations, store }: HandlerOptions,
  route: RouteOf<'invoke'>,
  request: IncomingRequest,
): Promise<HttpAnswer> {
  const project = loaded();
  const workflow = project.workflowName(route.workflow);
  if (workflow === undefined) return refusals.workflow(route.workflow);
  const trigger = project.trigger(workflow, route.trigger);
  if (trigger === undefined) return refusals.trigger(workflow, route.trigger);
  const refused = refusalOf(addresses.checkTrigger(request.query, workflow, trigger.name));
  if (refused !== undefined) return refused;
  const { response } = invocations.request(workflow, trigger, { ...request, path: route.path });
  const answer = await response;
  // Whatever the caller is told has been written down before.
  const committing = store.commit();
  if (committing !== undefined) await committing;
  return answer;
}

async function asyncResponse(
  { addresses, invocations, store }: HandlerOptions,
  route: RouteOf<'asyncResponse'>,
  request: IncomingRequest,
): Promise<HttpAnswer> {
  const { workflow, runId } = route;
  const refused = refusalOf(addresses.checkAsyncResponse(request.query, workflow, runId));
  if (refused !== undefined) return refused;
  const state = invocations.asyncResponse(runId);
  if (state === 'unknown') return refusals.run(workflow, runId);
  if (state !== 'pending') {
    await store.commit();
    return state;
  }
  const location = addresses.asyncResponse(workflow, runId);
  return emptyAnswer(202, [
    ['Location', location],
    ['Retry-After', '10'],
  ]);
}

async function webhook(
  { addresses, invocations, store }: HandlerOptions,
  route: RouteOf<'webhook'>,
  request: IncomingRequest,
): Promise<HttpAnswer> {
  const { workflow, runId, action, repetition } = route;
  const step = { action, repetition };
  const refused = refusalOf(addresses.checkWebhook(request.query, workflow, runId, step));
  if (refused !== undefined) return refused;
  const response = invocations.callback(runId, step, request);
  if (response === undefined) {
    return refusal(
      404,
      'WorkflowRunActionNotFound',
      `The action '${action}' of the run '${runId}' does not wait for a call.`,
    );
  }
  const committing = store.commit();
  if (committing !== undefined) await committing;
  return response;
}

function content(
  { addresses, store }: HandlerOptions,
  route: RouteOf<'content'>,
  request: IncomingRequest,
): HttpAnswer {
  const { workflow, runId, content: kind, action, repetition } = route;
  const id = action === undefined ? undefined : { action, repetition };
  const refused = refusalOf(addresses.checkContent(request.query, workflow, runId, kind, id));
  if (refused !== undefined) return refused;
  const view = viewOf(store.events(runId));
  const step =
    action === undefined
      ? undefined
      : stepsOf(view, action).find((each) => each.step.repetition.join() === repetition.join());
  const payload = ((): { readonly json?: string } | undefined => {
    switch (kind.toLowerCase()) {
      case 'actioninputs':
        return step?.inputs;
      case 'actionoutputs':
        return step?.outputs;
      case 'triggerinputs':
        return view.history.trigger?.inputs;
      case 'triggeroutputs':
        return view.history.trigger?.outputs;
      default:
        return undefined;
    }
  })();
  return payload?.json === undefined ? refusals.noRoute(request.path) : jsonTextAnswer(payload.json);
}

function refusalOf(check: Check): HttpAnswer | undefined {
  switch (check) {
    case 'valid':
      return undefined;
    case 'missing':
      return refusals.signatureMissing();
    case 'wrong':
      return refusals.signatureWrong();
  }
}

/** A browser names the page that asks; a name that only pretends to be this machine shows in the Host header. */
function isForeign({ headers }: IncomingRequest, own: ReadonlySet<string>): boolean {
  for (const [name, value] of headers) {
    switch (name.toLowerCase()) {
      case 'origin':
        if (!isLocal(hostOf(value), own) && !value.startsWith('vscode-webview:')) return true;
        break;
      case 'host':
        if (!isLocal(hostOf(`http://${value}`), own)) return true;
        break;
      default:
    }
  }
  return false;
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname.toLowerCase() ?? '';
}

function isLocal(host: string, own: ReadonlySet<string>): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1' || host === '[::1]' || own.has(host)
  );
}
