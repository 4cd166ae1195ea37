/** XPath 1.0 over our documents, by the `xpath` package. */
import { select } from 'xpath';
import { double } from '../../json/value';
import type { Value } from '../../json/value';
import { XmlValue } from '../../json/xmlValue';
import { FunctionError } from '../failure';
import { NodeType, XmlNode } from './nodes';
import type { XmlDocument } from './nodes';
import { escapeText, writeXml } from './write';

type SelectableNode = Parameters<typeof select>[1];

/** Our nodes have the members of the DOM that the package reads; its types ask for all of them. */
function isSelectable(node: object): node is SelectableNode {
  return node instanceof XmlNode;
}

/**
 * What an expression selects: an array of XML values (text nodes as strings), or a string, boolean or float.
 * Throws FunctionError for an expression that is not valid.
 */
export function selectXml(document: XmlDocument, expression: string): Value {
  const result = evaluated(document, expression);
  if (Array.isArray(result)) return result.map(nodeValue);
  if (typeof result === 'number') return double(result);
  if (typeof result === 'string' || typeof result === 'boolean') return result;
  throw new FunctionError(`The XPath expression '${expression}' gives no value.`);
}

function evaluated(document: XmlDocument, expression: string): unknown {
  const node: object = document;
  if (!isSelectable(node)) return undefined;
  document.number(0);
  try {
    return select(expression, node);
  } catch (error) {
    throw new FunctionError(`The XPath expression '${expression}' is not valid: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deep.';
  const message = error instanceof Error ? error.message : String(error);
  const prefix = /^Cannot resolve QName (.*)$/.exec(message)?.[1];
  if (prefix === undefined) return message;
  return `the prefix '${prefix}' is not declared. Compare local-name() and namespace-uri() instead.`;
}

function nodeValue(node: unknown): Value {
  if (!(node instanceof XmlNode)) return isNamespace(node) ? new XmlValue(declaration(node)) : null;
  const isText = node.nodeType === NodeType.Text || node.nodeType === NodeType.CData;
  return isText ? node.nodeValue : new XmlValue(writeXml(node));
}

/** What the namespace axis selects: nodes of the library's own. */
interface NamespaceNode {
  readonly prefix: string;
  readonly nodeValue: string;
}

function isNamespace(node: unknown): node is NamespaceNode {
  return typeof node === 'object' && node !== null && 'prefix' in node && 'nodeValue' in node;
}

function declaration({ prefix, nodeValue: uri }: NamespaceNode): string {
  return `${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeText(uri)}"`;
}
