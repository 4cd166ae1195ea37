/** Writes a result tree as XML, HTML or text. Source: XSLT 1.0, section 16; details as .NET's XmlWriter has them. */
import { NodeType, XmlCharacters, XmlElement, XmlInstruction } from '../../../language/expressions/xml/nodes';
import type { XmlAttribute, XmlDocument, XmlNode } from '../../../language/expressions/xml/nodes';
import { RawText } from './result';

export interface OutputSettings {
  readonly method: 'xml' | 'html' | 'text';
  readonly indent: boolean;
  /** The encoding that the declaration names; undefined: no declaration. */
  readonly declaration: string | undefined;
  readonly standalone: string | undefined;
  readonly publicId: string | undefined;
  readonly systemId: string | undefined;
  /** Names of elements whose text is written as CDATA sections, `{namespace}local`. */
  readonly cdata: ReadonlySet<string>;
}

export function writeResult(document: XmlDocument, settings: OutputSettings): string {
  if (settings.method === 'text') return document.textContent;
  const writer = new Writer(settings);
  writer.document(document);
  return writer.text;
}

const NEWLINE = '\r\n';
const voidElements = new Set(
  'area base basefont br col frame hr img input isindex link meta param source track wbr embed'.split(' '),
);

class Writer {
  text = '';

  constructor(readonly settings: OutputSettings) {}

  document(document: XmlDocument): void {
    const { method, declaration, standalone, systemId, publicId, indent } = this.settings;
    if (method === 'xml' && declaration !== undefined) {
      const alone = standalone === undefined ? '' : ` standalone="${standalone}"`;
      this.text += `<?xml version="1.0" encoding="${declaration}"${alone}?>`;
      if (indent) this.text += NEWLINE;
    }
    const root = document.childNodes.find((each) => each instanceof XmlElement);
    document.childNodes.forEach((node, index) => {
      if (node === root && (systemId !== undefined || publicId !== undefined)) this.#doctype(node.nodeName);
      if (indent && index > 0 && !this.text.endsWith(NEWLINE)) this.text += NEWLINE;
      this.#node(node, 0, indent, false);
    });
  }

  #doctype(name: string): void {
    const { systemId, publicId, indent } = this.settings;
    const external =
      publicId === undefined
        ? `SYSTEM "${systemId ?? ''}"`
        : `PUBLIC "${publicId}"${systemId === undefined ? '' : ` "${systemId}"`}`;
    this.text += `<!DOCTYPE ${name} ${external}>${indent ? NEWLINE : ''}`;
  }

  #node(node: XmlNode, depth: number, indents: boolean, cdata: boolean): void {
    if (node instanceof XmlElement) this.#element(node, depth, indents);
    else if (node instanceof RawText) this.text += node.data;
    else if (node instanceof XmlInstruction) this.text += `<?${node.target} ${node.data}${this.#isHtml ? '' : '?'}>`;
    else if (node instanceof XmlCharacters) {
      if (node.nodeType === NodeType.Comment) this.text += `<!--${node.data}-->`;
      else if (cdata) this.text += `<![CDATA[${node.data.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
      else this.text += escaped(node.data);
    }
  }

  get #isHtml(): boolean {
    return this.settings.method === 'html';
  }

  #element(element: XmlElement, depth: number, indents: boolean): void {
    const html = this.#isHtml && (element.namespaceURI === null || element.namespaceURI === '');
    this.text += `<${element.nodeName}${element.attributes.map((each) => this.#attribute(each, html)).join('')}`;
    const { childNodes } = element;
    const name = element.localName.toLowerCase();
    if (childNodes.length === 0) {
      if (html) this.text += voidElements.has(name) ? '>' : `></${element.nodeName}>`;
      else this.text += ' />';
      return;
    }
    this.text += '>';
    if (html && (name === 'script' || name === 'style')) this.text += element.textContent;
    else this.#content(element, depth, indents);
    this.text += `</${element.nodeName}>`;
  }

  /** Nothing is indented where there is text. */
  #content(element: XmlElement, depth: number, indents: boolean): void {
    const { childNodes } = element;
    const inner =
      indents && !childNodes.some((each) => each instanceof XmlCharacters && each.nodeType === NodeType.Text);
    const qualified =
      element.namespaceURI === null ? element.localName : `{${element.namespaceURI}}${element.localName}`;
    const cdata = this.settings.cdata.has(qualified);
    for (const node of childNodes) {
      if (inner) this.text += NEWLINE + '  '.repeat(depth + 1);
      this.#node(node, depth + 1, inner, cdata);
    }
    if (inner) this.text += NEWLINE + '  '.repeat(depth);
  }

  #attribute({ nodeName, nodeValue }: XmlAttribute, html: boolean): string {
    if (html) {
      const value = nodeValue.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      return ` ${nodeName}="${value}"`;
    }
    const value = escaped(nodeValue).replaceAll('"', '&quot;').replaceAll('\n', '&#xA;').replaceAll('\t', '&#x9;');
    return ` ${nodeName}="${value}"`;
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}
