/** A first value for a member that is missing: of the right type, with what it cannot do without. */
import type { PlainJson } from '../workflow/changes/textStyle';
import { resolved } from './schema';
import type { JsonSchema, SchemaLookup } from './schema';

/** Required members inside required members: deeper ones are left to the next look at the problems. */
const MAX_DEPTH = 4;

export function startValue(schema: JsonSchema | undefined, lookup: SchemaLookup, depth = 0): PlainJson {
  if (schema === undefined || depth > MAX_DEPTH) return '';
  const whole = resolved(schema, lookup);
  const [example] = whole.examples ?? [];
  if (whole['x-closed'] === true && typeof example === 'string') return example;
  switch (typeof whole.type === 'string' ? whole.type : whole.type?.[0]) {
    case 'object':
      return Object.fromEntries(
        (whole.required ?? []).map((name) => [name, startValue(whole.properties?.[name], lookup, depth + 1)]),
      );
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return typeof example === 'number' ? example : (whole.minimum ?? 0);
    case 'boolean':
      return false;
    default:
      return '';
  }
}
