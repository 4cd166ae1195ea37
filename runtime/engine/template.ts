/**
 * Values of a definition made ready to evaluate: strings are parsed once, and what holds no expression is a constant that every run
 * shares. Property names may be templates too.
 */
import { expressionsOf, walk } from '../../language/expressions/ast';
import type { Template as TextTemplate, Expression } from '../../language/expressions/ast';
import type { EvaluationContext } from '../../language/expressions/context';
import type { ExpressionFailure } from '../../language/expressions/failure';
import { evaluateTemplate } from '../../language/expressions/evaluate';
import { parseTemplate } from '../../language/expressions/template';
import type { JsonNode } from '../../language/json/tree';
import { numberOf } from '../../language/json/parse';
import type { Value } from '../../language/json/value';
import { StepFailure } from './failure';
import { textOf } from './text';

/** What a template reads, found without evaluating it. */
export interface References {
  /** Lower-case names of actions whose outputs are read. */
  readonly actions: ReadonlySet<string>;
  /** Lower-case names of parameters. */
  readonly parameters: ReadonlySet<string>;
  /** Lower-case names of variables. */
  readonly variables: ReadonlySet<string>;
  readonly trigger: boolean;
  readonly item: boolean;
  /** True when an action is read whose name is itself evaluated. */
  readonly anyAction: boolean;
}

export abstract class Template {
  /** Throws a `StepFailure` with the platform's code and message. */
  abstract evaluate(context: EvaluationContext): Value;
  /** True when evaluating needs no context and never fails. */
  get constant(): boolean {
    return false;
  }
  /** Calls `visit` for each expression inside. */
  abstract expressions(visit: (expression: Expression) => void): void;
}

class Constant extends Template {
  constructor(readonly value: Value) {
    super();
  }
  evaluate(): Value {
    return this.value;
  }
  override get constant(): boolean {
    return true;
  }
  expressions(): void {
    return undefined;
  }
}

class TextValue extends Template {
  constructor(
    readonly template: TextTemplate,
    readonly text: string,
    readonly place: number,
  ) {
    super();
  }
  evaluate(context: EvaluationContext): Value {
    const outcome = evaluateTemplate({ template: this.template, problems: [], text: this.text }, context);
    if (outcome.ok) return outcome.value;
    throw new TemplateFailure(outcome.failure, this.place);
  }
  expressions(visit: (expression: Expression) => void): void {
    for (const expression of expressionsOf(this.template)) visit(expression);
  }
}

/** An expression that failed, with its place in the text of the workflow. */
export class TemplateFailure extends StepFailure {
  constructor(
    cause: ExpressionFailure,
    /** Offset of the string in the text of the workflow. */
    readonly place: number,
  ) {
    super('InvalidTemplate', cause.hint === undefined ? cause.message : `${cause.message} ${cause.hint}`);
  }
}

/** A string that cannot be parsed: the definition check names it before a run; evaluating it fails. */
class Broken extends Template {
  constructor(readonly message: string) {
    super();
  }
  evaluate(): Value {
    throw new StepFailure('InvalidTemplate', this.message);
  }
  expressions(): void {
    return undefined;
  }
}

class ArrayTemplate extends Template {
  constructor(readonly items: readonly Template[]) {
    super();
  }
  evaluate(context: EvaluationContext): Value {
    return this.items.map((item) => item.evaluate(context));
  }
  expressions(visit: (expression: Expression) => void): void {
    for (const item of this.items) item.expressions(visit);
  }
}

class ObjectTemplate extends Template {
  constructor(readonly members: readonly (readonly [string | Template, Template])[]) {
    super();
  }
  evaluate(context: EvaluationContext): Value {
    const value = new Map<string, Value>();
    for (const [name, member] of this.members) {
      const key = typeof name === 'string' ? name : textOf(name.evaluate(context));
      value.set(key, member.evaluate(context));
    }
    return value;
  }
  expressions(visit: (expression: Expression) => void): void {
    for (const [name, member] of this.members) {
      if (typeof name !== 'string') name.expressions(visit);
      member.expressions(visit);
    }
  }
}

/** Prepares a node of a definition. */
export function compile(node: JsonNode): Template {
  switch (node.kind) {
    case 'string':
      return compileText(node.value, node.start);
    case 'number':
      return new Constant(numberOf(node.text));
    case 'literal':
      return new Constant(node.value);
    case 'array': {
      const items = node.items.map(compile);
      return items.every((item) => item.constant) ? new Constant(items.map(constantValue)) : new ArrayTemplate(items);
    }
    case 'object': {
      const members = node.properties.map(({ key, value }): [string | Template, Template] => {
        const name = compileText(key.value, key.start);
        return [
          name instanceof Constant && typeof name.value === 'string' ? name.value : name,
          value === undefined ? new Constant(null) : compile(value),
        ];
      });
      const constants: [string, Value][] = [];
      for (const [name, member] of members) {
        if (typeof name === 'string' && member instanceof Constant) constants.push([name, member.value]);
      }
      return constants.length === members.length ? new Constant(new Map(constants)) : new ObjectTemplate(members);
    }
  }
}

function constantValue(template: Template): Value {
  return template instanceof Constant ? template.value : null;
}

/** Prepares a string; one that holds no expression is a constant. */
export function compileText(text: string, place = 0): Template {
  if (!text.includes('@')) return new Constant(text);
  const { template, problems } = parseTemplate(text);
  const [problem] = problems;
  if (problem !== undefined) {
    return new Broken(`The template language expression in '${text}' is not valid: ${problem.message}`);
  }
  return template.kind === 'text' ? new Constant(template.text) : new TextValue(template, text, place);
}

const readsAction = new Set([
  'outputs',
  'body',
  'actions',
  'result',
  'actionoutputs',
  'actionbody',
  'formdatavalue',
  'formdatamultivalues',
  'multipartbody',
]);
const readsTrigger = new Set([
  'trigger',
  'triggerbody',
  'triggeroutputs',
  'triggerformdatavalue',
  'triggerformdatamultivalues',
  'triggermultipartbody',
]);
const readsItem = new Set(['item', 'items']);

/** What a template reads. */
export function referencesOf(template: Template | undefined): References {
  const actions = new Set<string>();
  const parameters = new Set<string>();
  const variables = new Set<string>();
  let anyAction = false;
  let trigger = false;
  let item = false;
  template?.expressions((expression) => {
    walk(expression, (node) => {
      if (node.kind !== 'call') return;
      const name = node.name.toLowerCase();
      const [first] = node.args;
      const literal =
        first?.kind === 'literal' && typeof first.value === 'string' ? first.value.toLowerCase() : undefined;
      if (readsAction.has(name) && literal !== undefined) actions.add(literal);
      else if (readsAction.has(name)) anyAction = true;
      else if (name === 'parameters' && literal !== undefined) parameters.add(literal);
      else if (name === 'variables' && literal !== undefined) variables.add(literal);
      else if (readsTrigger.has(name)) trigger = true;
      else if (readsItem.has(name)) item = true;
    });
  });
  return { actions, parameters, variables, trigger, item, anyAction };
}
