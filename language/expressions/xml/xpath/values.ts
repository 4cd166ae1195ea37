/** The four types of XPath 1.0 and how each becomes another. Source: XPath 1.0, section 4. */
import { NodeType, XMLNS, XmlAttribute, XmlElement } from '../nodes';
import type { XmlNode } from '../nodes';
import { XPathError } from './ast';

/** A node-set is in document order and holds no node twice. */
export type NodeSet = readonly XmlNode[];
export type XPathValue = string | number | boolean | NodeSet;

export function isNodeSet(value: XPathValue): value is NodeSet {
  return typeof value === 'object';
}

export function stringOf(value: XPathValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  return value[0] === undefined ? '' : value[0].textContent;
}

export function numberOf(value: XPathValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = stringOf(value);
  return /^[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)[ \t\r\n]*$/.test(text) ? Number(text) : NaN;
}

export function booleanOf(value: XPathValue): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0 && !Number.isNaN(value);
  return value.length > 0;
}

/** Throws `XPathError` when the value is no node-set. `what` begins the sentence. */
export function nodesOf(value: XPathValue, what: string): NodeSet {
  if (isNodeSet(value)) return value;
  throw new XPathError(`${what} must be a node-set, but it is a ${typeof value}.`);
}

/** Without an exponent, as XPath writes numbers. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const text = String(value === 0 ? 0 : value);
  if (!text.includes('e')) return text;
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(20).replace(/0+$/, '');
}

/** Sorts into document order and drops repeats; a list that is in order already is given back as it is. */
export function inDocumentOrder(nodes: XmlNode[]): XmlNode[] {
  const isSorted = nodes.every((node, index) => index === 0 || isBefore(nodes[index - 1], node));
  if (isSorted) return nodes;
  return [...new Set(nodes)].sort((one, other) => (isBefore(one, other) ? -1 : 1));
}

function isBefore(one: XmlNode | undefined, other: XmlNode): boolean {
  return one !== undefined && one !== other && one.compareDocumentPosition(other) === 4;
}

/** The parent in XPath's sense: that of an attribute is its element. */
export function parentOf(node: XmlNode): XmlNode | null {
  return node instanceof XmlAttribute ? node.ownerElement : node.parentNode;
}

export function rootOf(node: XmlNode): XmlNode {
  let top = node;
  for (let above = parentOf(top); above !== null; above = parentOf(top)) top = above;
  return top;
}

function isDeclaration(node: XmlNode): boolean {
  return node instanceof XmlAttribute && node.namespaceURI === XMLNS;
}

/** Local name of an element, attribute or instruction, prefix of a namespace node; empty for nodes without one. */
export function localName(node: XmlNode): string {
  if (isDeclaration(node)) return node.nodeName === 'xmlns' ? '' : node.nodeName.slice('xmlns:'.length);
  if (node instanceof XmlElement || node instanceof XmlAttribute) return node.localName;
  return node.nodeType === NodeType.Instruction ? node.nodeName : '';
}

/** Name with its prefix. */
export function qualifiedName(node: XmlNode): string {
  const isNamed = node instanceof XmlElement || (node instanceof XmlAttribute && !isDeclaration(node));
  return isNamed ? node.nodeName : localName(node);
}

export function namespaceOf(node: XmlNode): string {
  if (isDeclaration(node)) return '';
  return node instanceof XmlElement || node instanceof XmlAttribute ? (node.namespaceURI ?? '') : '';
}

/** The nodes that XPath knows: a DOCTYPE is none. */
export function visible(nodes: readonly XmlNode[]): NodeSet {
  return nodes.filter((node) => node.nodeType !== NodeType.Doctype);
}
