/**
 * If: the condition object (`and`, `or`, `not` and comparisons around operands) or a bare expression.
 * An object with one member is a call of the function of that name, in any case; its value holds the arguments.
 */
import type { Call, Expression, ParsedExpression } from '../../../language/expressions/ast';
import { evaluateExpression } from '../../../language/expressions/evaluate';
import { findFunction } from '../../../language/expressions/functions/registry';
import { parse as parseExpression } from '../../../language/expressions/parser';
import { parseTemplate } from '../../../language/expressions/template';
import type { JsonNode, ObjectNode, PropertyNode } from '../../../language/json/tree';
import { objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import type { RunContext } from '../../engine/context';
import { StepFailure } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import { TemplateFailure } from '../../engine/template';
import { typeName } from '../../engine/variables';
import type { ActionHandler } from '../handler';
import { outcomeOf } from './scope';

const nowhere = { start: 0, end: 0 };

/** Evaluates a condition. Throws a `StepFailure` when it fails or is not a boolean. */
export function evaluateCondition(step: ActionStep, node: JsonNode, context: RunContext = step.context): boolean {
  const value =
    node.kind === 'object' ? step.placed(() => evaluateObject(step, node, context)) : step.evaluate(node, context);
  if (typeof value === 'boolean') return value;
  throw new StepFailure(
    'InvalidTemplate',
    `Unable to process template language expressions for action '${step.name}': the result of its condition is of type ` +
      `'${typeName(value)}'. The result must be of type 'Boolean'.`,
  );
}

function evaluateObject(step: ActionStep, node: JsonNode, context: RunContext): Value {
  const parsed = fixed.get(node) ?? parse(step, node, context);
  const outcome = evaluateExpression(parsed, context);
  if (outcome.ok) return outcome.value;
  throw new TemplateFailure(outcome.failure, node.start);
}

/** Conditions whose operands are all expressions or constants: they are made once. */
const fixed = new WeakMap<JsonNode, ParsedExpression>();

function parse(step: ActionStep, node: JsonNode, context: RunContext): ParsedExpression {
  const text = conditionText(node);
  const written = text === undefined ? undefined : parseExpression(text);
  if (written?.problems.length === 0) {
    fixed.set(node, written);
    return written;
  }
  const reader = new ConditionReader(step, context);
  const parsed = { ast: reader.expression(node), problems: [], text: '' };
  if (!reader.dynamic) fixed.set(node, parsed);
  return parsed;
}

/** `and` of nothing holds, `or` of nothing does not: what the designer leaves when every row of a condition is deleted. */
function emptyGroup({ key, value }: PropertyNode): boolean | undefined {
  if (value?.kind !== 'array' || value.items.length > 0) return undefined;
  const name = key.value.toLowerCase();
  return name === 'and' ? true : name === 'or' ? false : undefined;
}

/** The condition as an expression would be written, so that failures can quote it; undefined when an operand cannot be. */
function conditionText(node: JsonNode): string | undefined {
  switch (node.kind) {
    case 'number':
      return node.text;
    case 'literal':
      return String(node.value);
    case 'array':
      return undefined;
    case 'string': {
      const { template, problems } = parseTemplate(node.value);
      if (problems.length > 0 || template.kind === 'interpolation') return undefined;
      return template.kind === 'text' ? `'${template.text.replaceAll("'", "''")}'` : node.value.slice(1).trim();
    }
    case 'object': {
      const [property, second] = node.properties;
      if (property?.value === undefined || second !== undefined) return undefined;
      if (findFunction(property.key.value) === undefined) return undefined;
      const empty = emptyGroup(property);
      if (empty !== undefined) return String(empty);
      const operands = (property.value.kind === 'array' ? property.value.items : [property.value]).map(conditionText);
      return operands.includes(undefined) ? undefined : `${property.key.value}(${operands.join(', ')})`;
    }
  }
}

/** Reads a condition as one expression, so that calls in it behave as they do in text. */
class ConditionReader {
  /** True when an operand had to be evaluated to become part of the expression. */
  dynamic = false;

  constructor(
    private readonly step: ActionStep,
    private readonly context: RunContext,
  ) {}

  expression(node: JsonNode): Expression {
    if (node.kind === 'object') {
      const [property] = node.properties;
      const empty = property && emptyGroup(property);
      if (empty !== undefined) return { kind: 'literal', value: empty, ...nowhere };
      const call = this.#call(node);
      if (call !== undefined) return call;
    } else if (node.kind === 'string' && node.value.startsWith('@')) {
      const { template, problems } = parseTemplate(node.value);
      if (problems.length === 0 && template.kind === 'expression') return template.expression;
    }
    const template = this.step.plan.template(node);
    if (!template.constant) this.dynamic = true;
    return { kind: 'literal', value: template.evaluate(this.context), ...nowhere };
  }

  #call(node: ObjectNode): Call | undefined {
    const [property, second] = node.properties;
    if (property?.value === undefined || second !== undefined) return undefined;
    if (findFunction(property.key.value) === undefined) return undefined;
    const operands = property.value.kind === 'array' ? property.value.items : [property.value];
    return {
      kind: 'call',
      name: property.key.value,
      args: operands.map((operand) => this.expression(operand)),
      open: 0,
      closed: true,
      ...nowhere,
    };
  }
}

export const condition: ActionHandler = {
  type: 'If',
  preview(step) {
    const node = step.plan.settings.member('expression');
    return node === undefined ? null : objectOf({ expressionResult: evaluateCondition(step, node) });
  },
  start(step) {
    const replayed = step.record.inputs;
    const node = step.plan.settings.member('expression');
    if (node === undefined) throw new StepFailure('InvalidTemplate', `The condition '${step.name}' has no expression.`);
    const decided =
      replayed instanceof Map ? (replayed as ReadonlyMap<string, Value>).get('expressionResult') : undefined;
    const holds = typeof decided === 'boolean' ? decided : evaluateCondition(step, node);
    if (decided === undefined) step.recordInputs(objectOf({ expressionResult: holds }));
    const [then, otherwise] = step.plan.scopes;
    const chosen = holds ? then : otherwise;
    const other = holds ? otherwise : then;
    if (other !== undefined) step.run.unexecuted.skipBranch(other, step.activation);
    if (chosen === undefined) return { status: 'Succeeded', code: 'NotSpecified' };
    step.enter(chosen, step.activation, (scopeRun) => step.finish(outcomeOf(scopeRun)));
    return undefined;
  },
  check: (plan) => (plan.settings.member('expression') === undefined ? ['it has no "expression"'] : []),
};
