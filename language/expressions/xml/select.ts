/** XPath 1.0 over documents, in the values of expressions. */
import { doubleText } from '../../json/numberText';
import { double } from '../../json/value';
import type { Value } from '../../json/value';
import { XmlValue } from '../../json/xmlValue';
import { excerpt, FunctionError } from '../failure';
import { NodeType } from './nodes';
import type { XmlDocument, XmlNode } from './nodes';
import { writeXml } from './write';
import { XPathError } from './xpath/ast';
import { evaluateXPath } from './xpath/evaluate';
import type { XPathScope } from './xpath/evaluate';
import { parseXPath } from './xpath/parser';
import { isNodeSet } from './xpath/values';
import type { XPathValue } from './xpath/values';

const MOST_VISITS = 10_000_000;

/**
 * The platform declares nothing for its expressions: there are no variables, and no functions but those of XPath. .NET's XPath library
 * writes numbers as .NET does everywhere, where XPath itself knows no exponents: `1E+21`.
 */
function bareScope(): XPathScope {
  return {
    variable: () => undefined,
    function: () => undefined,
    budget: { count: 0, most: MOST_VISITS },
    numberText: doubleText,
  };
}

/**
 * What an expression selects: an array of XML values (text nodes as strings), or a string, boolean or float.
 * Throws FunctionError for an expression that is not valid.
 */
export function selectXml(document: XmlDocument, expression: string): Value {
  const result = evaluated(document, expression);
  if (isNodeSet(result)) return result.filter((node) => !continues(node)).map(nodeValue);
  return typeof result === 'number' ? double(result) : result;
}

function evaluated(document: XmlDocument, expression: string): XPathValue {
  document.number(0);
  try {
    const parsed = parseXPath(expression, () => undefined);
    return evaluateXPath(parsed, { node: document, position: 1, size: 1, scope: bareScope() });
  } catch (error) {
    if (error instanceof RangeError) throw new FunctionError('The XPath expression is nested too deep.');
    if (!(error instanceof XPathError)) throw error;
    const hint = error.message.startsWith('The prefix')
      ? 'Instead of a prefix, compare local-name() and namespace-uri().'
      : undefined;
    throw new FunctionError(
      `The XPath expression '${excerpt(expression)}' is not valid: ${excerpt(error.message)}`,
      hint,
    );
  }
}

function isText(node: XmlNode | null): boolean {
  return node?.nodeType === NodeType.Text || node?.nodeType === NodeType.CData;
}

/** Text and CDATA sections side by side are one text node to XPath. */
function continues(node: XmlNode): boolean {
  return isText(node) && isText(node.previousSibling);
}

function nodeValue(node: XmlNode): Value {
  if (!isText(node)) return new XmlValue(writeXml(node));
  let text = '';
  for (let part: XmlNode | null = node; part !== null && isText(part); part = part.nextSibling)
    text += part.textContent;
  return text;
}
