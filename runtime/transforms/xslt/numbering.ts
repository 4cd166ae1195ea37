/** xsl:number: counting nodes and writing numbers as text. Source: XSLT 1.0, section 7.7. */
import { XmlAttribute, XmlElement } from '../../../language/expressions/xml/nodes';
import type { XmlElement as Element, XmlNode } from '../../../language/expressions/xml/nodes';
import type { LocationPath } from '../../../language/expressions/xml/xpath/ast';
import { walk } from '../../../language/expressions/xml/xpath/axes';
import { parentOf } from '../../../language/expressions/xml/xpath/values';
import type { Execution } from './execution';
import type { Frame } from './frame';
import { matches, patternPaths } from './patterns';
import { expressionAt } from './stylesheet';

export function numberText(element: Element, frame: Frame, execution: Execution): string {
  const value = element.attribute('value');
  const numbers = value === undefined ? counted(element, frame) : [Math.round(execution.number(element, value, frame))];
  const separator = execution.attribute(element, 'grouping-separator', frame);
  const size = Number(execution.attribute(element, 'grouping-size', frame) ?? 0);
  const group = (digits: string): string =>
    separator === undefined || !(size > 0)
      ? digits
      : digits.replaceAll(new RegExp(`\\B(?=(\\d{${size}})+$)`, 'g'), separator);
  return formatted(numbers, execution.attribute(element, 'format', frame) ?? '1', group);
}

function counted(element: Element, frame: Frame): number[] {
  const pattern = (name: string): readonly LocationPath[] | undefined => {
    const text = element.attribute(name);
    return text === undefined ? undefined : patternPaths(expressionAt(element, text), text);
  };
  const { node } = frame;
  const count = pattern('count');
  const from = pattern('from');
  const isCounted = (each: XmlNode): boolean =>
    count === undefined ? isAlike(each, node) : count.some((path) => matches(each, path, frame));
  const isStart = (each: XmlNode): boolean => from?.some((path) => matches(each, path, frame)) === true;
  switch (element.attribute('level')) {
    case 'any':
      return [countAny(node, isCounted, isStart)].filter((each) => each > 0);
    case 'multiple': {
      const numbers: number[] = [];
      for (let each: XmlNode | null = node; each !== null && !isStart(each); each = parentOf(each)) {
        if (isCounted(each)) numbers.unshift(place(each, isCounted));
      }
      return numbers;
    }
    default:
      for (let each: XmlNode | null = node; each !== null && !isStart(each); each = parentOf(each)) {
        if (isCounted(each)) return [place(each, isCounted)];
      }
      return [];
  }
}

function isAlike(one: XmlNode, other: XmlNode): boolean {
  const nameOf = (node: XmlNode): string =>
    node instanceof XmlElement || node instanceof XmlAttribute ? `{${node.namespaceURI ?? ''}}${node.localName}` : '';
  return one.nodeType === other.nodeType && nameOf(one) === nameOf(other);
}

function place(node: XmlNode, isCounted: (node: XmlNode) => boolean): number {
  return 1 + walk('preceding-sibling', node, { kind: 'node' }).filter(isCounted).length;
}

function countAny(node: XmlNode, isCounted: (node: XmlNode) => boolean, isStart: (node: XmlNode) => boolean): number {
  const before = [...walk('preceding', node, { kind: 'node' }), ...walk('ancestor-or-self', node, { kind: 'node' })];
  before.sort((one, other) => (one.compareDocumentPosition(other) === 4 ? 1 : -1));
  let count = 0;
  for (const each of before) {
    if (isCounted(each)) count++;
    if (isStart(each)) break;
  }
  return count;
}

/** A format such as `1.a)`: tokens for the numbers, and what stands between them. */
function formatted(numbers: readonly number[], format: string, group: (digits: string) => string): string {
  const parts = format.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu) ?? ['1'];
  const isToken = (part: string | undefined): boolean => part !== undefined && /[\p{L}\p{N}]/u.test(part);
  const prefix = isToken(parts[0]) ? '' : (parts[0] ?? '');
  const suffix = parts.length > 1 && !isToken(parts.at(-1)) ? (parts.at(-1) ?? '') : '';
  const tokens = parts.filter(isToken);
  const separators = parts.filter((part, index) => !isToken(part) && index > 0 && index < parts.length - 1);
  const texts = numbers.map((number, index) => {
    const separator = index === 0 ? '' : (separators[index - 1] ?? separators.at(-1) ?? '.');
    return separator + one(number, tokens[index] ?? tokens.at(-1) ?? '1', group);
  });
  return `${prefix}${texts.join('')}${suffix}`;
}

function one(number: number, token: string, group: (digits: string) => string): string {
  if (!(number >= 1) || !Number.isFinite(number)) return String(number);
  switch (token) {
    case 'a':
      return letters(number);
    case 'A':
      return letters(number).toUpperCase();
    case 'i':
      return roman(number);
    case 'I':
      return roman(number).toUpperCase();
    default:
      return group(String(number).padStart(/^0*1$/.test(token) ? token.length : 1, '0'));
  }
}

function letters(number: number): string {
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  }
  return text;
}

const romans: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(number: number): string {
  if (number > 4999) return String(number);
  let rest = number;
  let text = '';
  for (const [value, letter] of romans) {
    for (; rest >= value; rest -= value) text += letter;
  }
  return text;
}
