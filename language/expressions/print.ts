/** Syntax trees as text. Reading the text again gives a tree of the same meaning. */
import { jsonNumberText } from '../json/numberText';
import { stringify } from '../json/stringify';
import { Decimal, Double } from '../json/value';
import type { Value } from '../json/value';
import type { Expression, Template } from './ast';

/** An expression, without a leading `@`. A hole becomes empty text. */
export function print(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return printLiteral(node.value);
    case 'call':
      return `${node.name}(${node.args.map(print).join(', ')})`;
    case 'access': {
      const safe = node.safe ? '?' : '';
      const target = print(node.target);
      const { key } = node;
      return node.dotted && key.kind === 'literal' && typeof key.value === 'string'
        ? `${target}${safe}.${key.value}`
        : `${target}${safe}[${print(key)}]`;
    }
    case 'hole':
      return '';
  }
}

/** A value as a literal of the language; arrays and objects, which have none, as a call of json(). */
export function printLiteral(value: Value): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (value === Infinity) return '1e999';
  if (value === -Infinity) return '-1e999';
  if (typeof value === 'number' || typeof value === 'bigint') return jsonNumberText(value);
  if (value instanceof Double || value instanceof Decimal) return jsonNumberText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  return `json(${printLiteral(stringify(value))})`;
}

/** A string of a workflow, as `parseTemplate` took it apart. */
export function printTemplate(template: Template): string {
  if (template.kind === 'expression') return `@${print(template.expression)}`;
  if (template.kind === 'text') {
    const { text } = template;
    return text.startsWith('@') && text.length > 1 ? `@${text}` : escaped(text);
  }
  // An escape splits a text in two, between its @ and its {.
  let printed = '';
  let text = '';
  for (const part of template.parts) {
    if (part.kind === 'text') {
      text += part.text;
    } else {
      printed += `${escaped(text)}@{${print(part.expression)}}`;
      text = '';
    }
  }
  return printed + escaped(text);
}

function escaped(text: string): string {
  return text.replaceAll('@{', '@@{');
}
