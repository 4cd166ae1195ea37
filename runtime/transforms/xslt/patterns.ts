/** Match patterns: whether a node is one that a path could lead to. Source: XSLT 1.0, section 5.2 and 5.5. */
import { NodeType, XmlAttribute } from '../../../language/expressions/xml/nodes';
import type { XmlNode } from '../../../language/expressions/xml/nodes';
import type { LocationPath, PathStep, XPath } from '../../../language/expressions/xml/xpath/ast';
import { passes, walk } from '../../../language/expressions/xml/xpath/axes';
import { evaluateXPath, filter } from '../../../language/expressions/xml/xpath/evaluate';
import type { XPathScope } from '../../../language/expressions/xml/xpath/evaluate';
import { booleanOf, nodesOf, parentOf, rootOf } from '../../../language/expressions/xml/xpath/values';
import type { NodeSet } from '../../../language/expressions/xml/xpath/values';
import { XsltError } from './failure';

/** The alternatives of a pattern. Throws `XsltError` when it is none. */
export function patternPaths(expression: XPath, text = ''): LocationPath[] {
  if (expression.kind === 'binary' && expression.operator === '|')
    return [...patternPaths(expression.left, text), ...patternPaths(expression.right, text)];
  if (expression.kind === 'call') return [{ kind: 'path', from: expression, steps: [] }];
  const isPattern =
    expression.kind === 'path' &&
    expression.steps.every((step) => step.axis === 'child' || step.axis === 'attribute' || isAnywhere(step));
  if (!isPattern) throw new XsltError(`'${text}' is no pattern.`);
  return [expression];
}

/** The priority of a rule that names none. */
export function priorityOf({ from, steps }: LocationPath): number {
  const [step] = steps;
  if (from !== 'context' || steps.length !== 1 || step === undefined || step.predicates.length > 0) return 0.5;
  switch (step.test.kind) {
    case 'name':
      return 0;
    case 'instruction':
      return step.test.target === undefined ? -0.5 : 0;
    case 'any':
      return step.test.uri === undefined ? -0.5 : -0.25;
    default:
      return -0.5;
  }
}

/** The name that a node must have to match; undefined when others may too. */
export function requiredName({ steps }: LocationPath): string | undefined {
  const test = steps.at(-1)?.test;
  return test?.kind === 'name' ? test.name.local : undefined;
}

export function matches(node: XmlNode, path: LocationPath, scope: XPathScope): boolean {
  return matchesTo(node, path, path.steps.length - 1, scope);
}

function matchesTo(node: XmlNode, path: LocationPath, last: number, scope: XPathScope): boolean {
  const step = path.steps[last];
  if (step === undefined) return last < 0 && isStart(node, path, scope);
  if (isAnywhere(step)) {
    for (let each: XmlNode | null = node; each !== null; each = parentOf(each)) {
      if (matchesTo(each, path, last - 1, scope)) return true;
    }
    return false;
  }
  if (!fits(node, step, scope)) return false;
  if (last === 0 && path.from === 'context') return true;
  const parent = parentOf(node);
  return parent !== null && matchesTo(parent, path, last - 1, scope);
}

function isStart(node: XmlNode, { from }: LocationPath, scope: XPathScope): boolean {
  if (from === 'context') return true;
  if (from === 'root') return node.nodeType === NodeType.Document;
  const context = { node: rootOf(node), position: 1, size: 1, scope };
  return nodesOf(evaluateXPath(from, context), 'The start of a pattern').includes(node);
}

function isAnywhere({ axis, test, predicates }: PathStep): boolean {
  return axis === 'descendant-or-self' && test.kind === 'node' && predicates.length === 0;
}

function fits(node: XmlNode, step: PathStep, scope: XPathScope): boolean {
  const isAttribute = node instanceof XmlAttribute;
  if (isAttribute !== (step.axis === 'attribute') || node.nodeType === NodeType.Document) return false;
  if (!passes(node, step.test, step.axis)) return false;
  if (step.predicates.length === 0) return true;
  if (!step.predicates.some(dependsOnPlace)) {
    const context = { node, position: 1, size: 1, scope };
    return step.predicates.every((predicate) => booleanOf(evaluateXPath(predicate, context)));
  }
  const parent = parentOf(node);
  if (parent === null) return false;
  const siblings: NodeSet = walk(step.axis, parent, step.test);
  return step.predicates.reduce((left, predicate) => filter(left, predicate, scope), siblings).includes(node);
}

const numeric = new Set(['count', 'sum', 'number', 'floor', 'ceiling', 'round', 'string-length', 'position', 'last']);

/** True when a predicate may ask for a place: it gives a number, or looks at one. */
function dependsOnPlace(predicate: XPath): boolean {
  const givesNumber =
    (predicate.kind === 'literal' && typeof predicate.value === 'number') ||
    predicate.kind === 'variable' ||
    predicate.kind === 'negation' ||
    (predicate.kind === 'binary' && ['+', '-', '*', 'div', 'mod'].includes(predicate.operator)) ||
    (predicate.kind === 'call' && numeric.has(predicate.name.local));
  return givesNumber || mentionsPlace(predicate);
}

function mentionsPlace(expression: XPath): boolean {
  switch (expression.kind) {
    case 'call':
      return ['position', 'last'].includes(expression.name.local) || expression.args.some(mentionsPlace);
    case 'binary':
      return mentionsPlace(expression.left) || mentionsPlace(expression.right);
    case 'negation':
      return mentionsPlace(expression.operand);
    default:
      return false;
  }
}
