import { describe, expect, it } from 'vitest';
import { evaluateText } from '../evaluateText';

describe('strings', () => {
  it.each([
    ["substring('hello', 5)", ''],
    ["substring('hello', 5, 0)", ''],
    ["slice('hello', -3, -1)", 'll'],
    ["slice('hello', -10, 2)", 'he'],
    ["slice('hello', 0, -10)", ''],
    ["slice('hello', 3, 1)", ''],
    ["indexOf('', '')", '0'],
    ["indexOf('Hello', 'LL')", '2'],
    ["indexOf('straße', 'SS')", '-1'],
    ["lastIndexOf('', '')", '0'],
    ["lastIndexOf('hello', '')", '4'],
    ["nthIndexOf('aaa', 'aa', 2)", '1'],
    ["nthIndexOf('abcABC', 'B', -2)", '1'],
    ["startsWith('Hello', '')", 'true'],
    ["endsWith('HELLO', 'lo')", 'true'],
    ["replace('aaa', 'a', 'aa')", 'aaaaaa'],
    ["replace('a$b', '$', '$&')", 'a$&b'],
    ["replace('abc', 'b', '')", 'ac'],
    ["split('a||b', '||')", '["a","b"]'],
    ["split('', ',')", '[""]'],
    ["split('abc', '')", '["abc"]'],
    ['concat(null)', ''],
    ['concat(1.0, true, json(\'{"a":1.0}\'))', '1True{"a":1.0}'],
    ["concat(binary('a'), xml('<b/>'))", 'a<b />'],
    ["toUpper('ıiß')", 'ıIß'],
    ["toLower('İÇΣ')", 'İçσ'],
    ["length('😀')", '2'],
    ["utf8Length('é😀')", '6'],
    ["length(guid('X'))", '68'],
    ["length(guid('b'))", '38'],
  ])('%s', (expression, result) => {
    expect(evaluateText(expression)).toBe(result);
  });

  it.each([
    "substring('hello', 6)",
    "substring('hello', -1)",
    "substring('hello', 2, 9)",
    "substring('hello', 1.0)",
    "slice('hello', 1, null)",
    "nthIndexOf('aaa', 'a', 0)",
    "nthIndexOf('aaa', 'a', '1')",
    "startsWith('a', null)",
    "replace('abc', '', 'x')",
    "replace('abc', 'b', null)",
    "split('a', 1)",
    'toLower(1)',
    'trim(null)',
    "guid('Z')",
    'guid(null)',
    'concat()',
  ])('%s fails', (expression) => {
    expect(evaluateText(expression)).toMatch(/^failed: /);
  });
});
