/** Expressions by themselves: they can be read, their functions exist and get the right number of arguments, and the types can fit. */
import { expressionsOf, walk } from '../../expressions/ast';
import type { Call, Expression } from '../../expressions/ast';
import { arityOf, findFunction, parameterAt, similarFunction } from '../../expressions/index';
import type { FunctionDefinition, Parameter } from '../../expressions/index';
import { describeType } from '../../types/valueType';
import { typesOf } from '../../types/workflowTypes';
import type { WorkflowTypes } from '../../types/workflowTypes';
import { escapedName } from '../../json/escape';
import { typeNames } from '../../expressions/types';
import type { ParsedSite, WorkflowExpressions } from '../../workflow/references';
import { sitePointer } from '../../workflow/sites';
import type { Finding, WorkflowRule } from '../rule';
import { suggestion } from '../spelling';

export const expressionsRule: WorkflowRule = {
  name: 'expressions',
  reach: 'types',
  *check({ document, project, workflow, due }) {
    const types = typesOf(document, project);
    const { expressions } = document;
    for (const site of due.sites()) {
      // A property name such as `@odata.type` is more often a name than an expression.
      if (site.isKey) continue;
      yield undefined;
      for (const judgement of judge(site, expressions, types)) {
        yield { ...judgement, path: sitePointer(workflow, site) };
      }
    }
  },
};

type Judgement = Omit<Finding, 'path'>;

function judge(site: ParsedSite, expressions: WorkflowExpressions, types: WorkflowTypes | undefined): Judgement[] {
  const found: Judgement[] = site.parsed.problems.map((problem) => ({
    code: 'expression-syntax',
    range: visible(site, expressions.rangeOf(site, problem)),
    message: problem.hint === undefined ? sentence(problem.message) : `${sentence(problem.message)} ${problem.hint}`,
  }));
  // What follows from text that could not be read would only hide the cause.
  if (found.length > 0) return found;
  for (const expression of expressionsOf(site.parsed.template)) {
    // Known from the outside in: what item() is inside of a filter() is known by the filter().
    types?.typeOf(expression, site);
    walk(expression, (node) => {
      if (node.kind === 'call') found.push(...judgeCall(node, site, expressions, types));
    });
  }
  return found;
}

/** A problem at the very end of a text still needs a character to underline. */
function visible(site: ParsedSite, range: Judgement['range']): Judgement['range'] {
  return range.end > range.start ? range : { start: Math.max(site.node.start, range.start - 1), end: range.end };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function judgeCall(
  call: Call,
  site: ParsedSite,
  expressions: WorkflowExpressions,
  types: WorkflowTypes | undefined,
): Judgement[] {
  const range = expressions.rangeOf(site, { start: call.start, end: call.start + call.name.length });
  const definition = findFunction(call.name);
  if (definition === undefined) {
    const near = similarFunction(call.name);
    return [
      {
        code: 'expression-unknown-function',
        range,
        message: `There is no function '${call.name}'.${suggestion(near)}`,
        fixes:
          near === undefined
            ? []
            : [{ title: `Change to '${near}'`, edits: [{ range, newText: escapedName(near) }], preferred: true }],
      },
    ];
  }
  const { least, most } = arityOf(definition);
  const count = call.args.length;
  if (count < least || count > most) {
    const message = `${definition.name}() takes ${amount(least, most)}, but gets ${count === 0 ? 'none' : count}.`;
    return [{ code: 'expression-arguments', range, message }];
  }
  return call.args.flatMap((argument, index) => judgeArgument(definition, argument, index, site, expressions, types));
}

function amount(least: number, most: number): string {
  if (least === most) return most === 0 ? 'no arguments' : `${most} argument${most === 1 ? '' : 's'}`;
  return most === Infinity ? `at least ${least} argument${least === 1 ? '' : 's'}` : `${least} to ${most} arguments`;
}

function judgeArgument(
  definition: FunctionDefinition,
  argument: Expression,
  index: number,
  site: ParsedSite,
  expressions: WorkflowExpressions,
  types: WorkflowTypes | undefined,
): Judgement[] {
  const parameter = parameterAt(definition, index);
  const given = types?.typeOf(argument, site);
  if (parameter === undefined || given === undefined) return [];
  const range = expressions.rangeOf(site, argument);
  if (!given.may(parameter.type)) {
    const expected = typeNames(parameter.type).join(' or ');
    const shown = describeType(given, 0);
    const message = `${definition.name}() wants ${expected} for '${parameter.name}', but this is ${shown}.`;
    return [{ code: 'expression-type', range, message }];
  }
  return judgeValue(parameter, argument, range);
}

function judgeValue(parameter: Parameter, argument: Expression, range: Judgement['range']): Judgement[] {
  if (parameter.values === undefined || argument.kind !== 'literal' || typeof argument.value !== 'string') return [];
  const wanted = argument.value.toLowerCase();
  if (parameter.values.some((each) => each.toLowerCase() === wanted)) return [];
  const message = `'${parameter.name}' is one of ${parameter.values.join(', ')}.`;
  return [{ code: 'expression-type', range, message }];
}
