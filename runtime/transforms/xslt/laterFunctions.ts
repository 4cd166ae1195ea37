/**
 * Functions of XPath 2.0 to 3.1 that the maps of the Data Mapper use, as far as they can be told in the four types of XPath 1.0: a sequence is a
 * node-set. Source: "XPath and XQuery Functions and Operators 3.1".
 */
import { NodeType, XmlCharacters, XmlDocument } from '../../../language/expressions/xml/nodes';
import { booleanOf, isNodeSet, nodesOf, numberOf, stringOf } from '../../../language/expressions/xml/xpath/values';
import type { NodeSet, XPathValue } from '../../../language/expressions/xml/xpath/values';
import { XsltError } from './failure';
import { formatDate } from './formatDate';
import { jsonToXml, xmlToJson } from './json';
import { numberDocument } from './result';

/** `now`: milliseconds since 1970. */
type LaterFunction = (args: readonly XPathValue[], now: number) => XPathValue;

const ofTexts =
  (apply: (...texts: string[]) => XPathValue): LaterFunction =>
  (args) =>
    apply(...args.map(stringOf));
const ofNumbers =
  (apply: (...numbers: number[]) => number): LaterFunction =>
  (args) =>
    apply(...args.map(numberOf));

/** The items of a sequence as texts. */
function texts(value: XPathValue | undefined): string[] {
  if (value === undefined) return [];
  return isNodeSet(value) ? value.map((node) => node.textContent) : [stringOf(value)];
}

function sequence(items: readonly string[]): NodeSet {
  const document = new XmlDocument();
  for (const item of items) document.append(new XmlCharacters(NodeType.Text, item));
  numberDocument(document);
  return document.childNodes;
}

const extreme =
  (pick: (...numbers: number[]) => number, sign: 1 | -1): LaterFunction =>
  ([value]) => {
    const items = texts(value);
    const numbers = items.map(numberOf);
    if (items.length === 0) return [];
    if (!numbers.some(Number.isNaN)) return pick(...numbers);
    return [...items].sort((one, other) => (one < other ? sign : one > other ? -sign : 0))[0] ?? '';
  };

function pattern(text: string, flags = ''): RegExp {
  try {
    return new RegExp(text, `u${flags.replaceAll(/[^ims]/g, '')}`);
  } catch {
    throw new XsltError(`'${text}' is no regular expression.`);
  }
}

const isoTime = (now: number): string => new Date(now).toISOString();
const part = (at: number, length: number): LaterFunction =>
  ofTexts((text = '') => numberOf(text.slice(at, at + length)));

export const laterFunctions: Readonly<Record<string, LaterFunction>> = {
  if: ([condition = false, then = '', otherwise = '']) => (booleanOf(condition) ? then : otherwise),
  'upper-case': ofTexts((text = '') => text.toUpperCase()),
  'lower-case': ofTexts((text = '') => text.toLowerCase()),
  'ends-with': ofTexts((text = '', end = '') => text.endsWith(end)),
  matches: ofTexts((text = '', expression = '', flags) => pattern(expression, flags).test(text)),
  replace: ofTexts((text = '', expression = '', by = '', flags) => {
    const { source, flags: own } = pattern(expression, flags);
    return text.replace(new RegExp(source, `g${own}`), by);
  }),
  tokenize: ([text = '', expression]) => {
    const whole = stringOf(text);
    if (expression === undefined) return sequence(whole.split(/\s+/).filter((each) => each !== ''));
    return whole === '' ? [] : sequence(whole.split(pattern(stringOf(expression))));
  },
  'string-join': ([items, separator = '']) => texts(items).join(stringOf(separator)),
  'distinct-values': ([items]) => sequence([...new Set(texts(items))]),
  avg: ([items]) => {
    const numbers = texts(items).map(numberOf);
    return numbers.length === 0 ? [] : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  },
  max: extreme(Math.max, -1),
  min: extreme(Math.min, 1),
  abs: ofNumbers((value = NaN) => Math.abs(value)),
  exists: ([value = []]) => !isNodeSet(value) || value.length > 0,
  empty: ([value = []]) => isNodeSet(value) && value.length === 0,
  head: ([value = []]) => (isNodeSet(value) ? value.slice(0, 1) : value),
  tail: ([value = []]) => (isNodeSet(value) ? value.slice(1) : []),
  data: ([value = []]) => value,
  'current-dateTime': (_args, now) => isoTime(now),
  'current-date': (_args, now) => isoTime(now).slice(0, 10),
  'current-time': (_args, now) => isoTime(now).slice(11),
  'format-dateTime': ofTexts(formatDate),
  'format-date': ofTexts(formatDate),
  'format-time': ofTexts((time = '', picture = '') => formatDate(`1970-01-01T${time}`, picture)),
  'year-from-dateTime': part(0, 4),
  'month-from-dateTime': part(5, 2),
  'day-from-dateTime': part(8, 2),
  'year-from-date': part(0, 4),
  'month-from-date': part(5, 2),
  'day-from-date': part(8, 2),
  'json-to-xml': ofTexts((text = '') => [jsonToXml(text)]),
  'xml-to-json': ([value = '']) => {
    const [node] = nodesOf(value, 'The argument of xml-to-json');
    return node === undefined ? '' : xmlToJson(node);
  },
};

/** Casts: the names of types as functions. */
export const casts: Readonly<Record<string, LaterFunction>> = {
  ...Object.fromEntries(
    ['string', 'date', 'dateTime', 'time', 'anyURI'].map((name) => [name, ofTexts((text = '') => text)]),
  ),
  ...Object.fromEntries(
    ['integer', 'int', 'long', 'short', 'byte'].map((name) => [name, ofNumbers((value = NaN) => Math.trunc(value))]),
  ),
  ...Object.fromEntries(['decimal', 'double', 'float'].map((name) => [name, ofNumbers((value = NaN) => value)])),
  boolean: ([value = false]) =>
    typeof value === 'boolean' || typeof value === 'number'
      ? booleanOf(value)
      : ['true', '1'].includes(stringOf(value).trim()),
};

export const mathFunctions: Readonly<Record<string, LaterFunction>> = {
  pi: () => Math.PI,
  pow: ofNumbers((value = NaN, power = NaN) => value ** power),
  ...Object.fromEntries(
    (['sqrt', 'exp', 'log', 'log10', 'sin', 'cos', 'tan', 'atan'] as const).map((name) => [
      name,
      ofNumbers((value = NaN) => Math[name](value)),
    ]),
  ),
};
