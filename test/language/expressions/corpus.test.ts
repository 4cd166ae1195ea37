/** Properties that hold for every expression of the shared workflows: printing keeps meaning, ranges fit. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  expressionsOf,
  findFunction,
  parseTemplate,
  printLiteral,
  printTemplate,
  walk,
} from '../../../language/expressions/index';
import type { Expression, Template } from '../../../language/expressions/index';

const shared = process.env['LOGICAPPS_SHARED'] ?? path.resolve(import.meta.dirname, '../../../../shared');
const corpus = path.join(shared, 'corpus');
const folders = ['workflows', 'consumption', 'standard-projects'];

function strings(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value.includes('@')) found.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      strings(key, found);
      strings(member, found);
    }
  }
}

function corpusStrings(): readonly string[] {
  const found = new Set<string>();
  for (const folder of folders) {
    for (const file of readdirSync(path.join(corpus, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.json')) continue;
      try {
        strings(JSON.parse(readFileSync(path.join(corpus, folder, file), 'utf8')), found);
      } catch (error) {
        // Some files are there because they are no JSON.
        if (!(error instanceof SyntaxError)) throw error;
      }
    }
  }
  return [...found];
}

/** A tree without its places. */
function meaning(node: Expression): unknown {
  switch (node.kind) {
    case 'literal':
      return ['literal', typeof node.value, printLiteral(node.value)];
    case 'call':
      return ['call', node.name, node.args.map(meaning)];
    case 'access':
      return ['access', meaning(node.target), meaning(node.key), node.safe];
    case 'hole':
      return ['hole'];
  }
}

function meaningOf(template: Template): unknown {
  if (template.kind === 'text') return template.text;
  if (template.kind === 'expression') return meaning(template.expression);
  const parts: unknown[] = [];
  for (const part of template.parts) {
    const last = parts.at(-1);
    if (part.kind === 'expression') parts.push(meaning(part.expression));
    // An escape splits a text; together its parts are one.
    else if (typeof last === 'string') parts[parts.length - 1] = last + part.text;
    else parts.push(part.text);
  }
  return parts;
}

describe.skipIf(!existsSync(corpus))('expressions of real workflows', () => {
  const texts = existsSync(corpus) ? corpusStrings() : [];
  const readable = texts.map(parseTemplate).filter((each) => each.problems.length === 0);

  it('are many, and nearly all can be read', () => {
    expect(texts.length).toBeGreaterThan(1_000);
    expect(readable.length).toBeGreaterThan(0.97 * texts.length);
  });

  it('mean the same after they were printed', () => {
    for (const { template, text } of readable) {
      const printed = printTemplate(template);
      const again = parseTemplate(printed);
      expect(again.problems, text).toEqual([]);
      expect(meaningOf(again.template), text).toEqual(meaningOf(template));
      expect(printTemplate(again.template), text).toBe(printed);
    }
  });

  it('have places that hold what they say', () => {
    for (const { template, text } of readable) {
      for (const expression of expressionsOf(template)) {
        walk(expression, (node) => {
          const written = text.slice(node.start, node.end);
          if (node.kind === 'call') {
            expect(written.startsWith(node.name), text).toBe(true);
            expect(text.charAt(node.open), text).toBe('(');
            expect(written.endsWith(')'), text).toBe(true);
          } else if (node.kind === 'access') {
            expect(node.start, text).toBe(node.target.start);
            expect('?.[', text).toContain(text.charAt(node.operator));
            expect(node.key.start >= node.target.end && node.key.end <= node.end, text).toBe(true);
          } else if (node.kind === 'literal' && typeof node.value === 'string' && written.startsWith("'")) {
            expect(written, text).toBe(`'${node.value.replaceAll("'", "''")}'`);
          }
        });
      }
    }
  });

  it('call functions that are known', () => {
    const unknown = new Map<string, number>();
    for (const { template } of readable) {
      for (const expression of expressionsOf(template)) {
        walk(expression, (node) => {
          if (node.kind === 'call' && findFunction(node.name) === undefined)
            unknown.set(node.name, (unknown.get(node.name) ?? 0) + 1);
        });
      }
    }
    const calls = [...unknown.values()].reduce((total, count) => total + count, 0);
    expect(calls, [...unknown.keys()].join(', ')).toBeLessThan(20);
  });
});
