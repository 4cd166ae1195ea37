/** Evaluates XPath 1.0 expressions. */
import type { XmlNode } from '../nodes';
import { XPathError } from './ast';
import type { BinaryOperator, ExpandedName, PathStep, XPath } from './ast';
import { reverseAxes, walk } from './axes';
import type { Visits } from './axes';
import { coreFunctions } from './functions';
import { booleanOf, inDocumentOrder, isNodeSet, nodesOf, numberOf, rootOf, stringOf } from './values';
import type { NodeSet, XPathValue } from './values';

export interface XPathContext {
  readonly node: XmlNode;
  /** One-based. */
  readonly position: number;
  readonly size: number;
  readonly scope: XPathScope;
}

/** What an expression sees besides nodes. */
export interface XPathScope {
  variable(name: ExpandedName): XPathValue | undefined;
  /** A function that is not of the core library. */
  function(name: ExpandedName): XPathFunction | undefined;
  /** What one expression may look at; without it there is no limit. */
  readonly budget?: Budget;
  /** How functions write numbers; without it as XPath does, never with an exponent. */
  readonly numberText?: (value: number) => string;
}

/** Ends expressions such as `//*[//*[//*]]`, which would look at a large document for hours. */
export interface Budget extends Visits {
  readonly most: number;
}

export type XPathFunction = (context: XPathContext, args: readonly XPathValue[]) => XPathValue;

/** Throws `XPathError`. */
export function evaluateXPath(expression: XPath, context: XPathContext): XPathValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'variable': {
      const value = context.scope.variable(expression.name);
      if (value === undefined) throw new XPathError(`The variable '${shown(expression.name)}' is not declared.`);
      return value;
    }
    case 'call':
      return call(expression.name, expression.args, context);
    case 'negation':
      return -numberOf(evaluateXPath(expression.operand, context));
    case 'binary':
      return binary(expression.operator, expression.left, expression.right, context);
    case 'filter': {
      const nodes = nodesOf(evaluateXPath(expression.primary, context), 'What stands before [');
      return expression.predicates.reduce((left, predicate) => filter(left, predicate, context.scope), nodes);
    }
    case 'path': {
      const { from } = expression;
      const start =
        from === 'root'
          ? [rootOf(context.node)]
          : from === 'context'
            ? [context.node]
            : nodesOf(evaluateXPath(from, context), 'What stands before /');
      return follow(start, expression.steps, context.scope);
    }
  }
}

function shown({ uri, local }: ExpandedName): string {
  return uri === null ? local : `{${uri}}${local}`;
}

function call(name: ExpandedName, args: readonly XPath[], context: XPathContext): XPathValue {
  const core = name.uri === null ? coreFunctions.get(name.local) : undefined;
  const found = core?.apply ?? context.scope.function(name);
  if (found === undefined) throw new XPathError(`The function '${shown(name)}' is not known or not supported.`);
  if (core !== undefined && (args.length < core.least || args.length > core.most))
    throw new XPathError(`The function '${name.local}' is called with ${args.length} arguments.`);
  return found(
    context,
    args.map((each) => evaluateXPath(each, context)),
  );
}

function binary(operator: BinaryOperator, left: XPath, right: XPath, context: XPathContext): XPathValue {
  const one = evaluateXPath(left, context);
  if (operator === 'or') return booleanOf(one) || booleanOf(evaluateXPath(right, context));
  if (operator === 'and') return booleanOf(one) && booleanOf(evaluateXPath(right, context));
  const other = evaluateXPath(right, context);
  switch (operator) {
    case '|':
      return inDocumentOrder([...nodesOf(one, 'What stands before |'), ...nodesOf(other, 'What stands after |')]);
    case '+':
      return numberOf(one) + numberOf(other);
    case '-':
      return numberOf(one) - numberOf(other);
    case '*':
      return numberOf(one) * numberOf(other);
    case 'div':
      return numberOf(one) / numberOf(other);
    case 'mod':
      return numberOf(one) % numberOf(other);
    default:
      return compare(operator, one, other);
  }
}

type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A comparison with a node-set holds when it holds for one of its nodes. Source: XPath 1.0, section 3.4. */
function compare(operator: Comparison, one: XPathValue, other: XPathValue): boolean {
  if (isNodeSet(one) && typeof other !== 'boolean') {
    const texts = one.map((node) => node.textContent);
    if (!isNodeSet(other)) return texts.some((text) => compareAtoms(operator, like(text, other), other));
    const others = other.map((node) => node.textContent);
    if (operator === '=' && texts.length + others.length > 64) {
      const known = new Set(others);
      return texts.some((text) => known.has(text));
    }
    return texts.some((text) => others.some((each) => compareAtoms(operator, text, each)));
  }
  if (isNodeSet(other) && !isNodeSet(one) && typeof one !== 'boolean')
    return other.some((node) => compareAtoms(operator, one, like(node.textContent, one)));
  return compareAtoms(operator, isNodeSet(one) ? one.length > 0 : one, isNodeSet(other) ? other.length > 0 : other);
}

function like(text: string, other: string | number | boolean): string | number {
  return typeof other === 'number' ? numberOf(text) : text;
}

type Atom = string | number | boolean;

function compareAtoms(operator: Comparison, one: Atom, other: Atom): boolean {
  if (operator === '=' || operator === '!=') {
    const equal =
      typeof one === 'boolean' || typeof other === 'boolean'
        ? booleanOf(one) === booleanOf(other)
        : typeof one === 'number' || typeof other === 'number'
          ? numberOf(one) === numberOf(other)
          : one === other;
    return equal === (operator === '=');
  }
  const [left, right] = [numberOf(one), numberOf(other)];
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

function follow(start: NodeSet, steps: readonly PathStep[], scope: XPathScope): NodeSet {
  let nodes: NodeSet = start;
  for (let index = 0; index < steps.length; index++) {
    let step = steps[index];
    const next = steps[index + 1];
    if (step === undefined) break;
    // `//x` names every x below: one walk, instead of one list of all nodes and then their children.
    if (isEverything(step) && next?.axis === 'child' && next.predicates.length === 0) {
      step = { ...next, axis: 'descendant' };
      index++;
    }
    nodes = take(nodes, step, scope);
  }
  return nodes;
}

function isEverything({ axis, test, predicates }: PathStep): boolean {
  return axis === 'descendant-or-self' && test.kind === 'node' && predicates.length === 0;
}

function take(nodes: NodeSet, { axis, test, predicates }: PathStep, scope: XPathScope): NodeSet {
  const found: XmlNode[] = [];
  for (const node of nodes) {
    let reached: NodeSet = walk(axis, node, test, scope.budget);
    if (scope.budget !== undefined && scope.budget.count > scope.budget.most)
      throw new XPathError(`It looks at more than '${scope.budget.most}' nodes.`);
    for (const predicate of predicates) reached = filter(reached, predicate, scope);
    if (nodes.length === 1) return reverseAxes.has(axis) ? [...reached].reverse() : reached;
    for (const each of reached) found.push(each);
  }
  return inDocumentOrder(found);
}

/** The nodes for which a predicate holds; a number asks for the node at that place. */
export function filter(nodes: NodeSet, predicate: XPath, scope: XPathScope): NodeSet {
  if (predicate.kind === 'literal' && typeof predicate.value === 'number') {
    const only = nodes[predicate.value - 1];
    return only === undefined ? [] : [only];
  }
  const size = nodes.length;
  return nodes.filter((node, index) => {
    const value = evaluateXPath(predicate, { node, position: index + 1, size, scope });
    return typeof value === 'number' ? value === index + 1 : booleanOf(value);
  });
}

/** The string that an expression gives. */
export function evaluateString(expression: XPath, context: XPathContext): string {
  return stringOf(evaluateXPath(expression, context));
}
