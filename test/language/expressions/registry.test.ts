import { readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  arityOf,
  evaluateExpression,
  evaluateJsonContext,
  findFunction,
  functions,
  signatureOf,
  similarFunction,
} from '../../../language/expressions/index';
import { parseValue } from '../../../language/json/parse';
import { stringify } from '../../../language/json/stringify';

const shared = process.env['LOGICAPPS_SHARED'] ?? path.resolve(import.meta.dirname, '../../../../shared');
const table = path.join(shared, 'wdl', 'functions.json');

describe('examples', () => {
  for (const definition of functions) {
    for (const example of definition.examples) {
      it(example.expression, () => {
        const data = parseValue(JSON.stringify(example.context ?? {}));
        if (!data.ok) throw new Error(data.message);
        const outcome = evaluateExpression(example.expression, evaluateJsonContext(data.value));
        if (!outcome.ok) throw new Error(outcome.failure.message);
        if (example.result !== undefined) expect(stringify(outcome.value)).toBe(example.result);
      });
    }
  }
});

describe('entries', () => {
  it('have names of their own', () => {
    const names = functions.map((definition) => definition.name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it('are described', () => {
    for (const definition of functions) {
      expect(definition.summary, definition.name).toMatch(/^[A-Z].*\.$/s);
      for (const parameter of definition.parameters) {
        expect(parameter.description, `${definition.name}, ${parameter.name}`).not.toBe('');
      }
    }
  });

  it('take optional parameters last', () => {
    for (const definition of functions) {
      const optional = definition.parameters.map((parameter) => parameter.optional === true);
      expect(optional, definition.name).toEqual(optional.toSorted());
    }
  });

  it('are found without regard to case', () => {
    expect(findFunction('ENCODEuriCOMPONENT')?.name).toBe('encodeUriComponent');
    expect(findFunction('__proto__')).toBeUndefined();
    expect(findFunction('constructor')).toBeUndefined();
  });

  it('are suggested for a misspelled name', () => {
    expect(similarFunction('formatDateTme') ?? similarFunction('subsring')).toBeDefined();
    expect(similarFunction('subsring')).toBe('substring');
    expect(similarFunction('zzzzzzzzzz')).toBeUndefined();
  });

  it('show their signature', () => {
    const concat = findFunction('concat');
    expect(concat && signatureOf(concat)).toBe('concat(text, …)');
  });
});

describe.skipIf(!existsSync(table))("Microsoft's functions", () => {
  interface Row {
    name: string;
    minArgs: number;
    maxArgs: number | null;
  }
  const rows = existsSync(table) ? (JSON.parse(readFileSync(table, 'utf8')) as Row[]) : [];
  it.each(rows.map((row) => [row.name, row] as const))('%s', (name, row) => {
    const definition = findFunction(name);
    expect(definition?.name).toBe(name);
    if (definition !== undefined) {
      expect(arityOf(definition)).toEqual({ least: row.minArgs, most: row.maxArgs ?? Infinity });
    }
  });
});
