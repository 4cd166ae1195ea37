/** Syntax trees as closures: a tree is compiled once and evaluated as often as needed, without looking at it again. */
import { contentOf } from '../json/content';
import { Double, isInteger } from '../json/value';
import type { Value } from '../json/value';
import { XmlValue } from '../json/xmlValue';
import type { Access, Call, Expression } from './ast';
import type { EvaluationContext } from './context';
import { ArgumentError, FunctionError, LocatedError, usage } from './failure';
import { arityOf, parameterAt, signatureOf } from './functions/definition';
import type { FunctionDefinition } from './functions/definition';
import { findFunction, similarFunction } from './functions/registry';
import { memberOf } from './names';
import { typeNameOf } from './types';

/** Throws LocatedError. */
export type Evaluator = (context: EvaluationContext) => Value;

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const counts = ['no', 'one', 'two', 'three', 'four'];

/** Compiles an expression of a text; `text` is quoted in messages. */
export function compile(ast: Expression, text: string): Evaluator {
  return new Compiler(text.slice(ast.start, ast.end)).expression(ast);
}

class Compiler {
  constructor(readonly text: string) {}

  expression(node: Expression): Evaluator {
    switch (node.kind) {
      case 'literal': {
        const value = node.value;
        return () => value;
      }
      case 'call':
        return this.#call(node);
      case 'access':
        return this.#access(node);
      case 'hole':
        return thrower(new LocatedError(`Unable to parse template language expression '${this.text}'.`, node));
    }
  }

  #call(node: Call): Evaluator {
    const definition = findFunction(node.name);
    if (definition === undefined) {
      const similar = similarFunction(node.name);
      const hint = similar === undefined ? undefined : `Did you mean '${similar}'?`;
      const message = `The template function '${node.name}' is not defined or not valid.`;
      return thrower(new LocatedError(message, { start: node.start, end: node.start + node.name.length }, hint));
    }
    const wrong = arityMessage(definition, node.args.length);
    if (wrong !== undefined)
      return thrower(new LocatedError(wrong, node, `It is called as ${signatureOf(definition)}.`));
    const args = node.args.map((arg) => this.expression(arg));
    if (definition.lazy === true) {
      return (context) => {
        try {
          return definition.evaluate(args, context);
        } catch (error) {
          throw located(error, node, definition);
        }
      };
    }
    return eager(definition.evaluate, node, args, definition);
  }

  #access(node: Access): Evaluator {
    const steps: Step[] = [];
    let target: Expression = node;
    while (target.kind === 'access') {
      const key = target.key;
      const constant = key.kind === 'literal' ? key.value : undefined;
      steps.push({ node: target, constant, key: this.expression(key) });
      target = target.target;
    }
    steps.reverse();
    const root = this.expression(target);
    const text = this.text;
    const [only] = steps;
    if (steps.length === 1 && only !== undefined) return (context) => select(root(context), only, context, text);
    return (context) => {
      let value = root(context);
      for (const step of steps) value = select(value, step, context, text);
      return value;
    };
  }
}

type EagerEvaluate = (args: readonly Value[], context: EvaluationContext) => Value;

function eager(
  evaluate: EagerEvaluate,
  node: Call,
  args: readonly Evaluator[],
  definition: FunctionDefinition,
): Evaluator {
  const invoke = (values: readonly Value[], context: EvaluationContext): Value => {
    try {
      return evaluate(values, context);
    } catch (error) {
      throw located(error, node, definition);
    }
  };
  if (node.args.every((arg) => arg.kind === 'literal')) {
    const values = node.args.map((arg) => (arg.kind === 'literal' ? arg.value : null));
    return (context) => invoke(values, context);
  }
  const [first, second, third] = args;
  if (args.length === 1 && first !== undefined) return (context) => invoke([first(context)], context);
  if (args.length === 2 && first !== undefined && second !== undefined) {
    return (context) => invoke([first(context), second(context)], context);
  }
  if (args.length === 3 && first !== undefined && second !== undefined && third !== undefined) {
    return (context) => invoke([first(context), second(context), third(context)], context);
  }
  return (context) => {
    const values: Value[] = [];
    for (const arg of args) values.push(arg(context));
    return invoke(values, context);
  };
}

function thrower(error: LocatedError): Evaluator {
  return () => {
    throw error;
  };
}

/** One `.name` or `[…]`. */
interface Step {
  readonly node: Access;
  readonly constant: Value | undefined;
  readonly key: Evaluator;
}

function select(value: Value, step: Step, context: EvaluationContext, text: string): Value {
  const key = step.constant === undefined ? step.key(context) : step.constant;
  if (value instanceof Map) {
    if (typeof key !== 'string')
      throw unusable(step.node, text, key, 'Properties of an object are selected by strings.');
    const member: Value | undefined = value.get(key) ?? memberOf(value, key);
    if (member !== undefined) return member;
    if (step.node.safe) return null;
    throw missing(step.node, text, key, [...(value as ReadonlyMap<string, Value>).keys()]);
  }
  if (value === null) {
    if (step.node.safe) return null;
    throw unusable(step.node, text, key, 'The value before it is null.', `Use '?' to get null instead: ?[…].`);
  }
  if (Array.isArray(value)) {
    if (!isInteger(key)) {
      throw unusable(step.node, text, key, 'Array elements can only be selected using an integer index.');
    }
    const item: Value | undefined = typeof key === 'number' ? value[key] : undefined;
    if (item !== undefined) return item;
    if (step.node.safe) return null;
    throw outside(step.node, text, key, value.length);
  }
  if (value instanceof XmlValue) return select(contentOf(value), step, context, text);
  throw unusable(step.node, text, key, `Property selection is not supported on values of type '${typeNameOf(value)}'.`);
}

function cannot(node: Access, text: string, because: string, hint?: string): LocatedError {
  const message = `The template language expression '${text}' cannot be evaluated because ${because} ${usage()}`;
  return new LocatedError(message, { start: node.key.start, end: node.key.end }, hint);
}

function missing(node: Access, text: string, name: string, available: readonly string[]): LocatedError {
  const because = `property '${name}' doesn't exist, available properties are '${available.join(', ')}'.`;
  const similar = available.find(
    (each) => each.replace(/[\s_-]/g, '').toLowerCase() === name.replace(/[\s_-]/g, '').toLowerCase(),
  );
  return cannot(
    node,
    text,
    because,
    similar === undefined ? `Use ?['${name}'] to get null instead.` : `Did you mean '${similar}'?`,
  );
}

function outside(node: Access, text: string, index: number | bigint, length: number): LocatedError {
  const bounds = length === 0 ? 'the array is empty' : `the bounds are (0, ${length - 1})`;
  return cannot(
    node,
    text,
    `array index '${index}' is outside bounds of the array: ${bounds}.`,
    `Use ?[${index}] to get null instead.`,
  );
}

function unusable(node: Access, text: string, key: Value, reason: string, hint?: string): LocatedError {
  const name =
    key === null
      ? 'null'
      : key instanceof Double
        ? String(key.value)
        : typeof key === 'object'
          ? typeNameOf(key)
          : String(key);
  return cannot(node, text, `property '${name}' cannot be selected. ${reason}`, hint);
}

/** What is wrong with the number of arguments, in the platform's form. */
export function arityMessage(definition: FunctionDefinition, given: number): string | undefined {
  const { least, most } = arityOf(definition);
  if (given >= least && given <= most) return undefined;
  const word = (count: number): string => counts[count] ?? String(count);
  const plural = (count: number): string => (count === 1 ? 'parameter' : 'parameters');
  const expected =
    most === Infinity
      ? `at least ${word(least)} ${plural(least)}`
      : least === most
        ? `${word(least)} ${plural(least)}`
        : `${word(least)} to ${word(most)} parameters`;
  return `The template language function '${definition.name}' expects ${expected}. The function was invoked with '${given}' parameter(s). ${usage(definition.name)}`;
}

/** Gives what a function threw its place and its whole sentence. */
function located(error: unknown, node: Call, definition: FunctionDefinition): unknown {
  if (error instanceof ArgumentError) {
    const parameter = parameterAt(definition, error.index);
    const single = definition.parameters.length === 1 && parameter?.rest !== true;
    const which = single ? 'parameter' : `${ordinals[error.index] ?? `${error.index + 1}th`} parameter`;
    const name = parameter === undefined ? '' : ` '${parameter.name}'`;
    const given = error.given === undefined ? '' : ` The provided value is of type '${typeNameOf(error.given)}'.`;
    const message = `The template language function '${definition.name}' expects its ${which}${name} ${error.expectation}.${given} ${usage(definition.name)}`;
    return new LocatedError(message, node.args[error.index] ?? node, error.hint ?? nullHint(error.given));
  }
  return error instanceof FunctionError ? new LocatedError(error.message, node, error.hint) : error;
}

function nullHint(given: Value | undefined): string | undefined {
  return given === null ? 'Give it another value when there is none: coalesce(…, …).' : undefined;
}
