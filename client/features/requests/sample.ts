/** A value that fits a JSON Schema, to start a request from. Pure; what it cannot know it fills with something harmless. */

/** Schemas may refer to themselves. */
const MAX_DEPTH = 8;

type Members = ReadonlyMap<string, unknown>;

/** The sample of a schema given as plain JSON; an empty object when the schema says nothing. */
export function sampleOf(schema: unknown, name = '', depth = 0): unknown {
  const members = membersOf(schema);
  if (members === undefined || depth > MAX_DEPTH) return {};
  for (const given of ['example', 'default', 'const']) if (members.has(given)) return members.get(given);
  const [example] = listOf(members.get('examples'));
  if (example !== undefined) return example;
  const [choice] = listOf(members.get('enum'));
  if (choice !== undefined) return choice;
  const [alternative] = [...listOf(members.get('oneOf')), ...listOf(members.get('anyOf'))];
  if (alternative !== undefined) return sampleOf(alternative, name, depth + 1);
  switch (typeOf(members)) {
    case 'object':
      return objectSample(members, depth);
    case 'array': {
      const items = members.get('items');
      const [first] = listOf(items);
      return items === undefined ? [] : [sampleOf(first ?? items, singular(name), depth + 1)];
    }
    case 'integer':
    case 'number': {
      const minimum = members.get('minimum');
      return typeof minimum === 'number' ? minimum : 1;
    }
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string':
      return stringSample(members, name);
    default:
      return {};
  }
}

function typeOf(members: Members): string | undefined {
  const type = members.get('type');
  if (typeof type === 'string') return type;
  const [first] = listOf(type).filter((each) => each !== 'null');
  if (typeof first === 'string') return first;
  return members.has('properties') ? 'object' : members.has('items') ? 'array' : undefined;
}

function objectSample(members: Members, depth: number): unknown {
  const properties = membersOf(members.get('properties')) ?? new Map<string, unknown>();
  return Object.fromEntries(
    [...properties].map(([name, schema]): [string, unknown] => [name, sampleOf(schema, name, depth + 1)]),
  );
}

/** Texts by format, else the property's own name: it says what belongs there. */
function stringSample(members: Members, name: string): string {
  switch (members.get('format')) {
    case 'date-time':
      return '2026-01-31T12:00:00Z';
    case 'date':
      return '2026-01-31';
    case 'time':
      return '12:00:00Z';
    case 'email':
      return 'someone@example.com';
    case 'uri':
      return 'https://example.com/';
    case 'uuid':
      return '00000000-0000-0000-0000-000000000000';
    default:
      return name === '' ? 'text' : name;
  }
}

function singular(name: string): string {
  return name.endsWith('s') ? name.slice(0, -1) : name;
}

function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
