/** Functions that change objects, and coalesce. Objects are never changed in place: a new one is returned. */
import { contentOf } from '../../json/content';
import { stringify } from '../../json/stringify';
import { isObject } from '../../json/value';
import type { ObjectValue } from '../../json/value';
import { XmlValue } from '../../json/xmlValue';
import { ArgumentError, excerpt, FunctionError } from '../failure';
import { keyOf } from '../names';
import { anyAt, stringAt } from './arguments';
import type { Arguments } from './arguments';
import type { FunctionDefinition, Parameter } from './definition';

const object: Parameter = { name: 'object', type: 'object', description: 'The object; it is not changed itself' };

/** An object; binary and XML values are taken as the objects they are on the host. */
export function objectAt(args: Arguments, index: number): ObjectValue {
  const value = anyAt(args, index);
  if (value instanceof XmlValue) return contentOf(value);
  if (isObject(value)) return value;
  throw new ArgumentError(index, 'to be of type object', value);
}

const addProperty: FunctionDefinition = {
  name: 'addProperty',
  category: 'manipulation',
  summary: 'Adds a property to an object and returns the new object.',
  details: 'Fails when the object has a property of that name, in whatever case.',
  parameters: [
    object,
    { name: 'property', type: 'string', description: 'The name of the new property' },
    { name: 'value', type: 'any', description: 'Its value' },
  ],
  returns: 'object',
  examples: [{ expression: `addProperty(json('{"a":1}'), 'b', 2)`, result: '{"a":1,"b":2}' }],
  evaluate: (args) => {
    const target = objectAt(args, 0);
    const name = stringAt(args, 1);
    if (keyOf(target, name) !== undefined) {
      throw new FunctionError(
        `The template language function 'addProperty' expects the property to not exist in the object. The property '${name}' exists in '${excerpt(stringify(target))}'.`,
        'Use setProperty(…) to replace it.',
      );
    }
    return new Map(target).set(name, anyAt(args, 2));
  },
};

const setProperty: FunctionDefinition = {
  name: 'setProperty',
  category: 'manipulation',
  summary: 'Sets a property of an object, or adds it, and returns the new object.',
  details: 'The property is found without regard to case, and stands last in the result.',
  parameters: [
    object,
    { name: 'property', type: 'string', description: 'The name of the property' },
    { name: 'value', type: 'any', description: 'Its value' },
  ],
  returns: 'object',
  examples: [{ expression: `setProperty(json('{"a":1}'), 'a', 2)`, result: '{"a":2}' }],
  evaluate: (args) => {
    const target = objectAt(args, 0);
    const name = stringAt(args, 1);
    const key = keyOf(target, name) ?? name;
    const changed = new Map(target);
    changed.delete(key);
    return changed.set(key, anyAt(args, 2));
  },
};

const removeProperty: FunctionDefinition = {
  name: 'removeProperty',
  category: 'manipulation',
  summary: 'Removes a property from an object and returns the new object.',
  details: 'The property is found without regard to case. When there is none, the object stays as it is.',
  parameters: [object, { name: 'property', type: 'string', description: 'The name of the property' }],
  returns: 'object',
  examples: [{ expression: `removeProperty(json('{"a":1,"b":2}'), 'a')`, result: '{"b":2}' }],
  evaluate: (args) => {
    const target = objectAt(args, 0);
    const key = keyOf(target, stringAt(args, 1));
    if (key === undefined) return target;
    const changed = new Map(target);
    changed.delete(key);
    return changed;
  },
};

const mergeObjects: FunctionDefinition = {
  name: 'mergeObjects',
  category: 'manipulation',
  summary: 'Combines two objects; where both have a property, the second one wins.',
  parameters: [object, { name: 'object2', type: 'object', description: 'The object whose properties win' }],
  returns: 'object',
  examples: [{ expression: `mergeObjects(json('{"a":1,"b":2}'), json('{"b":3}'))`, result: '{"a":1,"b":3}' }],
  evaluate: (args) => {
    const merged = new Map(objectAt(args, 0));
    for (const [key, value] of objectAt(args, 1)) merged.set(key, value);
    return merged;
  },
};

const coalesce: FunctionDefinition = {
  name: 'coalesce',
  category: 'manipulation',
  summary: 'Returns the first value that is not null.',
  details: 'Empty strings, arrays and objects are not null. Values after the first that is not null are not evaluated.',
  parameters: [{ name: 'object', type: 'any', description: 'A value that may be null', rest: true }],
  returns: 'any',
  examples: [
    { expression: "coalesce(null, 'hello', 'world')", result: '"hello"' },
    { expression: 'coalesce(null, null)', result: 'null' },
  ],
  lazy: true,
  evaluate: (args, context) => {
    for (const arg of args) {
      const value = arg(context);
      if (value !== null) return value;
    }
    return null;
  },
};

export const manipulationFunctions: readonly FunctionDefinition[] = [
  addProperty,
  coalesce,
  mergeObjects,
  removeProperty,
  setProperty,
];
