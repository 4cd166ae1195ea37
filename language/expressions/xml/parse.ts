/**
 * Reads XML as XmlDocument.Load does: well-formed XML 1.0 with namespaces, blanks between tags dropped, no DTD entities. Nothing outside
 * the text is ever read, and an entity that a DTD declares is refused, so that no text can grow by expansion.
 */
import { NodeType, XmlCharacters, XmlDoctype, XmlDocument, XmlElement, XmlInstruction } from './nodes';
import type { XmlParent } from './nodes';

export interface XmlProblem {
  readonly problem: string;
  /** One-based. */
  readonly line: number;
  readonly column: number;
}

/** Deeper documents are refused: the tree is walked by recursion. */
const MAX_DEPTH = 1_000;

/** The document, or what keeps the text from being one. `blanks`: what becomes of white space between tags. */
export function parseXml(text: string, blanks: 'dropped' | 'kept' = 'dropped'): XmlDocument | XmlProblem {
  const reader = new Reader(text, blanks === 'kept');
  try {
    return reader.document();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const before = text.slice(0, error.offset).split('\n');
    return { problem: error.message, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}

class Malformed extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const nameStart = String.raw`[:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD]`;
const nameRest = String.raw`[-.0-9\u00B7\u0300-\u036F\u203F\u2040]`;
const namePattern = new RegExp(`${nameStart}(?:${nameStart}|${nameRest})*`, 'y');
const blank = /[ \t\r\n]*/y;
// The characters that XML 1.0 forbids.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const declarationPattern =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])(1\.\d+)\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][\w.-]*)\3)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(yes|no)\5)?[ \t\r\n]*\?>/;

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

class Reader {
  readonly #text: string;
  #at: number;
  /** Of the tag that is being read. */
  readonly #attributeNames = new Set<string>();

  constructor(
    text: string,
    readonly keepsAllBlanks: boolean,
  ) {
    this.#text = text;
    this.#at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  document(): XmlDocument {
    const document = new XmlDocument();
    const bad = forbidden.exec(this.#text);
    if (bad !== null) this.#fail('A character is not allowed in XML', bad.index);
    this.#declaration(document);
    this.#content(document);
    if (document.documentElement === null) this.#fail('Root element is missing');
    return document;
  }

  #fail(message: string, offset = this.#at): never {
    throw new Malformed(message, offset);
  }

  #declaration(document: XmlDocument): void {
    const rest = this.#text.slice(this.#at);
    if (!/^<\?xml[\s?]/.test(rest)) return;
    const match = declarationPattern.exec(rest);
    const version = match?.[2];
    if (match === null || version !== '1.0') this.#fail('The XML declaration is not valid');
    document.declaration = { version, encoding: match[4], standalone: match[6] };
    this.#at += match[0].length;
  }

  #content(document: XmlDocument): void {
    const open: XmlElement[] = [];
    while (this.#at < this.#text.length) {
      const parent: XmlParent = open.at(-1) ?? document;
      if (this.#text.charCodeAt(this.#at) !== 60) this.#characters(parent);
      else if (this.#text.startsWith('</', this.#at)) this.#endTag(open);
      else if (this.#text.startsWith('<!--', this.#at)) this.#comment(parent);
      else if (this.#text.startsWith('<![CDATA[', this.#at)) this.#cdata(parent);
      else if (this.#text.startsWith('<?', this.#at)) this.#instruction(parent);
      else if (this.#text.startsWith('<!DOCTYPE', this.#at)) this.#doctype(document, open.length > 0);
      else this.#startTag(document, parent, open);
    }
    const unclosed = open.at(-1);
    if (unclosed !== undefined) this.#fail(`The element '${unclosed.nodeName}' is not closed`);
  }

  #until(mark: string, what: string): string {
    const end = this.#text.indexOf(mark, this.#at);
    if (end < 0) this.#fail(`${what} is not closed`);
    const content = this.#text.slice(this.#at, end);
    this.#at = end + mark.length;
    return content;
  }

  #characters(parent: XmlParent): void {
    const start = this.#at;
    const next = this.#text.indexOf('<', start);
    const raw = this.#text.slice(start, next < 0 ? undefined : next);
    this.#at = start + raw.length;
    if (/^[ \t\r\n]*$/.test(raw)) {
      if (parent instanceof XmlElement && (this.keepsAllBlanks || keepsBlanks(parent)))
        parent.append(new XmlCharacters(NodeType.Text, raw, true));
      return;
    }
    if (parent instanceof XmlDocument) this.#fail('Data at the root level is invalid', start);
    if (raw.includes(']]>')) this.#fail("']]>' is not allowed in text", start + raw.indexOf(']]>'));
    // A carriage return written as a reference stays.
    parent.append(new XmlCharacters(NodeType.Text, this.#resolved(withLineFeeds(raw), start)));
  }

  /** Replaces the predefined entities and character references. */
  #resolved(raw: string, start: number): string {
    if (!raw.includes('&')) return raw;
    return raw.replaceAll(/&([^;\s<&]*)(;?)/g, (whole, name: string, semicolon: string, offset: number) => {
      if (semicolon === '') this.#fail("'&' must be written as '&amp;'", start + offset);
      const plain = entities.get(name);
      if (plain !== undefined) return plain;
      const reference = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
      const code =
        reference === null ? NaN : parseInt(reference[1] ?? reference[2] ?? '', reference[1] === undefined ? 10 : 16);
      if (
        !(code >= 9 && code <= 0x10ffff) ||
        (code >= 0xd800 && code <= 0xdfff) ||
        forbidden.test(String.fromCodePoint(code))
      ) {
        this.#fail(`The entity '${whole}' is not known`, start + offset);
      }
      return String.fromCodePoint(code);
    });
  }

  #comment(parent: XmlParent): void {
    this.#at += 4;
    const start = this.#at;
    const data = this.#until('-->', 'A comment');
    if (data.includes('--') || data.endsWith('-')) this.#fail("A comment cannot contain '--'", start);
    parent.append(new XmlCharacters(NodeType.Comment, data));
  }

  #cdata(parent: XmlParent): void {
    if (parent instanceof XmlDocument) this.#fail('Data at the root level is invalid');
    this.#at += 9;
    parent.append(new XmlCharacters(NodeType.CData, withLineFeeds(this.#until(']]>', 'A CDATA section'))));
  }

  #instruction(parent: XmlParent): void {
    const start = this.#at;
    this.#at += 2;
    const target = this.#name();
    if (target.toLowerCase() === 'xml') this.#fail('The XML declaration must stand at the beginning', start);
    this.#blank();
    parent.append(new XmlInstruction(target, this.#until('?>', 'A processing instruction')));
  }

  #blank(): void {
    blank.lastIndex = this.#at;
    this.#at += blank.exec(this.#text)?.[0].length ?? 0;
  }

  #name(): string {
    namePattern.lastIndex = this.#at;
    const name = namePattern.exec(this.#text)?.[0];
    if (name === undefined) this.#fail('A name is expected here');
    const parts = name.split(':');
    if (parts.length > 2 || parts.includes('')) this.#fail(`'${name}' is no valid name`);
    this.#at += name.length;
    return name;
  }

  #quoted(): string {
    const quote = this.#text.charAt(this.#at);
    if (quote !== '"' && quote !== "'") this.#fail('A value in quotes is expected here');
    this.#at++;
    return this.#until(quote, 'A value');
  }

  #doctype(document: XmlDocument, inside: boolean): void {
    const start = this.#at;
    const misplaced =
      inside || document.documentElement !== null || document.childNodes.some((each) => each instanceof XmlDoctype);
    if (misplaced) this.#fail('DOCTYPE is not allowed here', start);
    this.#at += 9;
    this.#blank();
    const name = this.#name();
    this.#blank();
    let publicId: string | undefined;
    let systemId: string | undefined;
    if (this.#text.startsWith('PUBLIC', this.#at)) {
      this.#at += 6;
      this.#blank();
      publicId = this.#quoted();
      this.#blank();
      systemId = this.#quoted();
    } else if (this.#text.startsWith('SYSTEM', this.#at)) {
      this.#at += 6;
      this.#blank();
      systemId = this.#quoted();
    }
    this.#blank();
    let subset: string | undefined;
    if (this.#text.charAt(this.#at) === '[') {
      this.#at++;
      subset = this.#subset();
      this.#blank();
    }
    if (this.#text.charAt(this.#at) !== '>') this.#fail('DOCTYPE is not closed', start);
    this.#at++;
    document.append(new XmlDoctype(name, publicId, systemId, subset));
  }

  /** Takes the declarations of a DTD as text; quotes and comments may hold a bracket. */
  #subset(): string {
    const start = this.#at;
    while (this.#at < this.#text.length) {
      const letter = this.#text.charAt(this.#at);
      if (letter === ']') return this.#text.slice(start, this.#at++);
      if (letter === '"' || letter === "'") this.#quoted();
      else if (this.#text.startsWith('<!--', this.#at)) this.#until('-->', 'A comment');
      else this.#at++;
    }
    return this.#fail('DOCTYPE is not closed', start);
  }

  #startTag(document: XmlDocument, parent: XmlParent, open: XmlElement[]): void {
    const start = this.#at;
    if (parent instanceof XmlDocument && document.documentElement !== null)
      this.#fail('There are multiple root elements');
    if (open.length >= MAX_DEPTH) this.#fail(`The document is nested deeper than ${MAX_DEPTH} elements`);
    this.#at++;
    const element = new XmlElement(this.#name());
    parent.append(element);
    this.#attributeNames.clear();
    for (;;) {
      const before = this.#at;
      this.#blank();
      if (this.#text.startsWith('/>', this.#at)) {
        this.#at += 2;
        element.isEmpty = true;
        break;
      }
      if (this.#text.charAt(this.#at) === '>') {
        this.#at++;
        open.push(element);
        break;
      }
      if (this.#at >= this.#text.length) this.#fail(`The tag '${element.nodeName}' is not closed`, start);
      if (this.#at === before) this.#fail('A blank is expected before an attribute');
      this.#attribute(element);
    }
    this.#resolveNamespaces(element, start);
  }

  #attribute(element: XmlElement): void {
    const start = this.#at;
    const name = this.#name();
    if (this.#attributeNames.has(name)) this.#fail(`'${name}' is a duplicate attribute name`, start);
    this.#attributeNames.add(name);
    this.#blank();
    if (this.#text.charAt(this.#at) !== '=') this.#fail(`'=' is expected after '${name}'`);
    this.#at++;
    this.#blank();
    const valueStart = this.#at + 1;
    const raw = this.#quoted();
    if (raw.includes('<')) this.#fail("'<' is not allowed in an attribute value", valueStart);
    // Blanks written as such become spaces; those written as references stay.
    element.setAttribute(name, this.#resolved(raw.replaceAll(/\r\n|[\r\n\t]/g, ' '), valueStart));
  }

  #resolveNamespaces(element: XmlElement, start: number): void {
    const resolve = (prefix: string): string => {
      const found = element.namespaceOf(prefix);
      if (found === undefined || found === '') return this.#fail(`'${prefix}' is an undeclared prefix`, start);
      return found;
    };
    const own = element.namespaceOf('');
    element.namespaceURI =
      element.prefix === null ? (own === undefined || own === '' ? null : own) : resolve(element.prefix);
    for (const attribute of element.attributes) {
      if (attribute.prefix !== null && attribute.prefix !== 'xmlns') attribute.namespaceURI = resolve(attribute.prefix);
    }
  }

  #endTag(open: XmlElement[]): void {
    const start = this.#at;
    this.#at += 2;
    const name = this.#name();
    this.#blank();
    if (this.#text.charAt(this.#at) !== '>') this.#fail(`The end tag '${name}' is not closed`, start);
    this.#at++;
    const element = open.pop();
    if (element === undefined) this.#fail(`The end tag '${name}' closes nothing`, start);
    if (element.nodeName !== name) {
      this.#fail(`The start tag '${element.nodeName}' does not match the end tag of '${name}'`, start);
    }
  }
}

/** Line ends as XML passes them on. Source: XML 1.0, section 2.11. */
function withLineFeeds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

function keepsBlanks(element: XmlElement): boolean {
  for (let node: XmlParent | null = element; node instanceof XmlElement; node = node.parentNode) {
    const space = node.attribute('xml:space');
    if (space !== undefined) return space === 'preserve';
  }
  return false;
}
