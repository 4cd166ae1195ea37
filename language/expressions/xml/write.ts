/** Writes XML as XmlDocument.OuterXml does: no indentation, ` />` for empty elements. */
import { NodeType, XmlAttribute, XmlCharacters, XmlDoctype, XmlDocument, XmlElement, XmlInstruction } from './nodes';
import type { XmlNode } from './nodes';

/** The text of a node. A part of a document gets the namespace declarations that it needs to stand alone. */
export function writeXml(node: XmlNode): string {
  return write(node, true);
}

function write(node: XmlNode, outermost: boolean): string {
  if (node instanceof XmlDocument) {
    return `${declaration(node)}${node.childNodes.map((each) => write(each, true)).join('')}`;
  }
  if (node instanceof XmlElement) return element(node, outermost);
  if (node instanceof XmlAttribute) return attribute(node.nodeName, node.nodeValue);
  if (node instanceof XmlInstruction) return `<?${node.target}${node.data === '' ? '' : ` ${node.data}`}?>`;
  if (node instanceof XmlDoctype) return doctype(node);
  if (!(node instanceof XmlCharacters)) return '';
  switch (node.nodeType) {
    case NodeType.Text:
      return escapeText(node.data);
    case NodeType.CData:
      return `<![CDATA[${node.data}]]>`;
    case NodeType.Comment:
      return `<!--${node.data}-->`;
  }
}

function declaration({ declaration: parts }: XmlDocument): string {
  if (parts === undefined) return '';
  const encoding = parts.encoding === undefined ? '' : ` encoding="${parts.encoding}"`;
  const standalone = parts.standalone === undefined ? '' : ` standalone="${parts.standalone}"`;
  return `<?xml version="${parts.version}"${encoding}${standalone}?>`;
}

function doctype(node: XmlDoctype): string {
  const { nodeName, publicId, systemId, internalSubset } = node;
  const ids =
    publicId !== undefined
      ? ` PUBLIC "${publicId}" "${systemId ?? ''}"`
      : systemId !== undefined
        ? ` SYSTEM "${systemId}"`
        : '';
  return `<!DOCTYPE ${nodeName}${ids}${internalSubset === undefined ? '' : `[${internalSubset}]`}>`;
}

function element(node: XmlElement, outermost: boolean): string {
  const attributes = node.attributes.map((each) => ` ${attribute(each.nodeName, each.nodeValue)}`);
  if (outermost) attributes.push(...missingDeclarations(node).map((each) => ` ${each}`));
  const start = `<${node.nodeName}${attributes.join('')}`;
  if (node.isEmpty && node.childNodes.length === 0) return `${start} />`;
  return `${start}>${node.childNodes.map((each) => write(each, false)).join('')}</${node.nodeName}>`;
}

/** Declarations for the prefixes that the element itself uses and elements around it declare. */
function missingDeclarations(node: XmlElement): string[] {
  if (!(node.parentNode instanceof XmlElement)) return [];
  const prefixes = new Set([node.prefix ?? '', ...node.attributes.flatMap((each) => each.prefix ?? [])]);
  prefixes.delete('xml');
  prefixes.delete('xmlns');
  return [...prefixes].flatMap((prefix) => {
    const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    const uri = node.namespaceOf(prefix);
    return uri === undefined || uri === '' || node.attribute(name) !== undefined ? [] : [attribute(name, uri)];
  });
}

/** Line ends are escaped in attributes only, tabs nowhere: as XmlTextWriter does. */
function attribute(name: string, value: string): string {
  const escaped = escapeText(value).replaceAll('"', '&quot;').replaceAll('\n', '&#xA;').replaceAll('\r', '&#xD;');
  return `${name}="${escaped}"`;
}

/** The characters that text may not hold as they are. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(controls, (letter) => `&#x${letter.charCodeAt(0).toString(16).toUpperCase()};`);
}

const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;
