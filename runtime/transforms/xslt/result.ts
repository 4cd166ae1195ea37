/**
 * Builds result trees: what a template writes, with the namespace declarations that it needs. Also builds the fragments that variables
 * hold. Source: XSLT 1.0, section 7.
 */
import {
  NodeType,
  XMLNS,
  XmlAttribute,
  XmlCharacters,
  XmlDocument,
  XmlElement,
  XmlInstruction,
} from '../../../language/expressions/xml/nodes';
import type { XmlNode, XmlParent } from '../../../language/expressions/xml/nodes';

/** Text that is written as it is: `disable-output-escaping`. */
export class RawText extends XmlCharacters {
  constructor(data: string) {
    super(NodeType.Text, data);
  }
}

let lastOrder = 0;

export class ResultBuilder {
  readonly document = new XmlDocument();
  #parent: XmlParent = this.document;

  /** Numbers the nodes, so that they can be selected from; later documents come after earlier ones. */
  finish(): XmlDocument {
    lastOrder = this.document.number(lastOrder + 1);
    return this.document;
  }

  text(text: string, raw = false): void {
    if (text === '') return;
    const last = this.#parent.lastChild;
    if (!raw && last instanceof XmlCharacters && last.nodeType === NodeType.Text && !(last instanceof RawText)) {
      this.#replaceLast(new XmlCharacters(NodeType.Text, last.data + text));
      return;
    }
    this.#parent.append(raw ? new RawText(text) : new XmlCharacters(NodeType.Text, text));
  }

  #replaceLast(node: XmlNode): void {
    this.#parent.childNodes.pop();
    const before = this.#parent.childNodes.at(-1);
    this.#parent.append(node);
    if (before === undefined) node.previousSibling = null;
  }

  comment(text: string): void {
    this.#parent.append(new XmlCharacters(NodeType.Comment, text.replaceAll('--', '- -').replace(/-$/, '- ')));
  }

  instruction(target: string, data: string): void {
    this.#parent.append(new XmlInstruction(target, data.replaceAll('?>', '? >')));
  }

  /** Runs `content` inside a new element. */
  element(name: string, uri: string | null, content: () => void): void {
    const parent = this.#parent;
    const element = new XmlElement(name, uri);
    parent.append(element);
    this.#parent = element;
    this.#declare(element, element.prefix ?? '', uri ?? '');
    content();
    this.#parent = parent;
  }

  /** Declares a namespace on the open element, unless it is in force already. */
  namespace(prefix: string, uri: string): void {
    if (this.#parent instanceof XmlElement && prefix !== 'xml') this.#declare(this.#parent, prefix, uri);
  }

  #declare(element: XmlElement, prefix: string, uri: string): void {
    if (prefix === 'xml' || (element.namespaceOf(prefix) ?? '') === uri) return;
    const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    // The element's own name fixes what its prefix means.
    if ((element.prefix ?? '') === prefix && (element.namespaceURI ?? '') !== uri) return;
    if (element.attribute(name) === undefined) element.setAttribute(name, uri);
  }

  /** Sets an attribute of the open element; false when there is none, or it has content already. */
  attribute(name: string, uri: string | null, value: string): boolean {
    const element = this.#parent;
    if (!(element instanceof XmlElement) || element.childNodes.length > 0) return false;
    const local = name.slice(name.indexOf(':') + 1);
    const prefix = uri === null ? null : this.#prefixFor(element, name, uri);
    const full = prefix === null ? local : `${prefix}:${local}`;
    const existing = element.attributes.findIndex(
      (each) => each.localName === local && each.namespaceURI === uri && each.prefix !== 'xmlns',
    );
    const attribute = new XmlAttribute(full, value, element);
    attribute.namespaceURI = uri;
    if (existing >= 0) element.attributes[existing] = attribute;
    else element.attributes.push(attribute);
    return true;
  }

  /** A prefix that means the namespace here; declares one if needed. */
  #prefixFor(element: XmlElement, name: string, uri: string): string {
    const wanted = name.includes(':') ? name.slice(0, name.indexOf(':')) : undefined;
    if (wanted === 'xml') return wanted;
    if (wanted !== undefined) {
      this.#declare(element, wanted, uri);
      if (element.namespaceOf(wanted) === uri) return wanted;
    }
    for (let number = 0; ; number++) {
      const prefix = `ns${number}`;
      const meaning = element.namespaceOf(prefix);
      if (meaning === uri) return prefix;
      if (meaning !== undefined) continue;
      element.setAttribute(`xmlns:${prefix}`, uri);
      return prefix;
    }
  }

  /** Copies a node with everything in it. */
  copy(node: XmlNode): void {
    if (node instanceof XmlDocument) {
      for (const each of node.childNodes) this.copy(each);
    } else if (node instanceof XmlElement) {
      this.element(node.nodeName, node.namespaceURI, () => {
        this.copyNamespaces(node);
        for (const each of node.attributes) this.copy(each);
        for (const each of node.childNodes) this.copy(each);
      });
    } else if (node instanceof XmlAttribute) {
      if (node.namespaceURI !== XMLNS) this.attribute(node.nodeName, node.namespaceURI, node.nodeValue);
    } else if (node instanceof XmlCharacters) {
      if (node.nodeType === NodeType.Comment) this.comment(node.data);
      else this.text(node.data, node instanceof RawText);
    } else if (node instanceof XmlInstruction) {
      this.instruction(node.target, node.data);
    }
  }

  /** Declares what is in force at an element of another document. */
  copyNamespaces(element: XmlElement): void {
    for (const [prefix, uri] of namespacesAt(element)) this.namespace(prefix, uri);
  }
}

/** The namespaces in force at an element, by prefix. */
export function namespacesAt(element: XmlElement): Map<string, string> {
  const found = new Map<string, string>();
  for (let each: XmlParent | null = element; each instanceof XmlElement; each = each.parentNode) {
    for (const attribute of each.attributes) {
      if (attribute.namespaceURI !== XMLNS) continue;
      const prefix = attribute.prefix === null ? '' : attribute.localName;
      if (!found.has(prefix)) found.set(prefix, attribute.nodeValue);
    }
  }
  return found;
}

/** The order number after which a document read from text is numbered. */
export function numberDocument(document: XmlDocument): XmlDocument {
  lastOrder = document.number(lastOrder + 1);
  return document;
}
