import { describe, expect, it } from 'vitest';
import { evaluateText } from '../evaluateText';

describe('collections', () => {
  it.each([
    ["contains('abc', '')", 'true'],
    ["contains('abc', 'B')", 'false'],
    ['contains(createArray(null, 1), null)', 'true'],
    ["contains(createArray('1'), 1)", 'false'],
    ['contains(createArray(createArray(1)), createArray(1))', 'true'],
    ["empty(json('[null]'))", 'false'],
    ["empty(' ')", 'false'],
    ["first(json('[]'))", 'null'],
    ["last('')", ''],
    ["take('abc', 0)", ''],
    ['take(createArray(1, 2), 5)', '[1,2]'],
    ['skip(createArray(1, 2), 5)', '[]'],
    ["join(createArray(1, true, null, 1.0, 'x'), ',')", '1,True,,1,x'],
    ["join(createArray(json('{}'), createArray(1)), ';')", '{};[1]'],
    ["chunk('', 2)", '[]'],
    ["chunk('abc', 10)", '["abc"]'],
    ["sort(createArray('b', 'A', 'a', 'B'))", '["A","B","a","b"]'],
    ['sort(createArray(1, 2.5, 0.5))', '[0.5,1,2.5]'],
    ['sort(createArray(true, false))', '[false,true]'],
    [`sort(json('[{"a":2},{"A":1},{}]'), 'a')`, '[{},{"A":1},{"a":2}]'],
    ['union(createArray(1, 2), createArray(2, 3), createArray(1))', '[1,2,3]'],
    [`union(json('{"a":{"b":1}}'), json('{"a":{"c":2}}'))`, '{"a":{"c":2}}'],
    [`union(json('{"a":1}'), json('{"A":2}'))`, '{"a":1,"A":2}'],
    [`union(json('[{"a":1,"b":2}]'), json('[{"b":2,"a":1}]'))`, '[{"a":1,"b":2}]'],
    ['intersection(createArray(1, 2, 2), createArray(2, 2))', '[2]'],
    [`intersection(json('{"a":{"b":1}}'), json('{"a":{"b":1},"c":2}'))`, '{"a":{"b":1}}'],
    ['reverse(createArray(1, createArray(2, 3)))', '[[2,3],1]'],
    ['array(createArray(1))', '[[1]]'],
    ["coalesce('', 'x')", ''],
    ["coalesce(null, false, 'x')", 'false'],
  ])('%s', (expression, result) => {
    expect(evaluateText(expression)).toBe(result);
  });

  it.each([
    "contains('abc', 1)",
    "contains(null, 'a')",
    'empty(0)',
    'first(null)',
    "first(json('{}'))",
    "take('abc', -1)",
    "take('abc', 1.0)",
    "skip('abc', 1)",
    'skip(createArray(1), -1)',
    "reverse('abc')",
    "sort('cab')",
    "sort(createArray(1, 'a'))",
    "chunk('abc', 0)",
    "join('abc', ',')",
    "join(createArray('a'), null)",
    'union(createArray(1))',
    "union(createArray(1), json('{}'))",
    "intersection('a', 'b')",
    'length(null)',
    "length(json('{}'))",
    'range(1, -1)',
    'range(2147483647, 1)',
    'rand(5, 1)',
    'max(1)',
    "max(json('[]'))",
    "max(1, 'a')",
  ])('%s fails', (expression) => {
    expect(evaluateText(expression)).toMatch(/^failed: The template language function/);
  });
});

describe('objects', () => {
  it.each([
    [`setProperty(json('{"a":1,"b":2}'), 'A', 3)`, '{"b":2,"a":3}'],
    [`setProperty(json('{}'), '', null)`, '{"":null}'],
    [`removeProperty(json('{"a":1,"A":2}'), 'a')`, '{"A":2}'],
    [`removeProperty(json('{"a":1}'), 'x')`, '{"a":1}'],
    [`addProperty(json('{}'), '__proto__', 1)`, '{"__proto__":1}'],
    [`json('{"__proto__":1}').__PROTO__`, '1'],
    [`json('{"a":1}')?.constructor`, 'null'],
    [`json('{"a":null}').a?.b?['c']`, 'null'],
    [`json('{"body":{"Value":[1]}}')?['body/value']`, '[1]'],
    [`json('{"body":{"value":1},"body/value":2}')['body/value']`, '2'],
    [`json('{"body":null}')?['body/value']?['x']`, 'null'],
    [`json('{"body":{"a":{"b":3}}}').body['a/b']`, '3'],
    ["json('[1,2]')?[9]", 'null'],
    ["json('[1,2]')?[-1]", 'null'],
  ])('%s', (expression, result) => {
    expect(evaluateText(expression)).toBe(result);
  });

  it.each([
    `addProperty(json('{"a":null}'), 'A', 1)`,
    "setProperty(null, 'a', 1)",
    "removeProperty('a', 'a')",
    "removeProperty(json('{}'), 1)",
    `json('{"a":null}').a.b`,
    `json('{"a":1}').toString`,
    `json('{"body":{"a":1}}')['body/b']`,
    `json('{"body":[1]}')['body/0']`,
    `json('{"a":1}')?[0]`,
    "json('[1]')?['0']",
    "json('[1]')[0.0]",
    "concat('a')?.length",
  ])('%s fails', (expression) => {
    expect(evaluateText(expression)).toMatch(/^failed: /);
  });
});

describe('logic', () => {
  it.each([
    ['equals(1, 1.0)', 'true'],
    ["equals('1', 1)", 'false'],
    ['equals(true, 1)', 'true'],
    ["equals(true, 'true')", 'true'],
    ["equals(null, '')", 'false'],
    ["equals('a', 'A')", 'false'],
    [`equals(json('{"a":1,"b":[2]}'), json('{"b":[2.0],"a":1}'))`, 'true'],
    ['equals(9007199254740993, 9007199254740992)', 'false'],
    ["equals(float('NaN'), float('NaN'))", 'false'],
    ["greater('B', 'a')", 'false'],
    ["greater('10', '9')", 'false'],
    ["greater(decimal('1.5'), 1.4)", 'true'],
    ['lessOrEquals(1, 1.0)', 'true'],
    ['not(not(true))', 'true'],
  ])('%s', (expression, result) => {
    expect(evaluateText(expression)).toBe(result);
  });

  it.each([
    "greater('10', 9)",
    'greater(null, 1)',
    'greater(true, false)',
    'not(1)',
    "if('true', 1, 2)",
    'and(true, null)',
    'or(false, 1)',
  ])('%s fails', (expression) => {
    expect(evaluateText(expression)).toMatch(/^failed: The template language function/);
  });
});
