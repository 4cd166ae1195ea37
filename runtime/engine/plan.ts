/**
 * A workflow made ready to run: actions with their predecessors and dependents resolved, and a slot for each action's result.
 * An iteration of a loop has its own results, so slots are counted per loop body; scopes, branches and cases share those of what is
 * around them. Made once per workflow and shared by all its runs.
 */
import { member, stringOf } from '../../language/json/tree';
import type { JsonNode } from '../../language/json/tree';
import type { Action, Scope, Trigger, Workflow } from '../../language/workflow/model';
import { LineIndex } from '../../language/text/range';
import type { ActionHandler } from '../actions/handler';
import { actionHandler } from '../actions/registry';
import { compile } from './template';
import type { Template } from './template';
import { OperationSettings } from './settings';

export interface WorkflowPlan {
  readonly name: string;
  readonly workflow: Workflow;
  readonly stateless: boolean;
  readonly triggers: readonly TriggerPlan[];
  readonly root: ScopePlan;
  /** By lower-case name. */
  readonly actions: ReadonlyMap<string, ActionPlan>;
  /** A Response action is somewhere in the definition: the caller of a Request trigger waits for it. */
  readonly responds: boolean;
  /** A Response action is asynchronous: the caller gets 202 at once and polls. */
  readonly respondsLater: boolean;
  /** Line and column (from 0) of an offset in the workflow's text. */
  positionAt(offset: number): { readonly line: number; readonly character: number };
}

/** What triggers and actions have in common at run time: templates are compiled on first use and kept. */
export abstract class OperationPlan {
  readonly #templates = new Map<JsonNode, Template>();
  #inputs: Template | undefined;

  constructor(
    readonly name: string,
    readonly type: string,
    readonly kind: string | undefined,
    readonly node: JsonNode | undefined,
    readonly inputsNode: JsonNode | undefined,
    readonly settings: OperationSettings,
  ) {}

  /** The template of `inputs`; undefined when the operation has none. */
  get inputs(): Template | undefined {
    return (this.#inputs ??= this.inputsNode && compile(this.inputsNode));
  }

  /** The template of a node of this operation. */
  template(node: JsonNode): Template {
    let template = this.#templates.get(node);
    if (template === undefined) {
      template = compile(node);
      this.#templates.set(node, template);
    }
    return template;
  }
}

export class TriggerPlan extends OperationPlan {
  constructor(readonly trigger: Trigger) {
    const { name, type, kind, node, inputs } = trigger;
    super(name, type, kind, node, inputs, new OperationSettings(node));
  }
}

export interface Predecessor {
  readonly action: ActionPlan;
  /** As the definition lists them, in the table's spelling. */
  readonly statuses: readonly string[];
}

export class ActionPlan extends OperationPlan {
  readonly predecessors: Predecessor[] = [];
  readonly dependents: ActionPlan[] = [];
  /** In the order of the document: body; then/else; cases and default. */
  readonly scopes: ScopePlan[] = [];
  readonly handler: ActionHandler;
  /** Slots that one iteration of this loop needs; 0 for what is no loop. */
  bodySlots = 0;

  constructor(
    readonly action: Action,
    readonly scope: ScopePlan,
    /** Index among its siblings. */
    readonly index: number,
    /** Index of its result in its iteration. */
    readonly slot: number,
    /** Loops around it, outermost first. */
    readonly loops: readonly ActionPlan[],
  ) {
    const { name, type, kind, node, inputs } = action;
    super(name, type, kind, node, inputs, new OperationSettings(node));
    this.handler = actionHandler(type);
  }

  get isLoop(): boolean {
    return this.handler.loop === true;
  }
}

export interface ScopePlan {
  readonly scope: Scope;
  readonly owner: ActionPlan | undefined;
  readonly actions: readonly ActionPlan[];
  /** Actions that wait for nothing. */
  readonly starts: readonly ActionPlan[];
  /** Actions that nothing waits for: they decide the scope's status. */
  readonly leaves: readonly ActionPlan[];
}

/** Prepares a workflow. The caller has checked that it can run (`problems.ts`). */
export function planWorkflow(name: string, workflow: Workflow): WorkflowPlan {
  const actions = new Map<string, ActionPlan>();
  const counter = { next: 0 };
  let lines: LineIndex | undefined;
  const root = planScope(workflow.scope, undefined, [], counter, actions);
  rootSlots.set(root, counter.next);
  const responses = [...actions.values()].filter(({ type }) => type.toLowerCase() === 'response');
  return {
    name,
    workflow,
    stateless: workflow.stateless,
    triggers: workflow.triggers.map((trigger) => new TriggerPlan(trigger)),
    root,
    actions,
    responds: responses.length > 0,
    positionAt: (offset) => (lines ??= new LineIndex(workflow.tree.text)).positionAt(offset),
    respondsLater: responses.some(({ settings }) => settings.option('Asynchronous')),
  };
}

const rootSlots = new WeakMap<ScopePlan, number>();

/** Slots that the run itself needs, outside loops. */
export function slotsOf(root: ScopePlan): number {
  return rootSlots.get(root) ?? 0;
}

function planScope(
  scope: Scope,
  owner: ActionPlan | undefined,
  loops: readonly ActionPlan[],
  counter: { next: number },
  all: Map<string, ActionPlan>,
): ScopePlan {
  const actions: ActionPlan[] = [];
  const starts: ActionPlan[] = [];
  const leaves: ActionPlan[] = [];
  const plan: ScopePlan = { scope, owner, actions, starts, leaves };
  const byName = new Map<string, ActionPlan>();
  scope.actions.forEach((action, index) => {
    const each = new ActionPlan(action, plan, index, counter.next++, loops);
    actions.push(each);
    const key = action.name.toLowerCase();
    if (!byName.has(key)) byName.set(key, each);
    if (!all.has(key)) all.set(key, each);
    const body = each.isLoop ? { next: 0 } : counter;
    const around = each.isLoop ? [...loops, each] : loops;
    for (const child of action.scopes) each.scopes.push(planScope(child, each, around, body, all));
    if (each.isLoop) each.bodySlots = body.next;
  });
  for (const each of actions) {
    for (const entry of each.action.runAfter) {
      const before = byName.get(entry.name.toLowerCase());
      if (before === undefined) continue;
      each.predecessors.push({ action: before, statuses: entry.statuses });
      before.dependents.push(each);
    }
    if (each.predecessors.length === 0) starts.push(each);
  }
  for (const each of actions) if (each.dependents.length === 0) leaves.push(each);
  return plan;
}

/** The text of a string member of an operation's own node, such as `operationOptions`. */
export function textMember(plan: OperationPlan, name: string): string | undefined {
  return stringOf(member(plan.node, name));
}
