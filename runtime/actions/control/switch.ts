/**
 * Switch: the case that equals the expression's value, else the default; other branches are skipped. The value must be a string or
 * an integer, and a case of the other type fails the branches that depend on the comparison, as it does in the cloud.
 */
import { isInteger, isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import type { Failure } from '../../events';
import { actionFailed, StepFailure } from '../../engine/failure';
import type { ScopePlan } from '../../engine/plan';
import type { ScopeRun } from '../../engine/scopeRun';
import { anyCase } from '../../engine/settings';
import type { ActionStep } from '../../engine/step';
import { typeName } from '../../engine/variables';
import type { ActionHandler } from '../handler';
import { outcomeOf } from './scope';

export const switchAction: ActionHandler = {
  type: 'Switch',
  preview: (step) => objectOf({ expressionResult: step.evaluate(step.plan.settings.member('expression')) ?? null }),
  start(step) {
    const value = subject(step);
    const { chosen, mismatched } = choose(step, value);
    const comparison = mismatch(value, step, mismatched);
    for (const scope of step.plan.scopes) {
      if (mismatched.includes(scope)) step.run.unexecuted.failBranch(scope, step.activation, comparison);
      else if (scope !== chosen) step.run.unexecuted.skipBranch(scope, step.activation);
    }
    const failed: { status: 'Failed'; code: string; error: Failure } | undefined =
      mismatched.length > 0 ? { status: 'Failed', code: actionFailed.code, error: actionFailed } : undefined;
    if (chosen === undefined) return failed ?? { status: 'Succeeded', code: 'NotSpecified' };
    const done = (scopeRun: ScopeRun): void => step.finish(failed ?? outcomeOf(scopeRun));
    step.enter(chosen, step.activation, done);
    return undefined;
  },
  check: (plan) => (plan.settings.member('expression') === undefined ? ['it has no "expression"'] : []),
};

function subject(step: ActionStep): Value {
  const replayed = step.record.inputs;
  const known = isObject(replayed) ? replayed.get('expressionResult') : undefined;
  if (known !== undefined) return known;
  const node = step.plan.settings.member('expression');
  const value = step.evaluate(node) ?? null;
  if (typeof value !== 'string' && !isInteger(value)) {
    for (const scope of step.plan.scopes) step.run.unexecuted.skipBelow(scope, step.activation, step.name);
    const expression = node?.kind === 'string' ? node.value : '';
    throw new StepFailure(
      'ExpressionEvaluationFailed',
      `The execution of template action '${step.name}' failed: the result of the evaluation of 'expression' expression '${expression}' ` +
        `is not valid. It is of type '${typeName(value)}' but is expected to be a value of type 'String, Integer'.`,
    );
  }
  step.recordInputs(objectOf({ expressionResult: value }));
  return value;
}

interface Choice {
  readonly chosen: ScopePlan | undefined;
  readonly mismatched: readonly ScopePlan[];
}

function choose(step: ActionStep, value: Value): Choice {
  const mismatched: ScopePlan[] = [];
  let chosen: ScopePlan | undefined;
  let fallback: ScopePlan | undefined;
  for (const plan of step.plan.scopes) {
    if (plan.scope.role === 'default') fallback = plan;
    else if (plan.scope.role === 'case') {
      const node = anyCase(plan.scope.holder, 'case');
      const wanted = step.evaluate(node) ?? null;
      if (typeName(wanted) !== typeName(value)) mismatched.push(plan);
      else if (chosen === undefined && same(wanted, value)) chosen = plan;
    }
  }
  if (chosen !== undefined) return { chosen, mismatched };
  // The default runs when no case holds; whether that is so cannot be told when a case cannot be compared.
  if (mismatched.length > 0)
    return { chosen: undefined, mismatched: fallback ? [...mismatched, fallback] : mismatched };
  return { chosen: fallback, mismatched };
}

function mismatch(value: Value, step: ActionStep, mismatched: readonly ScopePlan[]): Failure {
  const node = anyCase(mismatched[0]?.scope.holder, 'case');
  const types = `${typeName(value)},${node === undefined ? 'Null' : typeName(step.evaluate(node))}`;
  return {
    code: 'InternalServerError',
    message: `The template language function 'strongEquals' expects parameters of same type, but found '${types}' distinct types.`,
  };
}

/** Strings are compared as they are written. */
function same(left: Value, right: Value): boolean {
  return left === right;
}
