/** Syntax trees as closures: a tree is compiled once and evaluated as often as needed, without looking at it again. */
import { contentOf } from '../json/content';
import { isInteger, isObject, isArray } from '../json/value';
import type { Value } from '../json/value';
import { XmlValue } from '../json/xmlValue';
import type { Access, Call, Evaluator, Expression } from './ast';
import type { EvaluationContext } from './context';
import { ArgumentError, FunctionError, LocatedError, usage } from './failure';
import { arityOf, parameterAt, signatureOf } from './functions/definition';
import type { EagerFunction, FunctionDefinition } from './functions/definition';
import { findEntry, similarFunction } from './functions/registry';
import { memberOf } from './names';
import { typeNameOf } from './types';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const counts = ['no', 'one', 'two', 'three', 'four'];

/** Compiles an expression of a text; `text` is quoted in messages. */
export function compile(ast: Expression, text: string): Evaluator {
  return compiled(ast, { text, start: ast.start, end: ast.end });
}

/** The whole expression, as messages quote it. */
interface Source {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function written(source: Source): string {
  return source.text.slice(source.start, source.end);
}

function compiled(node: Expression, source: Source): Evaluator {
  switch (node.kind) {
    case 'literal': {
      const value = node.value;
      return () => value;
    }
    case 'call':
      return compiledCall(node, source);
    case 'access':
      return compiledAccess(node, source);
    case 'hole':
      return thrower(new LocatedError(`Unable to parse template language expression '${written(source)}'.`, node));
  }
}

function compiledCall(node: Call, source: Source): Evaluator {
  const entry = findEntry(node.name);
  if (entry === undefined) {
    const similar = similarFunction(node.name);
    const hint = similar === undefined ? undefined : `Did you mean '${similar}'?`;
    const message = `The template function '${node.name}' is not defined or not valid.`;
    return thrower(new LocatedError(message, { start: node.start, end: node.start + node.name.length }, hint));
  }
  const { definition, arity } = entry;
  if (node.args.length < arity.least || node.args.length > arity.most) {
    const message = arityMessage(definition, node.args.length) ?? '';
    return thrower(new LocatedError(message, node, `It is called as ${signatureOf(definition)}.`));
  }
  if (definition.lazy !== true) return eagerCall(definition, node, source);
  const args = node.args.map((arg) => compiled(arg, source));
  return (context) => {
    try {
      return definition.evaluate(args, context);
    } catch (error) {
      throw located(error, node, definition);
    }
  };
}

/** One closure a call, by the number of arguments: what arguments throw has its place already and passes through. */
function eagerCall(definition: EagerFunction, node: Call, source: Source): Evaluator {
  const { evaluate } = definition;
  const constants = constantsOf(node.args);
  if (constants !== undefined) {
    return (context) => {
      try {
        return evaluate(constants, context);
      } catch (error) {
        throw located(error, node, definition);
      }
    };
  }
  const args: Evaluator[] = [];
  for (const arg of node.args) args.push(compiled(arg, source));
  const [first, second] = args;
  if (args.length === 1 && first !== undefined) {
    return (context) => {
      try {
        return evaluate([first(context)], context);
      } catch (error) {
        throw located(error, node, definition);
      }
    };
  }
  if (args.length === 2 && first !== undefined && second !== undefined) {
    return (context) => {
      try {
        return evaluate([first(context), second(context)], context);
      } catch (error) {
        throw located(error, node, definition);
      }
    };
  }
  return (context) => {
    try {
      const values: Value[] = [];
      for (const arg of args) values.push(arg(context));
      return evaluate(values, context);
    } catch (error) {
      throw located(error, node, definition);
    }
  };
}

const noValues: readonly Value[] = [];

/** The values of arguments that are all literals. */
function constantsOf(args: readonly Expression[]): readonly Value[] | undefined {
  if (args.length === 0) return noValues;
  const values: Value[] = [];
  for (const arg of args) {
    if (arg.kind !== 'literal') return undefined;
    values.push(arg.value);
  }
  return values;
}

function compiledAccess(node: Access, source: Source): Evaluator {
  if (node.target.kind !== 'access') {
    const root = compiled(node.target, source);
    const only = stepOf(node, source);
    return (context) => select(root(context), only, context);
  }
  const steps: Step[] = [];
  let target: Expression = node;
  while (target.kind === 'access') {
    steps.push(stepOf(target, source));
    target = target.target;
  }
  steps.reverse();
  const root = compiled(target, source);
  return (context) => {
    let value = root(context);
    for (const step of steps) value = select(value, step, context);
    return value;
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
  /** Undefined when the key has to be evaluated. */
  readonly constant: Value | undefined;
  readonly key: Evaluator | undefined;
  readonly source: Source;
}

function stepOf(node: Access, source: Source): Step {
  return node.key.kind === 'literal'
    ? { node, constant: node.key.value, key: undefined, source }
    : { node, constant: undefined, key: compiled(node.key, source), source };
}

function select(value: Value, step: Step, context: EvaluationContext): Value {
  const key = step.key === undefined ? (step.constant ?? null) : step.key(context);
  if (isObject(value) && typeof key === 'string') {
    const member: Value | undefined = value.get(key) ?? memberOf(value, key);
    if (member !== undefined) return member;
    if (step.node.safe) return null;
    throw missing(step, key, [...value.keys()]);
  }
  return selectOther(value, key, step);
}

/** Everything but a property of an object. */
function selectOther(value: Value, key: Value, step: Step): Value {
  if (value === null) {
    if (step.node.safe) return null;
    throw unusable(step, key, 'The value before it is null.', `Use '?' to get null instead: ?[…].`);
  }
  if (isArray(value)) {
    if (!isInteger(key)) throw unusable(step, key, 'Array elements can only be selected using an integer index.');
    const item: Value | undefined = typeof key === 'number' ? value[key] : undefined;
    if (item !== undefined) return item;
    if (step.node.safe) return null;
    throw outside(step, key, value.length);
  }
  if (value instanceof XmlValue && typeof key === 'string') {
    const member = memberOf(contentOf(value), key);
    if (member !== undefined || step.node.safe) return member ?? null;
    throw missing(step, key, ['$content-type', '$content']);
  }
  if (isObject(value) || value instanceof XmlValue) {
    throw unusable(step, key, 'Properties of an object are selected by strings.');
  }
  throw unusable(step, key, `Property selection is not supported on values of type '${typeNameOf(value)}'.`);
}

function cannot(step: Step, because: string, hint?: string): LocatedError {
  const message = `The template language expression '${written(step.source)}' cannot be evaluated because ${because} ${usage()}`;
  const { start, end } = step.node.key;
  return new LocatedError(message, { start, end }, hint);
}

function missing(step: Step, name: string, available: readonly string[]): LocatedError {
  const because = `property '${name}' doesn't exist, available properties are '${available.join(', ')}'.`;
  const plain = (text: string): string => text.replace(/[\s_-]/g, '').toLowerCase();
  const similar = available.find((each) => plain(each) === plain(name));
  return cannot(
    step,
    because,
    similar === undefined ? `Use ?['${name}'] to get null instead.` : `Did you mean '${similar}'?`,
  );
}

function outside(step: Step, index: number | bigint, length: number): LocatedError {
  const because =
    length === 0
      ? `array index '${index}' cannot be selected from empty array.`
      : `array index '${index}' is outside bounds (0, ${length - 1}) of array.`;
  return cannot(step, because, `Use ?[${index}] to get null instead.`);
}

function unusable(step: Step, key: Value, reason: string, hint?: string): LocatedError {
  const name = key === null || typeof key === 'object' ? typeNameOf(key) : typeof key === 'string' ? key : String(key);
  return cannot(step, `property '${name}' cannot be selected. ${reason}`, hint);
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
    const given = error.given === undefined ? '' : ` The provided value is of type '${typeNameOf(error.given)}'.`;
    const message = `The template language function '${definition.name}' expects its ${which} ${error.expectation}.${given} ${usage(definition.name)}`;
    const hint = error.hint ?? nullHint(error.given) ?? `It is called as ${signatureOf(definition)}.`;
    return new LocatedError(message, node.args[error.index] ?? node, hint);
  }
  if (!(error instanceof FunctionError)) return error;
  const argument = error.argument === undefined ? undefined : node.args[error.argument];
  return new LocatedError(error.message, argument ?? node, error.hint);
}

function nullHint(given: Value | undefined): string | undefined {
  return given === null ? 'Give it another value when there is none: coalesce(…, …).' : undefined;
}
