/** Math functions. */
import { isArray } from '../../json/value';
import type { Value } from '../../json/value';
import { ArgumentError, FunctionError } from '../failure';
import { ArithmeticFault, calculate, extreme } from '../numbers/arithmetic';
import type { Operation } from '../numbers/arithmetic';
import type { Numeric } from '../numbers/decimal';
import { anyAt, integerAt, isNumeric } from './arguments';
import type { Arguments } from './arguments';
import type { Example, FunctionDefinition, Parameter } from './definition';

/** The documentation's limits on the number of items and on the sum of both arguments. */
const MAX_RANGE = 100_000;
const MAX_RANGE_END = 2_147_483_647;

function numberAt(args: Arguments, index: number): Numeric {
  const value = args[index];
  if (isNumeric(value)) return value;
  throw new ArgumentError(
    index,
    'to be of type integer, float or decimal',
    value,
    typeof value === 'string' ? 'Convert the text first: int(…) or float(…).' : undefined,
  );
}

/** .NET's Random and Enumerable.Range count in 32 bits. */
function int32At(args: Arguments, index: number): number {
  const value = integerAt(args, index);
  if ((value | 0) === value) return value;
  throw new ArgumentError(index, 'to be an integer in the 32-bit range', value);
}

function result(value: Value | ArithmeticFault, name: string): Value {
  if (!(value instanceof ArithmeticFault)) return value;
  if (value.reason === 'overflow') {
    throw new FunctionError(
      `The template language function '${name}' cannot be evaluated: the result is outside the range of its type.`,
      'Use float(…) or decimal(…) for numbers beyond 64 bits.',
    );
  }
  throw new FunctionError(`Attempt to divide an integral or decimal value by zero in function '${name}'.`);
}

function arithmetic(
  name: Operation,
  summary: string,
  parameters: readonly [string, string],
  examples: readonly Example[],
  details?: string,
): FunctionDefinition {
  const [left, right] = parameters;
  return {
    name,
    category: 'math',
    summary,
    ...(details === undefined ? undefined : { details }),
    parameters: [
      { name: left, type: 'number', description: 'The first number' },
      { name: right, type: 'number', description: 'The second number' },
    ],
    returns: 'number',
    examples,
    evaluate: (args) => result(calculate(name, numberAt(args, 0), numberAt(args, 1)), name),
  };
}

const numbers: Parameter = {
  name: 'number',
  type: ['number', 'array'],
  description: 'Numbers, or one array of numbers',
  rest: true,
};

function extremeOf(name: 'max' | 'min', summary: string, examples: readonly Example[]): FunctionDefinition {
  return {
    name,
    category: 'math',
    summary,
    details: 'Takes two or more numbers, or one array of numbers.',
    parameters: [numbers],
    returns: 'number',
    examples,
    evaluate: (args) => {
      const only = anyAt(args, 0);
      const values = args.length === 1 && isArray(only) ? only : args;
      if (args.length === 1 && values === args) throw new ArgumentError(0, 'to be an array of numbers', only);
      if (values.length === 0) throw new ArgumentError(0, 'to be an array with at least one number', only);
      let best: Value = numberAt(values, 0);
      for (let index = 1; index < values.length; index++) {
        if (!isNumeric(best)) break;
        best = result(extreme(name, best, numberAt(values, index)), name);
      }
      return best;
    },
  };
}

const rand: FunctionDefinition = {
  name: 'rand',
  category: 'math',
  summary: 'Returns a random integer from a range. The upper end does not belong to the range.',
  parameters: [
    { name: 'minValue', type: 'integer', description: 'The lowest integer' },
    { name: 'maxValue', type: 'integer', description: 'The integer after the highest one' },
  ],
  returns: 'integer',
  examples: [{ expression: 'rand(1, 5)' }, { expression: 'rand(7, 8)', result: '7' }],
  evaluate: (args, context) => {
    const least = int32At(args, 0);
    const most = int32At(args, 1);
    if (least > most) throw new ArgumentError(1, `to be greater than the first one, '${least}'`, most);
    return least + Math.floor(context.random() * (most - least));
  },
};

const range: FunctionDefinition = {
  name: 'range',
  category: 'math',
  summary: 'Returns an array of consecutive integers.',
  details: 'Both numbers together must not exceed 2,147,483,647.',
  parameters: [
    { name: 'startIndex', type: 'integer', description: 'The first integer' },
    { name: 'count', type: 'integer', description: `How many integers, at most ${MAX_RANGE.toLocaleString('en-US')}` },
  ],
  returns: 'array',
  examples: [{ expression: 'range(1, 4)', result: '[1,2,3,4]' }],
  evaluate: (args) => {
    const start = int32At(args, 0);
    const count = int32At(args, 1);
    if (count < 0 || count > MAX_RANGE) {
      throw new ArgumentError(1, `to be a positive integer that does not exceed '${MAX_RANGE}'`, count);
    }
    if (start + count > MAX_RANGE_END) {
      throw new ArgumentError(
        0,
        `to be an integer whose sum with the second one does not exceed '${MAX_RANGE_END}'`,
        start,
      );
    }
    return Array.from({ length: count }, (_, index) => start + index);
  },
};

export const mathFunctions: readonly FunctionDefinition[] = [
  arithmetic(
    'add',
    'Adds two numbers.',
    ['summand_1', 'summand_2'],
    [
      { expression: 'add(1, 1.5)', result: '2.5' },
      { expression: 'add(9007199254740993, 1)', result: '9007199254740994' },
    ],
  ),
  arithmetic(
    'div',
    'Divides two numbers.',
    ['dividend', 'divisor'],
    [
      { expression: 'div(11, 5)', result: '2' },
      { expression: 'div(11, 5.0)', result: '2.2' },
    ],
    'Two integers give an integer, without the remainder. The divisor must not be 0.',
  ),
  extremeOf('max', 'Returns the highest of several numbers.', [
    { expression: 'max(1, 2, 3)', result: '3' },
    { expression: 'max(createArray(1, 2, 3))', result: '3' },
  ]),
  extremeOf('min', 'Returns the lowest of several numbers.', [
    { expression: 'min(1, 2, 3)', result: '1' },
    { expression: 'min(createArray(1, 2, 3))', result: '1' },
  ]),
  arithmetic(
    'mod',
    'Returns the remainder of a division.',
    ['dividend', 'divisor'],
    [
      { expression: 'mod(3, 2)', result: '1' },
      { expression: 'mod(-5, 2)', result: '-1' },
    ],
    'The sign is that of the dividend. The divisor must not be 0.',
  ),
  arithmetic(
    'mul',
    'Multiplies two numbers.',
    ['multiplicand1', 'multiplicand2'],
    [{ expression: 'mul(1.5, 2)', result: '3.0' }],
  ),
  rand,
  range,
  arithmetic(
    'sub',
    'Subtracts the second number from the first.',
    ['minuend', 'subtrahend'],
    [{ expression: 'sub(10.3, 0.3)', result: '10.0' }],
  ),
];
