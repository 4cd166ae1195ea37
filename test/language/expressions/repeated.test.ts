import { expect, it } from 'vitest';
import { evaluateExpression, evaluateJsonContext, parse } from '../../../language/expressions/index';
import { parseValue } from '../../../language/json/parse';
import { stringify } from '../../../language/json/stringify';

const data = parseValue('{"variables": {"n": 3, "o": {"a": [1, {"b": "x"}]}, "none": null}, "item": 7}');
if (!data.ok) throw new Error(data.message);
const context = evaluateJsonContext(data.value);

// The first evaluation of a tree walks it, later ones run what was compiled from it.
it.each([
  "concat('a', variables('n'), null)",
  "variables('o')['a'][1]?.b",
  "variables('o')?['z']?['y']",
  "variables('o').a[sub(variables('n'), 3)]",
  "if(equals(variables('n'), 3), coalesce(null, 'yes'), nope())",
  'and(false, nope())',
  'filter(createArray(1, 9), greater(item(), 5))',
  'item()',
  '5',
  "variables('o').z",
  "variables('none').z",
  "variables('o').a[9]",
  'concat(1, nope())',
  'add(1)',
  "length(first(variables('o').a))",
  "add('x', variables('n'))",
  "concat('a'",
])('%s gives the same each time', (text) => {
  const parsed = parse(text);
  const outcomes = [1, 2, 3].map(() => evaluateExpression(parsed, context));
  const shown = [...outcomes, evaluateExpression(text, context)].map((each) =>
    each.ok ? stringify(each.value) : each.failure,
  );
  for (const each of shown) expect(each).toEqual(shown[0]);
});
