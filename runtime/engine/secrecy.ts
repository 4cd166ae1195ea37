/**
 * Which inputs and outputs the run history must not show. Secured outputs hide the inputs of every action that uses them; actions
 * that give on what they were given (Compose, Parse JSON, …) hide their outputs too.
 * Source: "Secure access and data", considerations when securing inputs and outputs.
 */
import type { ActionPlan, TriggerPlan, WorkflowPlan } from './plan';
import { member, stringOf } from '../../language/json/tree';
import { referencesOf } from './template';
import type { References, Template } from './template';

export interface Hidden {
  readonly inputs: boolean;
  readonly outputs: boolean;
}

const variableActions: ReadonlySet<string> = new Set([
  'initializevariable',
  'setvariable',
  'appendtoarrayvariable',
  'appendtostringvariable',
  'incrementvariable',
  'decrementvariable',
]);

const open: Hidden = { inputs: false, outputs: false };

export class Secrecy {
  readonly #actions = new Map<ActionPlan, Hidden>();
  /** Lower-case names of variables that are given what is hidden. */
  readonly #hiddenVariables = new Set<string>();
  readonly trigger: Hidden;
  /** True when anything of the workflow is secured: what it gives as a whole may hold it. */
  readonly any: boolean;

  constructor(plan: WorkflowPlan, trigger: TriggerPlan) {
    this.trigger = trigger.settings.secured;
    const plans = [...plan.actions.values()];
    const anySecured =
      this.trigger.inputs ||
      this.trigger.outputs ||
      plans.some(({ settings: { secured } }) => secured.inputs || secured.outputs);
    this.any = anySecured;
    if (!anySecured) return;
    // Each pass carries secrecy one reference further; nothing is hidden twice, so this ends.
    for (let changed = true; changed;) {
      changed = false;
      for (const each of plans) changed = this.#update(each) || changed;
    }
    for (const [plan, { inputs }] of this.#actions) {
      if (inputs) for (const name of this.#variablesOf(plan)) this.#hiddenVariables.add(name);
    }
  }

  of(plan: ActionPlan): Hidden {
    return this.#actions.get(plan) ?? open;
  }

  #update(plan: ActionPlan): boolean {
    const before = this.of(plan);
    const { secured } = plan.settings;
    const inputs = before.inputs || secured.inputs || this.#usesSecured(plan);
    const outputs =
      before.outputs ||
      secured.outputs ||
      (plan.handler.passesThrough === true && inputs) ||
      (secured.inputs && plan.handler.passesThrough === true);
    if (inputs === before.inputs && outputs === before.outputs) return false;
    this.#actions.set(plan, { inputs, outputs });
    return true;
  }

  #usesSecured(plan: ActionPlan): boolean {
    const nodes = [
      plan.inputs,
      ...['foreach', 'expression'].map((name) => {
        const node = plan.settings.member(name);
        return node && plan.template(node);
      }),
    ];
    return nodes.some((template) => this.#reads(referencesOf(template), plan.loops));
  }

  /**
   * True when what somebody wants to see while a run is held reads what is secured. Variables count too here: they hold what an action
   * with hidden inputs has put into them.
   */
  hides(template: Template, loops: readonly ActionPlan[]): boolean {
    if (!this.any) return false;
    const references = referencesOf(template);
    if (references.anyAction || this.#reads(references, loops)) return true;
    return [...references.variables].some((name) => this.#hiddenVariables.has(name));
  }

  #reads({ actions, trigger, item }: References, loops: readonly ActionPlan[]): boolean {
    if (trigger && this.trigger.outputs) return true;
    // The items of a loop over secured data are secured data.
    if (item && loops.some((loop) => this.of(loop).inputs)) return true;
    for (const name of actions) {
      const used = [...this.#actions].find(([each]) => each.name.toLowerCase() === name)?.[1];
      if (used?.outputs === true) return true;
    }
    return false;
  }

  #variablesOf(plan: ActionPlan): string[] {
    if (!variableActions.has(plan.type.toLowerCase())) return [];
    const declared = member(plan.inputsNode, 'variables');
    const nodes = declared?.kind === 'array' ? declared.items : [plan.inputsNode];
    return nodes.flatMap((node) => stringOf(member(node, 'name'))?.toLowerCase() ?? []);
  }
}
