/**
 * The functions that the BizTalk Mapper writes into maps as C# (msxsl:script): string, mathematical, logical, date, conversion, scientific
 * and cumulative functoids. They always have the same names and meaning, so they run here without .NET.
 * Source: "Functoids Reference" of the BizTalk documentation.
 */
import { numberOf, stringOf } from '../../../language/expressions/xml/xpath/values';
import type { XPathValue } from '../../../language/expressions/xml/xpath/values';

/** What one transformation has gathered in cumulative functoids, by their number. */
export type Gathered = Map<string, { sum: number; count: number; min: number; max: number; texts: string[] }>;

export interface FunctoidCall {
  readonly args: readonly XPathValue[];
  readonly gathered: Gathered;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Functoid = (call: FunctoidCall) => XPathValue;
type Texts = (...texts: string[]) => XPathValue;

/** Undefined for a name that no functoid has. */
export function functoid(name: string): Functoid | undefined {
  return Object.hasOwn(functoids, name) ? functoids[name] : undefined;
}

const ofTexts =
  (apply: Texts): Functoid =>
  ({ args }) =>
    apply(...args.map(stringOf));

/** A number for numbers; an empty text when one of the arguments is none. */
const ofNumbers =
  (apply: (...numbers: number[]) => number): Functoid =>
  ({ args }) => {
    const numbers = args.map(numberOf);
    if (numbers.some(Number.isNaN)) return '';
    const result = apply(...numbers);
    return Number.isFinite(result) ? stringOf(result) : '';
  };

/** Numbers are compared as numbers, everything else as text. */
const comparing =
  (holds: (difference: number) => boolean): Functoid =>
  ({ args }) => {
    const [one = '', other = ''] = args.map(stringOf);
    const [left, right] = [numberOf(one), numberOf(other)];
    if (!Number.isNaN(left) && !Number.isNaN(right)) return holds(left - right);
    return holds(one < other ? -1 : one > other ? 1 : 0);
  };

const cumulative = (start: (value: string, gathered: Gathered, key: string) => void): Functoid => {
  return ({ args, gathered }) => {
    start(stringOf(args[1] ?? ''), gathered, stringOf(args[0] ?? ''));
    return '';
  };
};
const begin = cumulative((_value, gathered, key) => {
  gathered.set(key, { sum: 0, count: 0, min: Infinity, max: -Infinity, texts: [] });
});
const add = cumulative((value, gathered, key) => {
  const known = gathered.get(key) ?? { sum: 0, count: 0, min: Infinity, max: -Infinity, texts: [] };
  gathered.set(key, known);
  known.texts.push(value);
  const number = numberOf(value);
  if (Number.isNaN(number)) return;
  known.sum += number;
  known.count++;
  known.min = Math.min(known.min, number);
  known.max = Math.max(known.max, number);
});
type Kept = Gathered extends Map<string, infer Value> ? Value : never;
const get =
  (pick: (kept: Kept) => string | number): Functoid =>
  ({ args, gathered }) => {
    const kept = gathered.get(stringOf(args[0] ?? ''));
    const result = kept === undefined ? '' : pick(kept);
    return typeof result === 'number' ? (Number.isFinite(result) ? stringOf(result) : '') : result;
  };

const isoDate = (time: number): string => new Date(time).toISOString().slice(0, 10);
const isoTime = (time: number): string => new Date(time).toISOString().slice(11, 19);

const functoids: Readonly<Record<string, Functoid>> = {
  StringFind: ofTexts((text = '', part = '') => (part === '' ? 0 : text.indexOf(part) + 1)),
  StringLeft: ofTexts((text = '', count = '') => text.slice(0, Math.max(0, numberOf(count) || 0))),
  StringRight: ofTexts((text = '', count = '') => text.slice(Math.max(0, text.length - (numberOf(count) || 0)))),
  StringSize: ofTexts((text = '') => text.length),
  StringSubstring: ofTexts((text = '', from = '', to = '') => {
    const [start, end] = [numberOf(from), numberOf(to)];
    return start >= 1 && end >= start ? text.slice(start - 1, end) : '';
  }),
  StringConcat: ofTexts((...texts) => texts.join('')),
  StringLowerCase: ofTexts((text = '') => text.toLowerCase()),
  StringUpperCase: ofTexts((text = '') => text.toUpperCase()),
  StringTrimLeft: ofTexts((text = '') => text.trimStart()),
  StringTrimRight: ofTexts((text = '') => text.trimEnd()),
  MathAbs: ofNumbers((value = NaN) => Math.abs(value)),
  MathInt: ofNumbers((value = NaN) => Math.floor(value)),
  MathMax: ofNumbers((...values) => Math.max(...values)),
  MathMin: ofNumbers((...values) => Math.min(...values)),
  MathMod: ofNumbers((value = NaN, by = NaN) => value % by),
  MathRound: ofNumbers((value = NaN, digits = 0) => rounded(value, digits)),
  MathSqrt: ofNumbers((value = NaN) => Math.sqrt(value)),
  MathAdd: ofNumbers((...values) => values.reduce((sum, each) => sum + each, 0)),
  MathSubtract: ofNumbers((first = NaN, ...values) => values.reduce((rest, each) => rest - each, first)),
  MathMultiply: ofNumbers((...values) => values.reduce((product, each) => product * each, 1)),
  MathDivide: ofNumbers((value = NaN, by = NaN) => value / by),
  LogicalGt: comparing((difference) => difference > 0),
  LogicalGte: comparing((difference) => difference >= 0),
  LogicalLt: comparing((difference) => difference < 0),
  LogicalLte: comparing((difference) => difference <= 0),
  LogicalEq: comparing((difference) => difference === 0),
  LogicalNe: comparing((difference) => difference !== 0),
  LogicalIsString: ofTexts((text = '') => text !== ''),
  LogicalIsDate: ofTexts((text = '') => !Number.isNaN(Date.parse(text))),
  LogicalIsNumeric: ofTexts((text = '') => !Number.isNaN(numberOf(text))),
  LogicalOr: ofTexts((...texts) => texts.some(isTrue)),
  LogicalAnd: ofTexts((...texts) => texts.every(isTrue)),
  LogicalNot: ofTexts((text = '') => !isTrue(text)),
  LogicalExistence: ofTexts((text = '') => isTrue(text)),
  DateAddDays: ofTexts((date = '', days = '') => {
    const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(date) || /Z$|[+-]\d\d:\d\d$/.test(date) ? date : `${date}Z`);
    const count = numberOf(days);
    return Number.isNaN(time) || Number.isNaN(count) ? '' : isoDate(time + count * 86_400_000);
  }),
  DateCurrentDate: ({ now }) => isoDate(now),
  DateCurrentTime: ({ now }) => isoTime(now),
  DateCurrentDateTime: ({ now }) => `${isoDate(now)}T${isoTime(now)}`,
  ConvertAsc: ofTexts((text = '') => (text === '' ? '' : String(text.charCodeAt(0)))),
  ConvertChr: ofTexts((code = '') => (numberOf(code) >= 0 ? String.fromCharCode(numberOf(code)) : '')),
  ConvertHex: ofTexts((value = '') =>
    Number.isInteger(numberOf(value)) ? numberOf(value).toString(16).toUpperCase() : '',
  ),
  ConvertOct: ofTexts((value = '') => (Number.isInteger(numberOf(value)) ? numberOf(value).toString(8) : '')),
  SciArcTan: ofNumbers((value = NaN) => Math.atan(value)),
  SciCos: ofNumbers((value = NaN) => Math.cos(value)),
  SciSin: ofNumbers((value = NaN) => Math.sin(value)),
  SciTan: ofNumbers((value = NaN) => Math.tan(value)),
  SciExp: ofNumbers((value = NaN) => Math.exp(value)),
  SciLog: ofNumbers((value = NaN) => Math.log(value)),
  SciExp10: ofNumbers((value = NaN) => 10 ** value),
  SciLog10: ofNumbers((value = NaN) => Math.log10(value)),
  SciPow: ofNumbers((value = NaN, power = NaN) => value ** power),
  SciLogn: ofNumbers((value = NaN, base = NaN) => Math.log(value) / Math.log(base)),
  ...Object.fromEntries(
    ['Sum', 'Avg', 'Min', 'Max', 'Concat'].flatMap((kind) => [
      [`InitCumulative${kind}`, begin],
      [`AddToCumulative${kind}`, add],
    ]),
  ),
  GetCumulativeSum: get(({ sum }) => sum),
  GetCumulativeAvg: get(({ sum, count }) => (count === 0 ? '' : sum / count)),
  GetCumulativeMin: get(({ min }) => min),
  GetCumulativeMax: get(({ max }) => max),
  GetCumulativeConcat: get(({ texts }) => texts.join('')),
};

function isTrue(text: string): boolean {
  return text.trim().toLowerCase() === 'true';
}

/** Halves go to the even neighbour, as .NET's Math.Round does. */
function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  const scaled = value * scale;
  const floor = Math.floor(scaled);
  const isHalf = Math.abs(scaled - floor - 0.5) < 1e-9;
  return (isHalf ? (floor % 2 === 0 ? floor : floor + 1) : Math.round(scaled)) / scale;
}
