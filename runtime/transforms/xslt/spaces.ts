/** White space of stylesheets and source documents, and text nodes as XPath sees them. Source: XSLT 1.0, section 3.4. */
import { NodeType, XmlCharacters, XmlElement } from '../../../language/expressions/xml/nodes';
import type { XmlDocument, XmlNode, XmlParent } from '../../../language/expressions/xml/nodes';
import { XSL } from './stylesheet';
import type { Stylesheet } from './stylesheet';

/** Drops the white space between the elements of a stylesheet, except in xsl:text. */
export function tidyStylesheet(document: XmlDocument): XmlDocument {
  tidy(document, (parent) => parent.namespaceURI === XSL && parent.localName === 'text', false);
  return document;
}

/** Drops the white space that xsl:strip-space names. */
export function tidySource(document: XmlDocument, { spaces }: Stylesheet): XmlDocument {
  const keeps = (element: XmlElement): boolean => {
    // The last declaration of the best test wins: a name before `p:*` before `*`.
    let best = { rank: -1, strip: false };
    for (const { strip, elements, at } of spaces) {
      for (const test of elements) {
        const rank = rankOf(test, element, at);
        if (rank >= best.rank) best = { rank, strip };
      }
    }
    return best.rank < 0 || !best.strip;
  };
  tidy(document, spaces.length === 0 ? () => true : keeps, false);
  return document;
}

/** How exactly a test names an element; below 0 when it does not. */
function rankOf(test: string, element: XmlElement, at: XmlElement): number {
  if (test === '*') return 0;
  const colon = test.indexOf(':');
  const uri = colon < 0 ? null : (at.namespaceOf(test.slice(0, colon)) ?? null);
  const local = test.slice(colon + 1);
  if ((element.namespaceURI ?? null) !== uri) return -1;
  if (local === '*') return 1;
  return local === element.localName ? 2 : -1;
}

function tidy(parent: XmlParent, keeps: (parent: XmlElement) => boolean, preserved: boolean): void {
  const own = parent instanceof XmlElement ? parent.attribute('xml:space') : undefined;
  const preserve = own === undefined ? preserved : own === 'preserve';
  const kept = merged(parent.childNodes).filter(
    (each) =>
      !isText(each) || preserve || /[^ \t\r\n]/.test(each.data) || (parent instanceof XmlElement && keeps(parent)),
  );
  parent.childNodes.length = 0;
  for (const each of kept) {
    each.nextSibling = null;
    parent.append(each);
    if (each instanceof XmlElement) tidy(each, keeps, preserve);
  }
}

function isText(node: XmlNode): node is XmlCharacters {
  return node instanceof XmlCharacters && node.nodeType !== NodeType.Comment;
}

/** Text and CDATA sections that stand side by side are one text node to XPath. */
function merged(nodes: readonly XmlNode[]): XmlNode[] {
  const result: XmlNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (last !== undefined && isText(last) && isText(node)) {
      result[result.length - 1] = new XmlCharacters(NodeType.Text, last.data + node.data);
    } else result.push(node);
  }
  return result;
}
