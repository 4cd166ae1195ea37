import { describe, expect, it } from 'vitest';
import { evaluateText } from './evaluateText';

/** An expression for `text` repeated 10,000, 1,000,000 or 100,000,000 times. */
function repeated(text: string, power: 2 | 3 | 4): string {
  const hundred = 'a'.repeat(100);
  let expression = `'${hundred}'`;
  for (let times = 1; times < power; times++) expression = `replace(${expression}, 'a', '${hundred}')`;
  return text === 'a' ? expression : `replace(${expression}, 'a', '${text}')`;
}

describe('what no run could carry is refused', () => {
  it.each([
    [`chunk(${repeated('a', 4)}, 1)`, 'size of a message'],
    [`base64(${repeated('a', 4)})`, 'size of a message'],
    [`formatNumber(1, ${repeated('0', 3)})`, 'was not valid'],
    [`formatNumber(1, 'N999999999')`, 'was not valid'],
    [`formatDateTime('2018-03-15', ${repeated('yM', 3)})`, 'was not valid'],
    [`parseDateTime('2018', 'en-US', ${repeated('yd', 3)})`, 'does not have the format'],
    [`formatTimeSpan('1.02:03:04', ${repeated('d', 3)})`, 'was not valid'],
    [`formatTimeSpan(${repeated('1', 3)}, 'c')`, 'to be a time span'],
    ["formatTimeSpan('99999999', 'c')", 'to be a time span'],
    [`json(${repeated('[', 2)})`, 'cannot be parsed'],
    [`xml(${repeated('<a>', 2)})`, 'nested deeper'],
    [`xpath(xml('<a/>'), concat(${repeated('1+', 2)}, '1'))`, 'nested too deep'],
    ['range(0, 100001)', "does not exceed '100000'"],
  ])('%s', (expression, reason) => {
    const text = evaluateText(expression);
    expect(text).toMatch(/^failed: /);
    expect(text).toContain(reason);
    expect(text.length).toBeLessThan(1_000);
  });

  it.each([
    [`isInt(${repeated('1', 3)})`, 'false'],
    ["isInt('1e999999999')", 'false'],
    [`float(${repeated('1', 3)})`, 'Infinity'],
    [`length(split(${repeated('a', 3)}, 'a'))`, '1000001'],
    [`length(uriPath(concat('http://a/', ${repeated('../', 3)})))`, '1'],
    [`length(trim(concat('x', ${repeated(' ', 3)}, 'x')))`, '1000002'],
    [`nthIndexOf(${repeated('a', 3)}, 'a', 1000000)`, '999999'],
    [`length(intersection(range(0, 100000), range(50000, 100000)))`, '50000'],
  ])('%s is no trouble', (expression, result) => {
    expect(evaluateText(expression).replaceAll('"', '')).toBe(result);
  });
});
