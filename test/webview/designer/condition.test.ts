import { describe, expect, it } from 'vitest';
import { parseTree } from '../../../language/json/tree';
import { conditionText, readCondition } from '../../../webview/designer/fields/condition';

const textOf = (value: unknown): string | undefined => {
  const condition = readCondition(parseTree(JSON.stringify(value)).root);
  return condition && conditionText(condition);
};

describe('conditions in words', () => {
  it.each([
    [{ and: [{ greater: ["@item()?['quantity']", 10] }] }, "item()?['quantity'] > 10"],
    [
      { or: [{ equals: ['@a()', 'x'] }, { not: { contains: ['@b()', null] } }] },
      "a() = 'x' or b() does not contain null",
    ],
    [
      { and: [{ or: [{ less: ['@a()', 1] }, { less: ['@b()', 2] }] }, { lessOrEquals: ['@c()', '@d()'] }] },
      '(a() < 1 or b() < 2) and c() ≤ d()',
    ],
    [{ not: { and: [{ equals: [1, 1] }] } }, 'not (1 = 1)'],
    ["@equals(1, variables('x'))", "equals(1, variables('x'))"],
  ])('%j', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  it.each([{}, { and: 3 }, { sounds: [1, 2] }, { equals: [1] }, []])('leaves %j as it is written', (value) => {
    expect(textOf(value)).toBeUndefined();
  });
});
