/** Syntax trees as closures: a tree is compiled once and evaluated as often as needed, without looking at it again. */
import type { Value } from '../json/value';
import type { Access, Call, Evaluator, Expression } from './ast';
import { calleeOf, located } from './callee';
import type { EvaluationContext } from './context';
import { LocatedError } from './failure';
import type { EagerFunction } from './functions/definition';
import { select, written } from './selection';
import type { Source } from './selection';

/** Compiles an expression of a text; `text` is quoted in messages. */
export function compile(ast: Expression, text: string): Evaluator {
  return compiled(ast, { text, start: ast.start, end: ast.end });
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
  const definition = calleeOf(node);
  if (definition instanceof LocatedError) return thrower(definition);
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
    return (context) => step(root(context), only, context);
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
    for (const each of steps) value = step(value, each, context);
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

function step(value: Value, { node, constant, key, source }: Step, context: EvaluationContext): Value {
  return select(value, key === undefined ? (constant ?? null) : key(context), node, source);
}
