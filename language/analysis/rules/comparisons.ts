/**
 * Comparisons whose outcome is known before the run: of values that can never be equal because of their types, of constants, of a
 * value with itself. How the platform compares is told in `expressions/compare.ts`.
 */
import { expressionsOf, walk } from '../../expressions/ast';
import type { Expression } from '../../expressions/ast';
import { equalValues, orderOf } from '../../expressions/compare';
import { print } from '../../expressions/print';
import { parseTemplate } from '../../expressions/template';
import type { TypeName } from '../../expressions/types';
import { isArray, isObject } from '../../json/value';
import type { Value } from '../../json/value';
import type { JsonNode } from '../../json/tree';
import { pointerOf } from '../../json/path';
import type { TextRange } from '../../text/range';
import { describeType } from '../../types/valueType';
import type { ValueType } from '../../types/valueType';
import { typesOf } from '../../types/workflowTypes';
import type { WorkflowTypes } from '../../types/workflowTypes';
import type { Action } from '../../workflow/model';
import { sitePointer } from '../../workflow/sites';
import type { Finding, WorkflowRule } from '../rule';

export const comparisonsRule: WorkflowRule = {
  name: 'comparisons',
  reach: 'types',
  *check({ document, project, workflow, due }) {
    const types = typesOf(document, project);
    if (types === undefined) return;
    const { expressions } = document;
    for (const site of due.sites()) {
      if (site.isKey || site.parsed.problems.length > 0) continue;
      yield undefined;
      const found: { readonly node: Expression; readonly verdict: Verdict }[] = [];
      for (const expression of expressionsOf(site.parsed.template)) {
        types.typeOf(expression, site);
        walk(expression, (node) => {
          if (node.kind !== 'call') return;
          const [left, right] = node.args;
          if (left === undefined || right === undefined || node.args.length !== 2) return;
          const verdict =
            judge(node.name, types.typeOf(left, site), types.typeOf(right, site)) ?? judgeSame(node.name, left, right);
          if (verdict !== undefined) found.push({ node, verdict });
        });
      }
      for (const { node, verdict } of found) {
        yield { ...verdict, range: expressions.rangeOf(site, node), path: sitePointer(workflow, site) };
      }
    }
    for (const action of due.actions()) {
      if (action.type === 'If' || action.type === 'Until') yield* structured(action, types);
    }
  },
};

type Verdict = Omit<Finding, 'range' | 'path'>;

/** Conditions written as objects: `{ "and": [ { "equals": ["@…", 5] } ] }`. */
function* structured(action: Action, types: WorkflowTypes): Iterable<Finding> {
  const expression = action.node?.properties.find(({ key }) => key.value === 'expression')?.value;
  if (expression !== undefined) yield* conditionsIn(expression, ['expression'], action, types);
}

function* conditionsIn(
  node: JsonNode,
  path: readonly (string | number)[],
  action: Action,
  types: WorkflowTypes,
): Iterable<Finding> {
  if (node.kind === 'array') {
    for (const [index, item] of node.items.entries()) yield* conditionsIn(item, [...path, index], action, types);
  }
  if (node.kind !== 'object') return;
  for (const { key, value } of node.properties) {
    if (value === undefined) continue;
    const inside = [...path, key.value];
    const [left, right] = value.kind === 'array' ? value.items : [];
    if (isComparison(key.value) && left !== undefined && right !== undefined) {
      const place = { owner: action, path: inside };
      const verdict =
        judge(key.value, types.typeOfNode(left, place), types.typeOfNode(right, place)) ??
        judgeSame(key.value, expressionOf(left), expressionOf(right));
      const range: TextRange = { start: key.start, end: value.end };
      if (verdict !== undefined) yield { ...verdict, range, path: action.path + pointerOf(inside) };
    } else {
      yield* conditionsIn(value, inside, action, types);
    }
  }
}

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  greater: (order) => order > 0,
  greaterorequals: (order) => order >= 0,
  less: (order) => order < 0,
  lessorequals: (order) => order <= 0,
};

function isComparison(name: string): boolean {
  const wanted = name.toLowerCase();
  return wanted === 'equals' || orders[wanted] !== undefined;
}

function judge(name: string, left: ValueType, right: ValueType): Verdict | undefined {
  const wanted = name.toLowerCase();
  if (!isComparison(wanted)) return undefined;
  const known = constantOutcome(wanted, left.constant, right.constant);
  if (known !== undefined) return constant(known);
  if (left.isAny || right.isAny) return undefined;
  const words = `${describeType(left, 0)} with ${describeType(right, 0)}`;
  if (wanted === 'equals') {
    if (canBeEqual(left, right)) return undefined;
    return {
      code: 'comparison-types',
      message: `This compares ${words}, which are never equal.${advice(left, right)}`,
    };
  }
  if (isOrdered(left, right)) return undefined;
  const message = `${name}() compares two numbers or two strings; this compares ${words}, which fails.${advice(left, right)}`;
  return { code: 'comparison-types', message };
}

function advice(left: ValueType, right: ValueType): string {
  const isMixed = (left.may('number') && right.may('string')) || (left.may('string') && right.may('number'));
  return isMixed ? ' Write the number without quotes, or convert one side by int(…) or string(…).' : '';
}

function constant(outcome: boolean): Verdict {
  return { code: 'condition-constant', message: `This comparison is always ${outcome}.` };
}

function constantOutcome(name: string, left: Value | undefined, right: Value | undefined): boolean | undefined {
  if (left === undefined || right === undefined || isArray(left) || isObject(left)) return undefined;
  if (name === 'equals') return equalValues(left, right);
  const order = orderOf(left, right);
  return order === undefined ? undefined : orders[name]?.(order);
}

/** The expression that a text is as a whole. */
function expressionOf(node: JsonNode): Expression | undefined {
  if (node.kind !== 'string' || !node.value.startsWith('@')) return undefined;
  const { template, problems } = parseTemplate(node.value);
  return template.kind === 'expression' && problems.length === 0 ? template.expression : undefined;
}

/** A value compared with itself, unless it is another one every time. */
function judgeSame(name: string, left: Expression | undefined, right: Expression | undefined): Verdict | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (!isComparison(name) || left.kind === 'literal' || left.kind === 'hole') return undefined;
  const text = print(left).toLowerCase();
  if (text !== print(right).toLowerCase() || /\b(guid|rand|utcnow|getfuturetime|getpasttime)\(/.test(text))
    return undefined;
  return constant(name.toLowerCase() === 'equals' || name.toLowerCase().endsWith('orequals'));
}

type Family = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

const families: Readonly<Record<Exclude<TypeName, 'any'>, Family>> = {
  null: 'null',
  boolean: 'boolean',
  integer: 'number',
  float: 'number',
  decimal: 'number',
  number: 'number',
  string: 'string',
  timestamp: 'string',
  array: 'array',
  object: 'object',
  binary: 'object',
  xml: 'object',
};

function familiesOf(type: ValueType): Set<Family> {
  return new Set(type.names.flatMap((name) => (name === 'any' ? [] : [families[name]])));
}

/** What an action that was skipped gives is null, whatever its type; true also equals 1 and its own text. */
function canBeEqual(left: ValueType, right: ValueType): boolean {
  const [a, b] = [familiesOf(left), familiesOf(right)];
  if ((a.has('null') && right.constant === undefined) || (b.has('null') && left.constant === undefined)) return true;
  const isLoose = (one: Set<Family>, other: Set<Family>): boolean =>
    one.has('boolean') && (other.has('string') || other.has('number'));
  return [...a].some((family) => b.has(family)) || isLoose(a, b) || isLoose(b, a);
}

function isOrdered(left: ValueType, right: ValueType): boolean {
  const [a, b] = [familiesOf(left), familiesOf(right)];
  return (a.has('number') && b.has('number')) || (a.has('string') && b.has('string'));
}
