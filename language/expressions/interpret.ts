/** Evaluates a syntax tree as it is: the quickest way for a tree that is evaluated once. */
import type { Value } from '../json/value';
import type { Access, Call, Expression } from './ast';
import { calleeOf, located } from './callee';
import type { EvaluationContext } from './context';
import { LocatedError } from './failure';
import type { LazyArgument } from './functions/definition';
import { select, written } from './selection';
import type { Source } from './selection';

/** The value of an expression of a text; `text` is quoted in messages. Throws LocatedError. */
export function interpret(ast: Expression, text: string, context: EvaluationContext): Value {
  return ast.kind === 'literal' ? ast.value : valueOf(ast, { text, start: ast.start, end: ast.end }, context);
}

function valueOf(node: Expression, source: Source, context: EvaluationContext): Value {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'call':
      return valueOfCall(node, source, context);
    case 'access':
      return valueOfAccess(node, source, context);
    case 'hole':
      throw new LocatedError(`Unable to parse template language expression '${written(source)}'.`, node);
  }
}

function valueOfAccess(node: Access, source: Source, context: EvaluationContext): Value {
  const target = valueOf(node.target, source, context);
  return select(target, valueOf(node.key, source, context), node, source);
}

function valueOfCall(node: Call, source: Source, context: EvaluationContext): Value {
  const definition = calleeOf(node);
  if (definition instanceof LocatedError) throw definition;
  try {
    if (definition.lazy === true) {
      const args = node.args.map(
        (arg): LazyArgument =>
          (inner) =>
            valueOf(arg, source, inner),
      );
      return definition.evaluate(args, context);
    }
    const values: Value[] = [];
    for (const arg of node.args) values.push(valueOf(arg, source, context));
    return definition.evaluate(values, context);
  } catch (error) {
    throw located(error, node, definition);
  }
}
