/**
 * Calls that fail whatever happens, because all they are given stands in the text: int('abc'), a division by zero, a time zone that
 * does not exist. They are evaluated as they would be in a run.
 */
import { timeZone } from '../../expressions/dates/zones';
import { expressionsOf, walk } from '../../expressions/ast';
import type { Call, ParsedTemplate } from '../../expressions/ast';
import {
  arityOf,
  evaluateExpression,
  evaluateJsonContext,
  findFunction,
  parameterAt,
  print,
} from '../../expressions/index';
import type { FunctionDefinition } from '../../expressions/index';
import type { TextRange } from '../../text/range';
import { sitePointer } from '../../workflow/sites';
import type { WorkflowRule } from '../rule';

export const constantCallsRule: WorkflowRule = {
  name: 'constantCalls',
  reach: 'operation',
  *check({ document, workflow, due }) {
    const { expressions } = document;
    for (const site of due.sites()) {
      if (site.isKey || site.parsed.problems.length > 0) continue;
      for (const { range, message } of failuresOf(site.parsed)) {
        yield {
          code: 'expression-type',
          range: expressions.rangeOf(site, range),
          path: sitePointer(workflow, site),
          message,
        };
      }
    }
  },
};

interface Failure {
  readonly range: TextRange;
  readonly message: string;
}

const none: readonly Failure[] = [];
const known = new WeakMap<ParsedTemplate, readonly Failure[]>();

function failuresOf(parsed: ParsedTemplate): readonly Failure[] {
  let failures = known.get(parsed);
  if (failures === undefined) {
    const found: Failure[] = [];
    for (const expression of expressionsOf(parsed.template)) {
      walk(expression, (node) => {
        if (node.kind !== 'call') return;
        const definition = findFunction(node.name);
        if (definition !== undefined) found.push(...judge(node, definition));
      });
    }
    failures = found.length === 0 ? none : found;
    known.set(parsed, failures);
  }
  return failures;
}

/** Functions whose result can be large, and those that read more than their arguments. */
const leftOut: ReadonlySet<string> = new Set(['range', 'rand', 'item', 'parsedatetime']);

function judge(call: Call, definition: FunctionDefinition): Failure[] {
  const { least, most } = arityOf(definition);
  if (call.args.length < least || call.args.length > most) return [];
  const zones = call.args.flatMap((argument, index): Failure[] => {
    if (parameterAt(definition, index)?.suggests !== 'timeZone') return [];
    if (argument.kind !== 'literal' || typeof argument.value !== 'string') return [];
    if (timeZone(argument.value) !== undefined) return [];
    return [
      {
        range: argument,
        message: `'${argument.value}' is not the name of a time zone, such as 'UTC' or 'W. Europe Standard Time'.`,
      },
    ];
  });
  if (zones.length > 0) return zones;
  const { category, name, lazy } = definition;
  const isConstant = call.args.length > 0 && call.args.every(({ kind }) => kind === 'literal');
  if (!isConstant || lazy === true || category === 'workflow' || leftOut.has(name.toLowerCase())) return [];
  // Arguments of a wrong type are told by the rule about expressions.
  const outcome = evaluateExpression({ ast: call, problems: [], text: print(call) }, evaluateJsonContext());
  if (outcome.ok || /is of type '|to be of type/.test(outcome.failure.message)) return [];
  const { message, hint } = outcome.failure;
  return [{ range: call, message: hint === undefined ? message : `${message} ${hint}` }];
}
