/**
 * Actions named in expressions: they exist, and they have ended when the expression is evaluated. The platform refuses a definition
 * that reads an action which does not run before ("must be … in the runAfter path").
 */
import { enclosing } from '../../workflow/graph';
import type { Action } from '../../workflow/model';
import type { Reference } from '../../workflow/references';
import { sitePointer } from '../../workflow/sites';
import { isComputed } from '../computed';
import { renameReference } from '../naming';
import { runAfterFix } from '../../workflow/changes/runAfter';
import type { Finding, WorkflowContext, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const actionReferencesRule: WorkflowRule = {
  name: 'actionReferences',
  reach: 'order',
  *check(context) {
    for (const reference of context.due.references()) {
      if ((reference.kind !== 'action' && reference.kind !== 'scope') || isComputed(reference.name)) continue;
      const finding = check(context, reference);
      if (finding !== undefined) {
        yield {
          ...finding,
          range: context.document.expressions.nameRange(reference),
          path: sitePointer(context.workflow, reference.site),
        };
      }
    }
  },
};

type Judgement = Omit<Finding, 'range' | 'path'>;

function check(context: WorkflowContext, reference: Reference): Judgement | undefined {
  const { workflow, order, document } = context;
  const { owner } = reference.site;
  const target = workflow.actionsByName.get(reference.name.toLowerCase());
  if (target === undefined) return unknown(context, reference);
  if (reference.kind === 'scope' && target.scopes.length === 0) {
    return {
      code: 'result-not-scope',
      message: `'${target.name}' is a ${target.type} action: ${reference.call.name}() needs a scope, loop, condition or switch.`,
    };
  }
  if (owner === undefined) return undefined;
  if (owner.role === 'trigger') {
    return {
      code: 'trigger-uses-action',
      message: `The trigger '${owner.name}' cannot use '${target.name}': no action has run when it fires.`,
    };
  }
  if (target === owner) return selfReference(reference, owner);
  if (order.precedes(target, owner)) return undefined;
  if (isInsideUntil(target, owner, reference)) return undefined;
  if (enclosing(owner).includes(target)) {
    return {
      code: 'action-not-run-before',
      message: `'${target.name}' is the ${target.type} around '${owner.name}': it has no result before it ends.`,
    };
  }
  const fix = runAfterFix(document, target, owner);
  return {
    code: 'action-not-run-before',
    message: `'${target.name}' may not have run when '${owner.name}' starts: it is not on its runAfter path.`,
    ...(fix === undefined ? {} : { fixes: [fix] }),
  };
}

function unknown({ workflow, order, document }: WorkflowContext, reference: Reference): Judgement {
  const { owner } = reference.site;
  const visible = owner?.role === 'action' ? order.visible(workflow, owner) : workflow.actions;
  const near =
    nearest(
      reference.name,
      visible.map((each) => each.name),
    ) ??
    nearest(
      reference.name,
      workflow.actions.map((each) => each.name),
    );
  const isTrigger = workflow.triggers.some((each) => each.name.toLowerCase() === reference.name.toLowerCase());
  return {
    code: 'action-unknown',
    message: isTrigger
      ? `'${reference.name}' is the trigger, not an action: use triggerBody() or triggerOutputs().`
      : `There is no action '${reference.name}'.${suggestion(near)}`,
    ...(near === undefined ? {} : { fixes: [renameReference(document.expressions, reference, near)] }),
  };
}

/** The condition of an Until is evaluated after its actions have run. */
function isInsideUntil(target: Action, owner: Action, reference: Reference): boolean {
  return owner.type === 'Until' && reference.site.path[0] === 'expression' && enclosing(target).includes(owner);
}

/** Tracked properties and the condition of a loop are evaluated when the action has its result. */
function selfReference({ site }: Reference, owner: Action): Judgement | undefined {
  const [first] = site.path;
  if (first === 'trackedProperties' || (owner.type === 'Until' && first === 'expression')) return undefined;
  return {
    code: 'action-not-run-before',
    message: `'${owner.name}' cannot use its own result: it has none before it ends.`,
  };
}
