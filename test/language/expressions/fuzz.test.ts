/**
 * Generated expressions, the same in every run: each is read, printed, read again and evaluated. Nothing may throw or hang, and whatever
 * fails must be classified. LOGICAPPS_FUZZ sets how many are tried, LOGICAPPS_FUZZ_SEED which.
 */
import { expect, it } from 'vitest';
import {
  evaluateExpression,
  evaluateJsonContext,
  evaluateTemplate,
  functions,
  parse,
  parseTemplate,
  print,
} from '../../../language/expressions/index';
import type { Outcome } from '../../../language/expressions/index';
import { parseValue } from '../../../language/json/parse';
import { stringify } from '../../../language/json/stringify';

const COUNT = Number(process.env['LOGICAPPS_FUZZ'] ?? 40_000);

/** Mulberry32: small, fast, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = generator(Number(process.env['LOGICAPPS_FUZZ_SEED'] ?? 20_240_917));
const below = (limit: number): number => Math.floor(random() * limit);
const pick = <T>(values: readonly T[]): T => {
  const value = values[below(values.length)];
  if (value === undefined) throw new Error('Nothing to pick from.');
  return value;
};

const data = parseValue(`{
  "variables": {"n": 3, "text": "a,b;c", "list": [1, "2", null, [3]], "object": {"a": {"b": 1}, "__proto__": 2, "Name": "x"}},
  "parameters": {"p": true, "d": 1.5}, "appsettings": {"s": "v"},
  "outputs": {"A": {"statusCode": 200, "body": {"$content-type": "text/plain", "$content": "YWJj"}}, "X": {"body": "<r><i>1</i></r>"}},
  "trigger": {"outputs": {"body": {"$multipart": [{"headers": {}, "body": "x"}], "$formdata": [{"key": "k", "value": "v"}]}}},
  "item": {"i": 1}, "items": {"L": 2}, "iterationIndexes": {"U": 1}, "workflow": {"name": "w", "run": {"name": "r"}}
}`);
if (!data.ok) throw new Error(data.message);
const context = evaluateJsonContext(data.value, { now: () => 0, random, newGuid: () => '0'.repeat(36) });

const texts = [
  '',
  'a',
  'abc',
  "don''t",
  ' ',
  'A',
  'X',
  'L',
  'U',
  'n',
  'text',
  'list',
  'object',
  'p',
  'd',
  's',
  'k',
  '__proto__',
  'constructor',
  'toString',
  '2018-03-15T13:27:36Z',
  '2018-02-30',
  'yyyy-MM-dd',
  'D',
  'en-US',
  'de-DE',
  'xx',
  'UTC',
  'Pacific Standard Time',
  'Day',
  'Month',
  '{"a":1}',
  '[1,2,{"b":null}]',
  '{"a":',
  '<r a="1"><i>1</i><i/></r>',
  '<!DOCTYPE r [<!ENTITY e "x">]><r>&e;</r>',
  '//i',
  'count(//i)',
  'aGVsbG8=',
  'data:text/plain;base64,aGVsbG8=',
  'https://contoso.com:81/p?q=1',
  '1,000.5',
  '-5',
  'NaN',
  '9223372036854775807',
  '1e400',
  '(a+)+$',
  '\u{1f600}',
  '\ud800',
  'C2',
  '#,##0.00',
  'X',
  'P1',
  '#.##;(0);-',
  '0.0e+0',
  '%',
  '\\',
  'ddd d MMM yyyy HH:mm:ss.FFFK',
  '1.02:03:04',
  'Thu, 15 Mar 2018 13:27:36 GMT',
  'ja-JP',
  'W Europe Standard Time',
  '-1 div 0',
  '//@*[last()]',
  '/r/namespace::*',
  'string(sum(//i) * 1e400)',
  'substring("12345", 0 div 0, //i)',
  '//i[following::*[1]',
  '<a b="c"><!----><?p?><![CDATA[]]>&#13;</a>',
  '{"$content-type":"text/xml;charset=utf-16","$content":"PGEvPg=="}',
  '{"$content-type":"text/plain","$content":"!"}',
  '{"?xml":{"@version":"1.0"},"a":{"@b":null,"#text":[1,2],"c:d":[[]]}}',
  '\u00e9\u0131\u0130\u03a3',
] as const;
const numbers = [
  '0',
  '1',
  '-1',
  '2',
  '3',
  '10',
  '1.5',
  '-0.0',
  '1e3',
  '1e400',
  '2147483647',
  '9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
  '100000',
  '100001',
  '0.1',
] as const;

function literal(): string {
  const kind = below(10);
  if (kind < 5) return `'${pick(texts)}'`;
  if (kind < 8) return pick(numbers);
  return pick(['true', 'false', 'null']);
}

function expression(depth: number): string {
  if (depth <= 0 || random() < 0.15) return literal();
  const definition = pick(functions);
  const least = definition.parameters.filter((parameter) => parameter.optional !== true).length;
  const extra =
    definition.parameters.at(-1)?.rest === true ? below(3) : below(definition.parameters.length - least + 1);
  const count = random() < 0.03 ? below(5) : least + extra;
  const args = Array.from({ length: count }, () => expression(depth - 1));
  let text = `${definition.name}(${args.join(pick([',', ', ', ' ,\n']))})`;
  while (random() < 0.2) {
    text +=
      pick(['?', '']) + (random() < 0.5 ? pick(['.a', '.body', '.Name', '.__proto__']) : `[${expression(depth - 2)}]`);
  }
  return text;
}

/** Breaks a text as typing does. */
function damaged(text: string): string {
  const at = below(text.length + 1);
  const noise = pick(["'", '(', ')', '[', ']', ',', '.', '?', '@', '{', '}', '"', '\\', ' ', '\u0000', 'é', '-', '9']);
  return pick([
    text.slice(0, at),
    text.slice(0, at) + text.slice(at + 1 + below(4)),
    text.slice(0, at) + noise + text.slice(at),
    text.slice(at),
  ]);
}

function judge(outcome: Outcome, text: string): void {
  if (outcome.ok) {
    stringify(outcome.value);
    return;
  }
  const { code, message, range } = outcome.failure;
  const classified = (code === 'InvalidTemplate' || code === 'ExpressionEvaluationFailed') && message.length > 10;
  const placed = range.start >= 0 && range.start <= range.end && range.end <= text.length;
  if (!classified || !placed) expect.fail(`${text}: ${code} ${message} ${range.start}-${range.end}`);
}

it(`${COUNT} generated expressions`, { timeout: 600_000 }, () => {
  for (let index = 0; index < COUNT; index++) {
    const sound = expression(1 + below(4));
    const text = random() < 0.4 ? damaged(sound) : sound;
    try {
      const parsed = parse(text);
      for (const problem of parsed.problems) {
        if (problem.start > problem.end || problem.end > text.length) expect.fail(`${text}: a problem has no place`);
      }
      if (parsed.problems.length === 0) {
        const printed = print(parsed.ast);
        if (print(parse(printed).ast) !== printed) expect.fail(`${text}: printed as ${printed}`);
      } else if (text === sound) {
        expect.fail(`${text}: ${parsed.problems[0]?.message}`);
      }
      judge(evaluateExpression(parsed, context), text);
      const template = pick([`@${text}`, `a @{${text}} b`, `@@{${text}}@{${text}}`]);
      parseTemplate(template);
      if (index % 4 === 0) judge(evaluateTemplate(template, context), template);
    } catch (error) {
      throw new Error(`${JSON.stringify(text)} threw`, { cause: error });
    }
  }
});
