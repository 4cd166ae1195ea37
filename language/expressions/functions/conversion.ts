/** Conversion between numbers, booleans, strings, arrays and JSON. */
import { asContent, decodeText, isXmlType } from '../../json/content';
import type { Content } from '../../json/content';
import { base64Decode } from '../../json/base64';
import { numberText } from '../../json/numberText';
import { parseValue } from '../../json/parse';
import { stringify } from '../../json/stringify';
import { Decimal, Double, double, integer, isInteger } from '../../json/value';
import type { Value } from '../../json/value';
import { XmlValue } from '../../json/xmlValue';
import { ArgumentError, excerpt, FunctionError, usage } from '../failure';
import { checkedInteger } from '../numbers/arithmetic';
import { decimalToDouble, toDecimal, toDouble } from '../numbers/decimal';
import { anyNumber, englishSymbols, floatForm, parseDecimal, parseDouble } from '../numbers/parse';
import { symbolsOf } from '../numbers/symbols';
import { limited, stringOfValue } from '../text';
import { xmlToJson } from '../xml/toJson';
import { anyAt, isNumeric, optionalStringAt } from './arguments';
import type { FunctionDefinition, Parameter } from './definition';

const value: Parameter = { name: 'value', type: 'any', description: 'The value to convert' };

/** 2^63: the first double that no longer fits a 64-bit integer. */
const INTEGER_LIMIT = 9223372036854775808;
const MIN_INTEGER = -0x8000_0000_0000_0000n;

function notConvertible(name: string, given: Value, hint?: string): FunctionError {
  const text = typeof given === 'string' ? given : stringify(given);
  return new FunctionError(
    `The template language function '${name}' was invoked with a parameter that is not valid. The value cannot be converted to the target type. ${usage(name)}`,
    `The value is '${excerpt(text)}'.${hint === undefined ? '' : ` ${hint}`}`,
    0,
  );
}

const int: FunctionDefinition = {
  name: 'int',
  category: 'conversion',
  summary: 'Returns the integer a string or number stands for.',
  details:
    'The text is read as a double, as on the host: beyond 2^53 digits get lost. A fraction other than 0 is an error.',
  parameters: [{ ...value, type: ['string', 'number'] }],
  returns: 'integer',
  examples: [
    { expression: "int('10')", result: '10' },
    { expression: "int('1,000')", result: '1000' },
  ],
  evaluate: (args) => {
    const given = anyAt(args, 0);
    if (isInteger(given)) {
      // JSON can hold integers of any size.
      if (typeof given === 'number' || checkedInteger(given) !== undefined) return given;
      throw notConvertible('int', given, 'The number is outside the range of 64-bit integers.');
    }
    if (typeof given !== 'string' && !isNumeric(given)) throw notConvertible('int', given);
    const text = typeof given === 'string' ? given : numberText(given);
    const read = parseDouble(text, floatForm, englishSymbols);
    if (read === undefined) throw notConvertible('int', given);
    // A cast of NaN gives the least integer in .NET, and the host does not look.
    if (Number.isNaN(read)) return MIN_INTEGER;
    if (!Number.isInteger(read)) throw notConvertible('int', given, 'The number has a fraction; use float(…).');
    if (read >= INTEGER_LIMIT || read < -INTEGER_LIMIT) {
      throw notConvertible('int', given, 'The number is outside the range of 64-bit integers.');
    }
    return integer(BigInt(read));
  },
};

const float: FunctionDefinition = {
  name: 'float',
  category: 'conversion',
  summary: 'Returns the floating-point number a string or number stands for.',
  parameters: [
    { ...value, type: ['string', 'number'] },
    {
      name: 'locale',
      type: 'string',
      description: 'The culture whose separators count; en-US when left out',
      optional: true,
      suggests: 'culture',
    },
  ],
  returns: 'float',
  examples: [
    { expression: "float('10,000.333')", result: '10000.333' },
    { expression: "float('10.000,333', 'de-DE')", result: '10000.333' },
  ],
  evaluate: (args) => {
    const given = anyAt(args, 0);
    const locale = optionalStringAt(args, 1);
    const symbols = locale === undefined ? englishSymbols : symbolsOf(locale);
    if (symbols === undefined) throw new ArgumentError(1, 'to be a valid locale', locale);
    if (given instanceof Double || (typeof given === 'number' && !Number.isInteger(given))) return given;
    if (isNumeric(given)) return double(given instanceof Decimal ? decimalToDouble(given) : toDouble(given));
    const read = typeof given === 'string' ? parseDouble(given, anyNumber, symbols) : undefined;
    if (read === undefined) throw notConvertible('float', given);
    return double(read);
  },
};

const decimal: FunctionDefinition = {
  name: 'decimal',
  category: 'conversion',
  summary: 'Returns the decimal number a string or number stands for, with up to 28 digits.',
  details:
    'Results of arithmetic with a decimal are decimals. Whoever reads the JSON as a float loses digits: keep them by string(…).',
  parameters: [{ ...value, type: ['string', 'number'] }],
  returns: 'decimal',
  examples: [
    { expression: "string(decimal('1.2345678912312131'))", result: '"1.2345678912312131"' },
    { expression: "add(decimal('0.1'), decimal('0.2'))", result: '0.3' },
  ],
  evaluate: (args) => {
    const given = anyAt(args, 0);
    const read = typeof given === 'string' ? parseDecimal(given) : isNumeric(given) ? toDecimal(given) : undefined;
    if (read === undefined) throw notConvertible('decimal', given);
    return read;
  },
};

const bool: FunctionDefinition = {
  name: 'bool',
  category: 'conversion',
  summary: 'Returns the boolean a value stands for: numbers other than 0 are true, strings must be true or false.',
  parameters: [{ ...value, type: ['boolean', 'number', 'string'] }],
  returns: 'boolean',
  examples: [
    { expression: 'bool(1)', result: 'true' },
    { expression: 'bool(0)', result: 'false' },
    { expression: "bool('true')", result: 'true' },
  ],
  evaluate: (args) => {
    const given = anyAt(args, 0);
    if (typeof given === 'boolean') return given;
    if (given instanceof Decimal) return given.digits !== 0n;
    if (isNumeric(given)) return toDouble(given) !== 0;
    const word = typeof given === 'string' ? given.trim().toLowerCase() : undefined;
    if (word !== 'true' && word !== 'false') throw notConvertible('bool', given);
    return word === 'true';
  },
};

const string: FunctionDefinition = {
  name: 'string',
  category: 'conversion',
  summary: 'Returns the text of a value.',
  details:
    'Null becomes the empty string, true becomes True, objects and arrays become JSON, binary content is decoded.',
  parameters: [value],
  returns: 'string',
  examples: [
    { expression: 'string(10)', result: '"10"' },
    { expression: `string(json('{"a": [1, null]}'))`, result: '"{\\"a\\":[1,null]}"' },
    { expression: 'string(null)', result: '""' },
  ],
  evaluate: (args) => limited(stringOfValue(anyAt(args, 0))),
};

const array: FunctionDefinition = {
  name: 'array',
  category: 'conversion',
  summary: 'Returns an array with one item. For several items, see createArray.',
  parameters: [value],
  returns: 'array',
  examples: [{ expression: "array('hello')", result: '["hello"]' }],
  evaluate: (args) => [anyAt(args, 0)],
};

const createArray: FunctionDefinition = {
  name: 'createArray',
  category: 'conversion',
  summary: 'Returns an array of its arguments.',
  parameters: [{ name: 'object', type: 'any', description: 'An item', rest: true }],
  returns: 'array',
  examples: [{ expression: "createArray('h', 'e', 'l', 'l', 'o')", result: '["h","e","l","l","o"]' }],
  evaluate: (args) => [...args],
};

const json: FunctionDefinition = {
  name: 'json',
  category: 'conversion',
  summary: 'Returns the value a JSON text stands for, or the object form of XML.',
  details: 'Attributes of XML become @name, text among elements #text, repeated elements an array.',
  parameters: [{ ...value, type: ['string', 'xml', 'binary'] }],
  returns: 'any',
  examples: [
    { expression: "json('[1, 2, 3]')", result: '[1,2,3]' },
    { expression: `json('{"fullName": "Sophia Owen"}')`, result: '{"fullName":"Sophia Owen"}' },
  ],
  evaluate: (args) => {
    const given = anyAt(args, 0);
    if (typeof given === 'string') return parsed(given);
    if (given instanceof XmlValue) return xmlToJson(given.text);
    const content = asContent(given);
    if (content === undefined) throw new ArgumentError(0, 'to be a string or an XML', given);
    return ofContent(content);
  },
};

/** Content that says to be XML is read as such, any other as JSON: a file's type is often no more than a guess by its name. */
function ofContent(content: Content): Value {
  const text = decoded(content);
  return isXmlType(content.type) ? xmlToJson(text) : parsed(text);
}

function decoded(content: Content): string {
  const bytes = base64Decode(content.base64);
  const text = bytes === undefined ? undefined : decodeText(bytes, content.type);
  if (text === undefined) throw new FunctionError(`The content of type '${content.type}' cannot be decoded.`);
  return text;
}

function parsed(text: string): Value {
  const result = parseValue(text);
  if (result.ok) return result.value;
  throw new FunctionError(
    `The template language function 'json' parameter is not valid. The provided value '${excerpt(text)}' cannot be parsed: '${result.message}'. ${usage('json')}`,
    undefined,
    0,
  );
}

export const conversionFunctions: readonly FunctionDefinition[] = [
  array,
  bool,
  createArray,
  decimal,
  float,
  int,
  json,
  string,
];
