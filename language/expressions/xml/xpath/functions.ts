/** The core function library of XPath 1.0. Source: XPath 1.0, section 4. */
import { XmlElement } from '../nodes';
import type { XmlNode } from '../nodes';
import type { XPathFunction } from './evaluate';
import { booleanOf, localName, namespaceOf, nodesOf, numberOf, parentOf, qualifiedName, stringOf } from './values';
import type { XPathValue } from './values';

interface CoreFunction {
  readonly least: number;
  readonly most: number;
  readonly apply: XPathFunction;
}

type Texts = (texts: readonly string[], args: readonly XPathValue[]) => XPathValue;

const define = (least: number, most: number, apply: XPathFunction): CoreFunction => ({ least, most, apply });
/** A function of strings; one that is missing is that of the context node. */
const ofTexts = (least: number, most: number, apply: Texts): CoreFunction =>
  define(least, most, (context, args) => {
    const { numberText } = context.scope;
    const textOf = (value: XPathValue): string =>
      typeof value === 'number' && numberText !== undefined ? numberText(value) : stringOf(value);
    return apply(args.length === 0 ? [context.node.textContent] : args.map(textOf), args);
  });
const ofNumber = (apply: (value: number) => number): CoreFunction =>
  define(1, 1, (_context, args) => apply(numberOf(args[0] ?? NaN)));
/** A function of the first node of its argument, or of the context node. */
const ofNode = (apply: (node: XmlNode) => string): CoreFunction =>
  define(0, 1, (context, args) => {
    const node = args[0] === undefined ? context.node : nodesOf(args[0], 'The argument')[0];
    return node === undefined ? '' : apply(node);
  });

export const coreFunctions: ReadonlyMap<string, CoreFunction> = new Map([
  ['last', define(0, 0, ({ size }) => size)],
  ['position', define(0, 0, ({ position }) => position)],
  ['count', define(1, 1, (_context, args) => nodesOf(args[0] ?? '', 'The argument of count').length)],
  // Only a DTD can say which attributes are identifiers, and DTDs are not read.
  ['id', define(1, 1, () => [])],
  ['local-name', ofNode(localName)],
  ['namespace-uri', ofNode(namespaceOf)],
  ['name', ofNode(qualifiedName)],
  ['string', ofTexts(0, 1, ([text = '']) => text)],
  ['concat', ofTexts(2, Infinity, (texts) => texts.join(''))],
  ['starts-with', ofTexts(2, 2, ([text = '', part = '']) => text.startsWith(part))],
  ['contains', ofTexts(2, 2, ([text = '', part = '']) => text.includes(part))],
  ['substring-before', ofTexts(2, 2, ([text = '', part = '']) => text.slice(0, Math.max(0, text.indexOf(part))))],
  [
    'substring-after',
    ofTexts(2, 2, ([text = '', part = '']) =>
      text.includes(part) ? text.slice(text.indexOf(part) + part.length) : '',
    ),
  ],
  [
    'substring',
    ofTexts(2, 3, ([text = ''], [, from = NaN, length]) =>
      substring(text, numberOf(from), length === undefined ? undefined : numberOf(length)),
    ),
  ],
  ['string-length', ofTexts(0, 1, ([text = '']) => text.length)],
  ['normalize-space', ofTexts(0, 1, ([text = '']) => text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, ''))],
  ['translate', ofTexts(3, 3, ([text = '', from = '', to = '']) => translate(text, from, to))],
  ['boolean', define(1, 1, (_context, [value = false]) => booleanOf(value))],
  ['not', define(1, 1, (_context, [value = false]) => !booleanOf(value))],
  ['true', define(0, 0, () => true)],
  ['false', define(0, 0, () => false)],
  ['lang', define(1, 1, ({ node }, [language = '']) => isIn(node, stringOf(language).toLowerCase()))],
  ['number', define(0, 1, ({ node }, [value]) => numberOf(value ?? node.textContent))],
  ['sum', define(1, 1, (_context, args) => sum(args))],
  ['floor', ofNumber(Math.floor)],
  ['ceiling', ofNumber(Math.ceil)],
  ['round', ofNumber(Math.round)],
]);

/** Characters are counted from 1, and both numbers are rounded. A character is a UTF-16 code unit, as in .NET. */
function substring(text: string, from: number, length: number | undefined): string {
  const start = Math.round(from);
  const end = length === undefined ? Infinity : start + Math.round(length);
  // Nothing is before or behind what is not a number.
  return start < end ? text.slice(Math.max(0, start - 1), Math.max(0, end - 1)) : '';
}

function translate(text: string, from: string, to: string): string {
  const replacements = [...to];
  const replaced = new Map<string, string>();
  [...from].forEach((letter, index) => {
    if (!replaced.has(letter)) replaced.set(letter, replacements[index] ?? '');
  });
  return Array.from(text, (letter) => replaced.get(letter) ?? letter).join('');
}

function sum(args: readonly XPathValue[]): number {
  return nodesOf(args[0] ?? '', 'The argument of sum').reduce((total, node) => total + numberOf(node.textContent), 0);
}

function isIn(node: XmlNode, language: string): boolean {
  for (let each: XmlNode | null = node; each !== null; each = parentOf(each)) {
    const own = each instanceof XmlElement ? each.attribute('xml:lang')?.toLowerCase() : undefined;
    if (own !== undefined) return own === language || own.startsWith(`${language}-`);
  }
  return false;
}
