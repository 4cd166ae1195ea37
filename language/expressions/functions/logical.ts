/** Logical and comparison functions. */
import { ArgumentError, FunctionError } from '../failure';
import { equalValues, orderOf } from '../compare';
import { anyNumber, invariantSymbols, isIntegerText, parseDouble } from '../numbers/parse';
import { symbolsOf } from '../numbers/symbols';
import { typeNameOf } from '../types';
import { anyAt, booleanAt, optionalStringAt, stringAt } from './arguments';
import type { Arguments } from './arguments';
import type { FunctionDefinition, LazyArgument, Parameter } from './definition';
import type { EvaluationContext } from '../context';

const expression: Parameter = { name: 'expression', type: 'boolean', description: 'A condition' };

function condition(args: readonly LazyArgument[], index: number, context: EvaluationContext): boolean {
  const value = args[index]?.(context);
  if (typeof value === 'boolean') return value;
  throw new ArgumentError(index, 'to be of type boolean', value, 'Compare the value, or convert it: bool(…).');
}

const and: FunctionDefinition = {
  name: 'and',
  category: 'logical',
  summary: 'True when all conditions are true.',
  details: 'Conditions after the first false one are not evaluated.',
  parameters: [{ ...expression, rest: true }],
  returns: 'boolean',
  examples: [
    { expression: 'and(true, true)', result: 'true' },
    { expression: 'and(equals(1, 1), equals(1, 2))', result: 'false' },
  ],
  lazy: true,
  evaluate: (args, context) => {
    for (let index = 0; index < args.length; index++) {
      if (!condition(args, index, context)) return false;
    }
    return true;
  },
};

const or: FunctionDefinition = {
  name: 'or',
  category: 'logical',
  summary: 'True when at least one condition is true.',
  details: 'Conditions after the first true one are not evaluated.',
  parameters: [{ ...expression, rest: true }],
  returns: 'boolean',
  examples: [
    { expression: 'or(true, false)', result: 'true' },
    { expression: 'or(equals(1, 2), equals(1, 3))', result: 'false' },
  ],
  lazy: true,
  evaluate: (args, context) => {
    for (let index = 0; index < args.length; index++) {
      if (condition(args, index, context)) return true;
    }
    return false;
  },
};

const not: FunctionDefinition = {
  name: 'not',
  category: 'logical',
  summary: 'True when the condition is false.',
  parameters: [expression],
  returns: 'boolean',
  examples: [{ expression: 'not(equals(1, 2))', result: 'true' }],
  evaluate: (args) => !booleanAt(args, 0),
};

const when: FunctionDefinition = {
  name: 'if',
  category: 'logical',
  summary: 'Returns one of two values, depending on a condition.',
  details: 'Only the value that is returned is evaluated.',
  parameters: [
    expression,
    { name: 'valueIfTrue', type: 'any', description: 'The value when the condition is true' },
    { name: 'valueIfFalse', type: 'any', description: 'The value when the condition is false' },
  ],
  returns: 'any',
  examples: [{ expression: "if(equals(1, 1), 'yes', 'no')", result: '"yes"' }],
  lazy: true,
  evaluate: (args, context) => args[condition(args, 0, context) ? 1 : 2]?.(context) ?? null,
};

const comparedWith: Parameter = {
  name: 'compareTo',
  type: ['number', 'string'],
  description: 'The value to compare with',
};
const compared: Parameter = { name: 'value', type: ['number', 'string'], description: 'The value to compare' };

const equals: FunctionDefinition = {
  name: 'equals',
  category: 'logical',
  summary: 'True when both values are equal.',
  details:
    'Numbers are compared by value, strings with case, objects and arrays member by member. true also equals 1, false 0. Null equals nothing but null.',
  parameters: [
    { name: 'object1', type: 'any', description: 'A value' },
    { name: 'object2', type: 'any', description: 'Another value' },
  ],
  returns: 'boolean',
  examples: [
    { expression: 'equals(true, 1)', result: 'true' },
    { expression: "equals('abc', 'abcd')", result: 'false' },
  ],
  evaluate: (args) => equalValues(anyAt(args, 0), anyAt(args, 1)),
};

function order(args: Arguments, name: string): number {
  const left = anyAt(args, 0);
  const right = anyAt(args, 1);
  const result = orderOf(left, right);
  if (result !== undefined) return result;
  throw new FunctionError(
    `The template language function '${name}' expects two parameters of matching types. The function was invoked with values of type '${typeNameOf(left)}' and '${typeNameOf(right)}' that do not match.`,
    'Compare two numbers or two strings; convert by int(…), float(…) or string(…).',
  );
}

function comparison(
  name: string,
  summary: string,
  holds: (order: number) => boolean,
  example: string,
): FunctionDefinition {
  return {
    name,
    category: 'logical',
    summary,
    details: 'Both values are numbers, or both are strings; strings are compared by their characters, with case.',
    parameters: [compared, comparedWith],
    returns: 'boolean',
    examples: [{ expression: example, result: 'true' }],
    evaluate: (args) => holds(order(args, name)),
  };
}

const isInt: FunctionDefinition = {
  name: 'isInt',
  category: 'string',
  summary: 'Tells whether a string is an integer.',
  parameters: [{ name: 'string', type: 'string', description: 'The string to look at' }],
  returns: 'boolean',
  examples: [
    { expression: "isInt('10')", result: 'true' },
    { expression: "isInt('1.5')", result: 'false' },
  ],
  evaluate: (args) => isIntegerText(stringAt(args, 0)),
};

const isFloat: FunctionDefinition = {
  name: 'isFloat',
  category: 'string',
  summary: 'Tells whether a string is a floating-point number.',
  parameters: [
    { name: 'string', type: 'string', description: 'The string to look at' },
    {
      name: 'locale',
      type: 'string',
      description: 'The culture whose separators count; the invariant culture when left out',
      optional: true,
      suggests: 'culture',
    },
  ],
  returns: 'boolean',
  examples: [
    { expression: "isFloat('10,000.00')", result: 'true' },
    { expression: "isFloat('10.000,00', 'de-DE')", result: 'true' },
  ],
  evaluate: (args) => {
    const value = stringAt(args, 0);
    const locale = optionalStringAt(args, 1);
    const symbols = locale === undefined ? invariantSymbols : symbolsOf(locale);
    if (symbols === undefined) throw new ArgumentError(1, 'to be a valid locale', locale);
    return parseDouble(value, anyNumber, symbols) !== undefined;
  },
};

export const logicalFunctions: readonly FunctionDefinition[] = [
  and,
  equals,
  comparison('greater', 'True when the first value is greater than the second.', (each) => each > 0, 'greater(10, 5)'),
  comparison(
    'greaterOrEquals',
    'True when the first value is greater than or equal to the second.',
    (each) => each >= 0,
    'greaterOrEquals(5, 5)',
  ),
  when,
  isFloat,
  isInt,
  comparison(
    'less',
    'True when the first value is less than the second.',
    (each) => each < 0,
    "less('apple', 'banana')",
  ),
  comparison(
    'lessOrEquals',
    'True when the first value is less than or equal to the second.',
    (each) => each <= 0,
    'lessOrEquals(10, 10)',
  ),
  not,
  or,
];
