/**
 * Which inputs and outputs the run history must not show. Secured outputs hide the inputs of every action that uses them; actions
 * that give on what they were given (Compose, Parse JSON, …) hide their outputs too.
 * Source: "Secure access and data", considerations when securing inputs and outputs.
 */
import type { ActionPlan, TriggerPlan, WorkflowPlan } from './plan';
import { referencesOf } from './template';

export interface Hidden {
  readonly inputs: boolean;
  readonly outputs: boolean;
}

const open: Hidden = { inputs: false, outputs: false };

export class Secrecy {
  readonly #actions = new Map<ActionPlan, Hidden>();
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
    return nodes.some((template) => {
      const { actions, trigger, item } = referencesOf(template);
      if (trigger && this.trigger.outputs) return true;
      // The items of a loop over secured data are secured data.
      if (item && plan.loops.some((loop) => this.of(loop).inputs)) return true;
      for (const name of actions) {
        const used = [...this.#actions].find(([each]) => each.name.toLowerCase() === name)?.[1];
        if (used?.outputs === true) return true;
      }
      return false;
    });
  }
}
