/** The management interface of Logic Apps Standard: workflows, triggers, runs, actions and repetitions. */
import { parseValue } from '../../../language/json/parse';
import { isArray, isObject } from '../../../language/json/value';
import { stepKey } from '../../events';
import type { IncomingRequest } from '../../engine/contract';
import type { RunStore, StoredRun } from '../../store/store';
import { callbackUrl, isRequest, methodOf, relativePathOf } from '../loadedProject';
import type { LoadedProject } from '../loadedProject';
import type { Nesting } from '../debug/nesting';
import type { HostAddresses } from './addresses';
import { emptyAnswer, jsonAnswer, refusal, refusals } from './failures';
import type { HttpAnswer } from './failures';
import { parseFilter } from './filter';
import {
  actionResource,
  iso,
  iterationResource,
  repetitionResource,
  requestHistoryResource,
  runResource,
} from './resources';
import type { ResourceContext } from './resources';
import type { Route } from './routes';
import { stepsOf, viewOf } from './runView';
import type { RunView } from './runView';
import type { Trigger } from '../../../language/workflow/model';

/** What the interface can do besides reading. */
export interface ManagementActions {
  /** Fires a trigger now; a Request trigger gets the request as its own. */
  runTrigger(workflow: string, trigger: Trigger, request: IncomingRequest): Promise<HttpAnswer>;
  /** Runs the workflow again with the trigger outputs of a run. */
  resubmit(run: StoredRun, view: RunView): Promise<string | HttpAnswer>;
  /** Runs the workflow again from some actions, with the results that a run has from before them. */
  resubmitFrom(run: StoredRun, actions: readonly string[]): Promise<string | HttpAnswer>;
  /** False when the run has ended. */
  cancel(runId: string): boolean;
}

export interface ManagementOptions {
  readonly store: RunStore;
  readonly addresses: HostAddresses;
  readonly nesting: Nesting;
  readonly actions: ManagementActions;
  /** The current reading of the project. */
  loaded(): LoadedProject;
}

/** The platform's page sizes: 30 unless `$top` says otherwise, 250 at most. */
const PAGE = 30;
const LARGEST_PAGE = 250;

export class Management {
  readonly #options: ManagementOptions;

  constructor(options: ManagementOptions) {
    this.#options = options;
  }

  async answer(route: Route, request: IncomingRequest): Promise<HttpAnswer> {
    const allowed = methodsOf(route);
    const { method } = request;
    if (!allowed.includes(method.toUpperCase())) return refusals.method(method, allowed.join(' or '));
    if (route.kind === 'workflows') return jsonAnswer(200, this.#workflows());
    if (!('workflow' in route)) return refusals.noRoute(request.path);
    const loaded = this.#options.loaded();
    const workflow = loaded.workflowName(route.workflow);
    // Runs of a workflow that has been deleted since can still be read.
    if (workflow === undefined && !('runId' in route)) return refusals.workflow(route.workflow);
    return 'runId' in route
      ? this.#ofRun(route, workflow ?? route.workflow, request)
      : this.#ofWorkflow(route, workflow ?? route.workflow, request);
  }

  async #ofWorkflow(
    route: Exclude<Route, { readonly runId: string }>,
    workflow: string,
    request: IncomingRequest,
  ): Promise<HttpAnswer> {
    const loaded = this.#options.loaded();
    if (route.kind === 'workflow') return jsonAnswer(200, this.#workflow(workflow));
    if (route.kind === 'runs') return this.#runs(workflow, request.query);
    if (route.kind === 'triggers') {
      const triggers = loaded.workflow(workflow)?.triggers ?? [];
      return jsonAnswer(200, { value: triggers.map((trigger) => this.#trigger(workflow, trigger)) });
    }
    if (!('trigger' in route)) return refusals.noRoute(request.path);
    const trigger = loaded.trigger(workflow, route.trigger);
    if (trigger === undefined) return refusals.trigger(workflow, route.trigger);
    switch (route.kind) {
      case 'trigger':
        return jsonAnswer(200, this.#trigger(workflow, trigger));
      case 'triggerCallbackUrl':
        return jsonAnswer(200, this.#callback(workflow, trigger));
      case 'triggerRun': {
        const problems = loaded.engine.problems(workflow);
        if (problems.length > 0) return refusals.cannotRun(workflow, problems);
        return this.#options.actions.runTrigger(workflow, trigger, request);
      }
      case 'triggerHistories':
        return this.#histories(workflow, trigger, request.query);
      case 'triggerHistory':
      case 'triggerResubmit': {
        const run = this.#options.store.run(route.history);
        if (run === undefined) return refusals.run(workflow, route.history);
        const view = viewOf(this.#options.store.events(run.runId));
        if (route.kind === 'triggerHistory') return jsonAnswer(200, historyResource(run, this.#context(workflow)));
        return resubmitted(await this.#options.actions.resubmit(run, view));
      }
      case 'invoke':
        return refusals.noRoute(request.path);
    }
  }

  async #ofRun(
    route: Extract<Route, { readonly runId: string }>,
    workflow: string,
    request: IncomingRequest,
  ): Promise<HttpAnswer> {
    const { store, actions } = this.#options;
    const run = store.run(route.runId);
    if (run === undefined || run.workflow.toLowerCase() !== workflow.toLowerCase()) {
      return refusals.run(workflow, route.runId);
    }
    if (route.kind === 'runCancel') {
      return actions.cancel(run.runId)
        ? emptyAnswer(200)
        : refusal(409, 'WorkflowRunNotInProgress', `The run '${run.runId}' has already ended as ${run.status}.`);
    }
    if (route.kind === 'runResubmit') {
      const names = actionsToResubmit(request.body);
      return names === undefined
        ? refusal(400, 'InvalidRequestContent', 'The body must be {"actionsToResubmit":[{"name":"…"}]}.')
        : resubmitted(await actions.resubmitFrom(run, names));
    }
    const view = viewOf(store.events(run.runId));
    const context = this.#context(workflow);
    if (route.kind === 'run') return jsonAnswer(200, runResource(run, view, context));
    if (route.kind === 'runActions') return this.#actions(run, view, context, request.query);
    if (!('action' in route) || route.action === undefined) return refusals.noRoute(request.path);
    const steps = stepsOf(view, route.action);
    switch (route.kind) {
      case 'runAction': {
        const resource = actionResource(run, steps, context);
        return resource === undefined ? refusals.action(workflow, run.runId, route.action) : jsonAnswer(200, resource);
      }
      case 'repetitions':
      case 'repetition': {
        const all = this.#repetitions(run, view, route.action, route.scope === true, context);
        if (!('repetition' in route)) return jsonAnswer(200, { value: all.map(({ resource }) => resource) });
        const name = route.repetition.join('-');
        const found = all.find(({ key }) => key === name);
        return found === undefined ? refusals.repetition(route.action, name) : jsonAnswer(200, found.resource);
      }
      case 'requestHistories': {
        const step = steps.find((each) => each.step.repetition.join('-') === route.repetition.join('-'));
        if (step === undefined) return refusals.action(workflow, run.runId, route.action);
        const all = step.attempts.map((_, index) => requestHistoryResource(run, step, index, workflow));
        if (route.history === undefined) return jsonAnswer(200, { value: all });
        const one = all[Number(route.history)];
        return one === undefined ? refusals.noRoute(request.path) : jsonAnswer(200, one);
      }
      case 'webhook':
      case 'content':
        return refusals.noRoute(request.path);
    }
  }

  #context(workflow: string): ResourceContext {
    const { addresses, nesting } = this.#options;
    return {
      addresses,
      workflow,
      loops: (action) => nesting.owners(workflow, action).flatMap((owner) => (owner.loop ? [owner.action] : [])),
    };
  }

  #workflows(): unknown {
    return this.#options
      .loaded()
      .summaries(this.#options.addresses)
      .map(({ name }) => this.#workflow(name));
  }

  #workflow(name: string): unknown {
    const { addresses } = this.#options;
    const loaded = this.#options.loaded();
    const workflow = loaded.workflow(name);
    const problems = loaded.engine.problems(name);
    const triggers = (workflow?.triggers ?? []).map(
      ({ name: trigger, type, kind }) => [trigger, { type, kind }] as const,
    );
    return {
      name,
      href: addresses.management(`/${encodeURIComponent(name)}`),
      definition_href: addresses.management(`/${encodeURIComponent(name)}`),
      kind: workflow?.stateless === true ? 'Stateless' : (workflow?.kind?.value ?? 'Stateful'),
      isDisabled: false,
      triggers: Object.fromEntries(triggers),
      health:
        problems.length === 0
          ? { state: 'Healthy' }
          : { state: 'Unhealthy', error: { code: 'InvalidTemplate', message: problems.join(' ') } },
    };
  }

  #trigger(workflow: string, trigger: Trigger): unknown {
    const [last] = this.#options.store.runs({ workflow, trigger: trigger.name, top: 1 });
    return {
      properties: {
        provisioningState: 'Succeeded',
        state: 'Enabled',
        lastExecutionTime: last && iso(last.startTime),
        workflow: { id: `/workflows/${workflow}`, name: workflow, type: 'workflows' },
      },
      id: `/workflows/${workflow}/triggers/${trigger.name}`,
      name: trigger.name,
      type: 'workflows/triggers',
    };
  }

  #callback(workflow: string, trigger: Trigger): unknown {
    const { addresses } = this.#options;
    const value = isRequest(trigger)
      ? callbackUrl(addresses, workflow, trigger)
      : addresses.trigger(workflow, trigger.name);
    const relativePath = relativePathOf(trigger);
    const mark = value.indexOf('?');
    return {
      value,
      method: isRequest(trigger) ? methodOf(trigger) : 'POST',
      basePath: value.slice(0, mark),
      relativePath,
      relativePathParameters: relativePath && [...relativePath.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ''),
      queries: Object.fromEntries(new URLSearchParams(value.slice(mark + 1))),
    };
  }

  #runs(workflow: string, query: string): HttpAnswer {
    const page = this.#page(workflow, undefined, query);
    if ('problem' in page) return page.problem;
    const context = this.#context(workflow);
    const value = page.runs.map((run) => runResource(run, viewOf(this.#options.store.events(run.runId)), context));
    const path = `/${encodeURIComponent(workflow)}/runs`;
    return jsonAnswer(200, {
      value,
      nextLink: page.next && this.#options.addresses.management(`${path}?${page.next}`),
    });
  }

  #histories(workflow: string, trigger: Trigger, query: string): HttpAnswer {
    const page = this.#page(workflow, trigger.name, query);
    if ('problem' in page) return page.problem;
    const value = page.runs.map((run) => historyResource(run, this.#context(workflow)));
    const path = `/${encodeURIComponent(workflow)}/triggers/${encodeURIComponent(trigger.name)}/histories`;
    return jsonAnswer(200, {
      value,
      nextLink: page.next && this.#options.addresses.management(`${path}?${page.next}`),
    });
  }

  /** One page of runs, and the query of the next one. */
  #page(
    workflow: string,
    trigger: string | undefined,
    query: string,
  ): { readonly runs: readonly StoredRun[]; readonly next: string | undefined } | { readonly problem: HttpAnswer } {
    const given = new URLSearchParams(query);
    const parsed = parseFilter(given.get('$filter') ?? '');
    if ('problem' in parsed) return { problem: refusal(400, 'InvalidFilterInQuery', `The $filter ${parsed.problem}`) };
    const top = topOf(given.get('$top'));
    if (top === undefined) {
      return { problem: refusal(400, 'InvalidTopInQuery', `$top must be a number from 1 to ${LARGEST_PAGE}.`) };
    }
    const after = given.get('$skiptoken') ?? undefined;
    const runs = this.#options.store.runs({ ...parsed.filter, workflow, trigger, top: top + 1, after });
    const shown = runs.slice(0, top);
    const last = shown.at(-1);
    if (runs.length <= top || last === undefined) return { runs: shown, next: undefined };
    given.set('$skiptoken', last.runId);
    return { runs: shown, next: given.toString() };
  }

  #actions(run: StoredRun, view: RunView, context: ResourceContext, query: string): HttpAnswer {
    const given = new URLSearchParams(query);
    const names = view.history.actions().map(({ name }) => name);
    const from = Number(given.get('$skiptoken') ?? 0) || 0;
    const top = given.get('$top') === null ? names.length : (topOf(given.get('$top')) ?? PAGE);
    const value = names.slice(from, from + top).map((name) => actionResource(run, stepsOf(view, name), context));
    const isLast = from + top >= names.length;
    given.set('$skiptoken', String(from + top));
    const path = `/${encodeURIComponent(context.workflow)}/runs/${run.runId}/actions?${given.toString()}`;
    return jsonAnswer(200, { value, nextLink: isLast ? undefined : this.#options.addresses.management(path) });
  }

  #repetitions(
    run: StoredRun,
    view: RunView,
    action: string,
    scope: boolean,
    context: ResourceContext,
  ): { readonly key: string; readonly resource: unknown }[] {
    const steps = stepsOf(view, action);
    const iterations = steps.flatMap(({ step }) =>
      (view.iterations.get(stepKey(step)) ?? []).map((iteration) => ({
        key: [...step.repetition, iteration.index].join('-'),
        resource: iterationResource(run, step, iteration, context),
      })),
    );
    // A loop's repetitions are its iterations; any other action's are its executions in the loops around it.
    if (iterations.length > 0) return iterations;
    return steps
      .filter(({ step }) => step.repetition.length > 0)
      .map((each) => ({
        key: each.step.repetition.join('-'),
        resource: repetitionResource(run, each, scope, context),
      }));
  }
}

function historyResource(run: StoredRun, { workflow, addresses }: ResourceContext): unknown {
  return {
    properties: {
      startTime: iso(run.startTime),
      endTime: iso(run.startTime),
      status: 'Succeeded',
      fired: true,
      correlation: { clientTrackingId: run.clientTrackingId },
      outputsLink: { uri: addresses.content(workflow, run.runId, 'TriggerOutputs') },
      run: { id: `/workflows/${workflow}/runs/${run.runId}`, name: run.runId, type: 'workflows/runs' },
    },
    id: `/workflows/${workflow}/triggers/${run.trigger}/histories/${run.runId}`,
    name: run.runId,
    type: 'workflows/triggers/histories',
  };
}

function resubmitted(outcome: string | HttpAnswer): HttpAnswer {
  return typeof outcome === 'string' ? emptyAnswer(202, [['x-ms-workflow-run-id', outcome]]) : outcome;
}

/** The names in `{"actionsToResubmit":[{"name":"…"}]}`; undefined when the body is another. */
function actionsToResubmit(body: Uint8Array | undefined): readonly string[] | undefined {
  const read = parseValue(Buffer.from(body ?? []).toString('utf8'));
  const actions = read.ok && isObject(read.value) ? read.value.get('actionsToResubmit') : undefined;
  if (!isArray(actions) || actions.length === 0) return undefined;
  const names = actions.map((each) => (isObject(each) ? each.get('name') : undefined));
  const known = names.filter((name) => typeof name === 'string');
  return known.length === names.length ? known : undefined;
}

function topOf(text: string | null): number | undefined {
  if (text === null) return PAGE;
  const top = Number(text);
  return Number.isInteger(top) && top >= 1 && top <= LARGEST_PAGE ? top : undefined;
}

function methodsOf(route: Route): readonly string[] {
  switch (route.kind) {
    case 'triggerRun':
    case 'runCancel':
    case 'runResubmit':
    case 'triggerResubmit':
      return ['POST'];
    case 'triggerCallbackUrl':
      return ['POST', 'GET'];
    default:
      return ['GET'];
  }
}
