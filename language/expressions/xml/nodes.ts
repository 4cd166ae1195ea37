/**
 * A small document model of XML, with the DOM's names for what the DOM has too. It keeps what .NET's XmlDocument keeps and a DOM library
 * loses: whether an element was written empty.
 */

export const NodeType = {
  Element: 1,
  Attribute: 2,
  Text: 3,
  CData: 4,
  Instruction: 7,
  Comment: 8,
  Document: 9,
  Doctype: 10,
} as const;

export const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** A node that may stand among others; the members without comment are those of the DOM. */
export abstract class XmlNode {
  abstract readonly nodeType: number;
  abstract readonly nodeName: string;
  parentNode: XmlParent | null = null;
  previousSibling: XmlNode | null = null;
  nextSibling: XmlNode | null = null;
  readonly childNodes: readonly XmlNode[] = [];
  readonly nodeValue: string | null = null;
  /** Place in document order, among the nodes that `number` has seen. */
  #order = 0;

  get order(): number {
    return this.#order;
  }

  /** Numbers the node, its attributes and what is in it; returns the next number. */
  number(order: number): number {
    this.#order = order;
    let next = order + 1;
    for (const attribute of this.ownAttributes()) next = attribute.number(next);
    for (const child of this.childNodes) next = child.number(next);
    return next;
  }

  /** The bits of the DOM: 2 when the other node comes before this one, 4 when it comes after it. */
  compareDocumentPosition(other: unknown): number {
    if (!(other instanceof XmlNode) || other === this) return 0;
    return other.#order < this.#order ? 2 : 4;
  }

  getAttributeNS(uri: string | null, localName: string): string | null {
    const found = this.ownAttributes().find((each) => each.namespaceURI === uri && each.localName === localName);
    return found?.nodeValue ?? null;
  }

  /** Elements have some, other nodes none. */
  protected ownAttributes(): readonly XmlAttribute[] {
    return [];
  }

  get lastChild(): XmlNode | null {
    return this.childNodes.at(-1) ?? null;
  }

  get textContent(): string {
    return this.nodeValue ?? '';
  }
}

export abstract class XmlParent extends XmlNode {
  override readonly childNodes: XmlNode[] = [];

  append(node: XmlNode): void {
    const last = this.lastChild;
    node.parentNode = this;
    node.previousSibling = last;
    if (last !== null) last.nextSibling = node;
    this.childNodes.push(node);
  }

  override get textContent(): string {
    return this.childNodes
      .filter((each) => each.nodeType !== NodeType.Comment && each.nodeType !== NodeType.Instruction)
      .map((each) => each.textContent)
      .join('');
  }
}

/** The XML declaration; each part as written. */
export interface XmlDeclaration {
  readonly version: string;
  readonly encoding: string | undefined;
  readonly standalone: string | undefined;
}

export class XmlDocument extends XmlParent {
  readonly nodeType = NodeType.Document;
  readonly nodeName = '#document';
  declaration: XmlDeclaration | undefined;

  get documentElement(): XmlElement | null {
    return this.childNodes.find((each) => each instanceof XmlElement) ?? null;
  }
}

export class XmlElement extends XmlParent {
  readonly nodeType = NodeType.Element;
  readonly attributes: XmlAttribute[] = [];
  readonly prefix: string | null;
  readonly localName: string;
  /** True for `<a/>`, false for `<a></a>`. */
  isEmpty = false;

  constructor(
    readonly nodeName: string,
    public namespaceURI: string | null = null,
  ) {
    super();
    const colon = nodeName.indexOf(':');
    this.prefix = colon < 0 ? null : nodeName.slice(0, colon);
    this.localName = nodeName.slice(colon + 1);
  }

  setAttribute(name: string, value: string): XmlAttribute {
    const attribute = new XmlAttribute(name, value, this);
    this.attributes.push(attribute);
    return attribute;
  }

  attribute(name: string): string | undefined {
    return this.attributes.find((each) => each.nodeName === name)?.nodeValue;
  }

  protected override ownAttributes(): readonly XmlAttribute[] {
    return this.attributes;
  }

  /** The namespace a prefix stands for here; `''` is the default one. Undefined when no element around declares it. */
  namespaceOf(prefix: string): string | undefined {
    if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
    const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    const own = this.attribute(name);
    if (own !== undefined) return own;
    return this.parentNode instanceof XmlElement ? this.parentNode.namespaceOf(prefix) : undefined;
  }
}

export class XmlAttribute extends XmlNode {
  readonly nodeType = NodeType.Attribute;
  override readonly nodeValue: string;
  readonly prefix: string | null;
  readonly localName: string;
  namespaceURI: string | null = null;

  constructor(
    readonly nodeName: string,
    value: string,
    readonly ownerElement: XmlElement,
  ) {
    super();
    this.nodeValue = value;
    const colon = nodeName.indexOf(':');
    this.prefix = colon < 0 ? null : nodeName.slice(0, colon);
    this.localName = nodeName.slice(colon + 1);
    if (nodeName === 'xmlns' || this.prefix === 'xmlns') this.namespaceURI = XMLNS;
  }
}

/** Text, a CDATA section or a comment. */
export class XmlCharacters extends XmlNode {
  readonly nodeName: string;
  override readonly nodeValue: string;

  constructor(
    readonly nodeType: typeof NodeType.Text | typeof NodeType.CData | typeof NodeType.Comment,
    readonly data: string,
    /** White space between tags that `xml:space="preserve"` keeps. */
    readonly isBlank = false,
  ) {
    super();
    this.nodeValue = data;
    const name = nodeType === NodeType.CData ? '#cdata-section' : nodeType === NodeType.Comment ? '#comment' : '#text';
    this.nodeName = isBlank ? '#significant-whitespace' : name;
  }
}

export class XmlInstruction extends XmlNode {
  readonly nodeType = NodeType.Instruction;
  override readonly nodeValue: string;

  constructor(
    readonly nodeName: string,
    readonly data: string,
  ) {
    super();
    this.nodeValue = data;
  }

  get target(): string {
    return this.nodeName;
  }
}

export class XmlDoctype extends XmlNode {
  readonly nodeType = NodeType.Doctype;

  constructor(
    readonly nodeName: string,
    readonly publicId: string | undefined,
    readonly systemId: string | undefined,
    /** Undefined where there are no brackets. */
    readonly internalSubset: string | undefined,
  ) {
    super();
  }
}
