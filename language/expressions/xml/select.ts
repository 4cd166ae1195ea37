/** XPath 1.0 over our documents, by the `xpath` package. */
import { select } from 'xpath';
import { double } from '../../json/value';
import type { Value } from '../../json/value';
import { XmlValue } from '../../json/xmlValue';
import { FunctionError } from '../failure';
import { NodeType, XmlNode } from './nodes';
import type { XmlDocument } from './nodes';
import { writeXml } from './write';

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

function evaluated(document: object, expression: string): unknown {
  if (!isSelectable(document)) return undefined;
  try {
    return select(expression, document);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FunctionError(`The XPath expression '${expression}' is not valid: ${reason}`);
  }
}

function nodeValue(node: unknown): Value {
  if (!(node instanceof XmlNode)) return null;
  const isText = node.nodeType === NodeType.Text || node.nodeType === NodeType.CData;
  return isText ? node.nodeValue : new XmlValue(writeXml(node));
}
