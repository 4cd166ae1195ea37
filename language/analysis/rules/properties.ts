/** Properties and items that a value is known not to have: `body('Parse')?['nmae']`, a property of an array, an index of an object. */
import { expressionsOf, walk } from '../../expressions/ast';
import type { Access } from '../../expressions/ast';
import { escapedName } from '../../json/escape';
import type { Fix } from '../../text/diagnostic';
import { describeType } from '../../types/valueType';
import type { ValueType } from '../../types/valueType';
import { typesOf } from '../../types/workflowTypes';
import type { WorkflowTypes } from '../../types/workflowTypes';
import type { ParsedSite, WorkflowExpressions } from '../../workflow/references';
import { sitePointer } from '../../workflow/sites';
import type { Finding, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const propertiesRule: WorkflowRule = {
  name: 'properties',
  reach: 'types',
  *check({ document, project, workflow, due }) {
    const types = typesOf(document, project);
    if (types === undefined) return;
    const { expressions } = document;
    for (const site of due.sites()) {
      if (site.isKey || site.parsed.problems.length > 0) continue;
      yield undefined;
      for (const judgement of judge(site, expressions, types)) {
        yield { ...judgement, path: sitePointer(workflow, site) };
      }
    }
  },
};

type Judgement = Omit<Finding, 'path'>;

function judge(site: ParsedSite, expressions: WorkflowExpressions, types: WorkflowTypes): Judgement[] {
  const found: Judgement[] = [];
  for (const expression of expressionsOf(site.parsed.template)) {
    types.typeOf(expression, site);
    walk(expression, (node) => {
      if (node.kind !== 'access') return;
      const judgement = judgeAccess(node, site, expressions, types) ?? judgeNull(node, site, expressions);
      if (judgement !== undefined) found.push(judgement);
    });
  }
  return found;
}

function judgeAccess(
  node: Access,
  site: ParsedSite,
  expressions: WorkflowExpressions,
  types: WorkflowTypes,
): Judgement | undefined {
  if (node.key.kind !== 'literal') return undefined;
  const { value } = node.key;
  const type = types.typeOf(node.target, site);
  if (type.isAny || type.names.every((name) => name === 'null')) return undefined;
  const range = expressions.rangeOf(site, node.key);
  if (type.may('object')) {
    if (typeof value === 'string') return unknownProperty(type, value, node, site, expressions);
    if (type.may('array') || typeof value !== 'number') return undefined;
    return {
      code: 'expression-type',
      range,
      message: `This is ${describeType(type)}: its members have names, not numbers.`,
    };
  }
  if (type.may('array')) {
    if (typeof value !== 'string') return undefined;
    const message = `This is ${describeType(type)}: '${value}' can be taken of one of its items only, as in first(…)?['${value}'].`;
    return { code: 'expression-type', range, message };
  }
  return { code: 'expression-type', range, message: `This is ${describeType(type)}, which has no members.` };
}

function unknownProperty(
  type: ValueType,
  name: string,
  node: Access,
  site: ParsedSite,
  expressions: WorkflowExpressions,
): Judgement | undefined {
  const { members } = type;
  const canBeOther = type.may('array') || type.may('string');
  if (members?.closed !== true || canBeOther || type.member(name) !== undefined) return undefined;
  const names = [...members.all.keys()];
  // Of very short names, any is near any other.
  const near = name.length < 4 && members.bySchema === true ? undefined : nearest(name, names);
  const known = names.length === 0 ? 'it has none' : `it has ${listOf(names)}`;
  const source = members.bySchema === true ? 'The schema knows no' : 'There is no';
  return {
    code: 'expression-unknown-property',
    // A schema does not keep other properties out, so that one without a likely slip may be meant.
    ...(members.bySchema === true && near === undefined ? { severity: 'information' as const } : {}),
    range: expressions.rangeOf(site, node.key),
    message: `${source} property '${name}' here: ${known}.${suggestion(near)}`,
    ...(near === undefined ? {} : { fixes: [rename(node, near, site, expressions)] }),
  };
}

const MOST_NAMES = 8;

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

function rename(node: Access, name: string, site: ParsedSite, expressions: WorkflowExpressions): Fix {
  // Between the quotes, or the whole of a name behind a dot.
  const { start, end } = node.key;
  const range = expressions.rangeOf(site, node.dotted ? { start, end } : { start: start + 1, end: end - 1 });
  return { title: `Change to '${name}'`, edits: [{ range, newText: escapedName(name) }], preferred: true };
}

/** `a?['b']['c']` fails where `b` is missing, although the question mark says that it may be. */
function judgeNull(node: Access, site: ParsedSite, expressions: WorkflowExpressions): Judgement | undefined {
  if (node.safe || node.target.kind !== 'access' || !node.target.safe) return undefined;
  const at = expressions.rangeOf(site, { start: node.operator, end: node.operator });
  return {
    code: 'expression-null-access',
    range: expressions.rangeOf(site, { start: node.operator, end: node.key.end }),
    message: "The value before this may be null, as the '?' there says; without a '?' here too, the action fails then.",
    fixes: [{ title: "Add '?'", edits: [{ range: at, newText: '?' }], preferred: true }],
  };
}
