/** XML as JSON, by the rules of Newtonsoft's XmlNodeConverter. */
import type { Value } from '../../json/value';
import { FunctionError } from '../failure';
import { decodeXmlName } from './names';
import { JSON_NAMESPACE, NamespaceScope } from './namespaceScope';
import { NodeType, XMLNS, XmlCharacters, XmlDoctype, XmlDocument, XmlElement, XmlInstruction } from './nodes';
import type { XmlAttribute, XmlNode } from './nodes';
import { parseXml } from './parse';

/** The host reads the text as UTF-8 bytes, so a declaration may name only encodings that agree with those. */
const encodings = /^(utf-8|us-ascii|ascii|iso-8859-\d+|windows-125\d|latin1)$/i;

/** Throws FunctionError for a text that is no XML. */
export function xmlToJson(text: string): Value {
  if (text === '') return new Map();
  const document = parseXml(text);
  if (!(document instanceof XmlDocument)) throw new FunctionError(describeProblem(document));
  const encoding = document.declaration?.encoding;
  if (encoding !== undefined && !encodings.test(encoding)) {
    throw new FunctionError(
      `The XML cannot be converted to JSON: its encoding '${encoding}' is not that of its bytes, UTF-8.`,
    );
  }
  const root = new Map<string, Value>();
  const { declaration } = document;
  if (declaration !== undefined) {
    const { version, standalone } = declaration;
    root.set(
      '?xml',
      parts([
        ['@version', version],
        ['@encoding', encoding],
        ['@standalone', standalone],
      ]),
    );
  }
  addChildren(document.childNodes, root, new NamespaceScope());
  return root;
}

/** One sentence with the place. */
export function describeProblem(problem: {
  readonly problem: string;
  readonly line: number;
  readonly column: number;
}): string {
  return `The provided value cannot be converted to XML: ${problem.problem}. Line ${problem.line}, position ${problem.column}.`;
}

/** An object of the members that have a value. */
function parts(members: readonly (readonly [string, string | undefined])[]): Value {
  return new Map(members.filter((each): each is [string, string] => each[1] !== undefined && each[1] !== ''));
}

/**
 * Children are grouped by name, in the order in which each name appears first; several of a name make an array. The names are those of
 * the scope around them: a prefix that an element declares itself shows only where the element stands alone.
 */
function addChildren(children: readonly XmlNode[], target: Map<string, Value>, scope: NamespaceScope): void {
  const groups = new Map<string, XmlNode[]>();
  for (const child of children) {
    const name = nameOf(child, scope);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [child]);
    else group.push(child);
  }
  for (const [name, group] of groups) {
    const [first] = group;
    if (first === undefined) continue;
    if (group.length > 1 || isArrayElement(first)) {
      // A comment is written as a JSON comment, which a JSON value cannot hold: what stays of several is the empty array.
      const kept = group.filter((each) => each.nodeType !== NodeType.Comment);
      target.set(
        name,
        kept.map((each) => valueOf(each, scope)),
      );
    } else if (first instanceof XmlElement) {
      const inner = scope.within(first);
      target.set(nameOf(first, inner), elementValue(first, inner));
    } else if (first.nodeType !== NodeType.Comment) {
      target.set(name, valueOf(first, scope));
    }
  }
}

function nameOf(node: XmlNode, scope: NamespaceScope): string {
  if (node instanceof XmlElement) return qualified(node, scope);
  if (node instanceof XmlDoctype) return '!DOCTYPE';
  return node instanceof XmlInstruction ? `?${decodeXmlName(node.target)}` : node.nodeName;
}

/** The decoded name behind the prefix that the namespace has in the scope. */
function qualified(node: XmlElement | XmlAttribute, scope: NamespaceScope): string {
  if (node.namespaceURI === JSON_NAMESPACE) return `$${node.localName}`;
  const isDefault = node.namespaceURI === null || (node.namespaceURI === XMLNS && node.localName === 'xmlns');
  const prefix = isDefault ? '' : (scope.prefixOf(node.namespaceURI ?? '') ?? '');
  const local = decodeXmlName(node.localName);
  return prefix === '' ? local : `${prefix}:${local}`;
}

function isArrayElement(node: XmlNode): boolean {
  return (
    node instanceof XmlElement && node.attributes.some((each) => isArrayMark(each) && /^(true|1)$/.test(each.nodeValue))
  );
}

function isArrayMark(attribute: XmlAttribute): boolean {
  return attribute.namespaceURI === JSON_NAMESPACE && attribute.localName === 'Array';
}

function valueOf(node: XmlNode, scope: NamespaceScope): Value {
  if (node instanceof XmlElement) return elementValue(node, scope.within(node));
  if (node instanceof XmlDoctype) {
    const { nodeName, publicId, systemId, internalSubset } = node;
    return parts([
      ['@name', nodeName],
      ['@public', publicId],
      ['@system', systemId],
      ['@internalSubset', internalSubset],
    ]);
  }
  return node.nodeValue;
}

function elementValue(element: XmlElement, scope: NamespaceScope): Value {
  const { attributes, childNodes } = element;
  const [only, second] = childNodes;
  if (only === undefined && attributes.length === 0) return element.isEmpty ? null : '';
  const isPlain = attributes.every((each) => each.namespaceURI === JSON_NAMESPACE || isJsonDeclaration(each));
  const isText =
    second === undefined && only instanceof XmlCharacters && only.nodeType === NodeType.Text && !only.isBlank;
  if (isPlain && isText) return only.data;
  const target = new Map<string, Value>();
  for (const attribute of attributes) {
    if (isArrayMark(attribute) || isJsonDeclaration(attribute)) continue;
    const name = qualified(attribute, scope);
    target.set(name.startsWith('$') ? name : `@${name}`, attribute.nodeValue);
  }
  addChildren(childNodes, target, scope);
  return target;
}

/** `xmlns:json="http://james.newtonking.com/projects/json"` itself is not shown. */
function isJsonDeclaration(attribute: XmlAttribute): boolean {
  return attribute.namespaceURI === XMLNS && attribute.nodeValue === JSON_NAMESPACE;
}
