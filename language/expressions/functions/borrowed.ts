/**
 * Functions of Azure Resource Manager templates that workflows in the wild borrow. Microsoft's reference for workflows does not know
 * them; they evaluate here as in templates, and say where they come from.
 */
import { isArray } from '../../json/value';
import type { Value } from '../../json/value';
import { ArgumentError, FunctionError } from '../failure';
import { ItemContext } from '../itemContext';
import { typeNameOf } from '../types';
import { anyAt, stringAt } from './arguments';
import type { FunctionDefinition } from './definition';

const createObject: FunctionDefinition = {
  name: 'createObject',
  category: 'manipulation',
  summary: 'Returns an object made of names and values in turn.',
  undocumented:
    "A function of ARM templates; Microsoft's reference for workflows does not list it. Use json(…) or addProperty(…).",
  parameters: [
    { name: 'key', type: 'string', description: 'The name of a property', optional: true },
    {
      name: 'value',
      type: 'any',
      description: 'The value of the property; more names and values may follow',
      optional: true,
      rest: true,
    },
  ],
  returns: 'object',
  examples: [{ expression: "createObject('a', 1, 'b', 'x')", result: '{"a":1,"b":"x"}' }],
  evaluate: (args) => {
    if (args.length % 2 !== 0) {
      throw new FunctionError(
        `The template language function 'createObject' expects an even number of parameters: names and values in turn. The function was invoked with '${args.length}' parameter(s).`,
      );
    }
    const members = new Map<string, Value>();
    for (let index = 0; index < args.length; index += 2) members.set(stringAt(args, index), anyAt(args, index + 1));
    return members;
  },
};

const filter: FunctionDefinition = {
  name: 'filter',
  category: 'collection',
  summary: 'Returns the items of an array for which a condition holds; item() stands for the item.',
  undocumented: "Microsoft's reference for workflows does not list it. Use a Filter array action.",
  parameters: [
    { name: 'array', type: 'array', description: 'The array' },
    { name: 'condition', type: 'boolean', description: 'The condition, with item() in it' },
  ],
  returns: 'array',
  examples: [{ expression: 'filter(createArray(1, 2, 3), greater(item(), 1))', result: '[2,3]' }],
  lazy: true,
  evaluate: (args, context) => {
    const [source, condition] = args;
    const items = source?.(context);
    if (!isArray(items)) throw new ArgumentError(0, 'to be an array', items);
    return items.filter((item) => {
      const holds = condition?.(new ItemContext(context, item));
      if (typeof holds === 'boolean') return holds;
      throw new FunctionError(
        `The template language function 'filter' expects its condition to be of type boolean. The provided value is of type '${typeNameOf(holds ?? null)}'.`,
      );
    });
  },
};

export const borrowedFunctions: readonly FunctionDefinition[] = [createObject, filter];
