/**
 * A stylesheet read from its document and the ones it imports and includes: template rules by mode, named templates, and the other
 * top-level elements. Source: XSLT 1.0, sections 2 and 5 to 16.
 */
import { XmlElement } from '../../../language/expressions/xml/nodes';
import type { XmlDocument } from '../../../language/expressions/xml/nodes';
import { XPathError } from '../../../language/expressions/xml/xpath/ast';
import type { LocationPath, XPath } from '../../../language/expressions/xml/xpath/ast';
import { parseXPath } from '../../../language/expressions/xml/xpath/parser';
import { XsltError } from './failure';
import { patternPaths, priorityOf } from './patterns';

export const XSL = 'http://www.w3.org/1999/XSL/Transform';

export interface Template {
  readonly element: XmlElement;
  readonly precedence: number;
}

export interface TemplateRule extends Template {
  readonly path: LocationPath;
  readonly priority: number;
  /** Place among all rules: of two that fit equally well, the later one wins. */
  readonly order: number;
}

export interface KeyDeclaration {
  readonly paths: readonly LocationPath[];
  readonly use: XPath;
}

export interface Stylesheet {
  readonly name: string;
  /** `1.0`, `2.0` or `3.0`, as written. */
  readonly version: string;
  readonly document: XmlDocument;
  /** Braces in literal text hold expressions. */
  readonly expandsText: boolean;
  /** By mode (`''` for none), the best rule first. */
  readonly rules: ReadonlyMap<string, readonly TemplateRule[]>;
  readonly named: ReadonlyMap<string, Template>;
  /** xsl:function elements, by name and number of parameters: `{namespace}local#2`. */
  readonly functions: ReadonlyMap<string, XmlElement>;
  /** Top-level variables and parameters by name. */
  readonly globals: ReadonlyMap<string, XmlElement>;
  readonly keys: ReadonlyMap<string, readonly KeyDeclaration[]>;
  readonly attributeSets: ReadonlyMap<string, readonly XmlElement[]>;
  readonly decimalFormats: ReadonlyMap<string, XmlElement>;
  /** Attributes of xsl:output, the ones of importing sheets over those of imported ones. */
  readonly output: ReadonlyMap<string, string>;
  /** Namespace of the stylesheet to the prefix and namespace of the result. */
  readonly aliases: ReadonlyMap<string, { readonly prefix: string; readonly uri: string }>;
  readonly spaces: readonly {
    readonly strip: boolean;
    readonly elements: readonly string[];
    readonly at: XmlElement;
  }[];
  /** Scripts in other languages, by the namespace of their functions. */
  readonly scripts: ReadonlyMap<string, string>;
}

/** Gives the document that `href` of an import or include names. */
export type ModuleReader = (href: string) => Promise<XmlDocument>;

export async function readStylesheet(name: string, document: XmlDocument, read: ModuleReader): Promise<Stylesheet> {
  const reader = new Reader(name, document, read);
  await reader.module(document, []);
  return reader.stylesheet();
}

/** `{namespace}local` of a name as written at an element. */
export function expandedName(element: XmlElement, written: string): string {
  const colon = written.indexOf(':');
  if (colon < 0) return written;
  const uri = element.namespaceOf(written.slice(0, colon));
  if (uri === undefined) throw new XsltError(`The prefix of '${written}' is not declared.`);
  return `{${uri}}${written.slice(colon + 1)}`;
}

/** Parses an expression where it stands. */
export function expressionAt(element: XmlElement, text: string): XPath {
  try {
    // Options of xml-to-json() change only its layout.
    return parseXPath(text.replaceAll(/,\s*map\s*\{[^{}]*\}/g, ''), (prefix) => element.namespaceOf(prefix));
  } catch (error) {
    if (error instanceof XPathError) throw new XsltError(`<${element.nodeName}>: ${error.message}`);
    throw error;
  }
}

const MSXSL = 'urn:schemas-microsoft-com:xslt';

class Reader {
  readonly #rules: TemplateRule[] = [];
  readonly #modes = new Map<TemplateRule, string>();
  readonly #named = new Map<string, Template>();
  readonly #functions = new Map<string, XmlElement>();
  readonly #globals = new Map<string, XmlElement>();
  readonly #keys = new Map<string, KeyDeclaration[]>();
  readonly #attributeSets = new Map<string, XmlElement[]>();
  readonly #decimalFormats = new Map<string, XmlElement>();
  readonly #output = new Map<string, string>();
  readonly #aliases = new Map<string, { readonly prefix: string; readonly uri: string }>();
  readonly #spaces: { strip: boolean; elements: string[]; at: XmlElement }[] = [];
  readonly #scripts = new Map<string, string>();
  #precedence = 0;

  constructor(
    readonly name: string,
    readonly document: XmlDocument,
    readonly read: ModuleReader,
  ) {}

  stylesheet(): Stylesheet {
    const rules = new Map<string, TemplateRule[]>();
    const best = [...this.#rules].sort(
      (one, other) => other.precedence - one.precedence || other.priority - one.priority || other.order - one.order,
    );
    for (const rule of best) {
      const mode = this.#modes.get(rule) ?? '';
      rules.set(mode, [...(rules.get(mode) ?? []), rule]);
    }
    const root = this.document.documentElement;
    return {
      name: this.name,
      version: root?.attribute('version') ?? root?.getAttributeNS(XSL, 'version') ?? '1.0',
      document: this.document,
      expandsText: ['yes', 'true', '1'].includes(root?.attribute('expand-text') ?? 'no'),
      rules,
      named: this.#named,
      functions: this.#functions,
      globals: this.#globals,
      keys: this.#keys,
      attributeSets: this.#attributeSets,
      decimalFormats: this.#decimalFormats,
      output: this.#output,
      aliases: this.#aliases,
      spaces: this.#spaces,
      scripts: this.#scripts,
    };
  }

  /** Imported sheets come first and so yield to everything that comes later. */
  async module(document: XmlDocument, open: readonly string[]): Promise<void> {
    const root = document.documentElement;
    if (root === null) return;
    if (root.namespaceURI !== XSL) {
      if (root.getAttributeNS(XSL, 'version') === null)
        throw new XsltError(`The map '${this.name}' is no XSLT stylesheet: its root element is '${root.nodeName}'.`);
      // A document that is one template: XSLT 1.0, section 2.3.
      this.#rule(root, '/', '', undefined, ++this.#precedence);
      return;
    }
    const elements = root.childNodes.filter((each) => each instanceof XmlElement);
    for (const each of elements) if (is(each, 'import')) await this.#load(each, open);
    const included: XmlElement[] = [];
    const precedence = (): number => this.#precedence;
    for (const each of elements) {
      if (is(each, 'include')) await this.#include(each, open, included);
      else included.push(each);
    }
    this.#precedence++;
    for (const each of included) this.#declaration(each, precedence());
  }

  async #document(element: XmlElement, open: readonly string[]): Promise<{ href: string; document: XmlDocument }> {
    const href = element.attribute('href') ?? '';
    if (open.includes(href)) throw new XsltError(`The map '${href}' imports or includes itself.`);
    return { href, document: await this.read(href) };
  }

  async #load(element: XmlElement, open: readonly string[]): Promise<void> {
    const { href, document } = await this.#document(element, open);
    await this.module(document, [...open, href]);
  }

  /** What is included stands where the include does, with the same precedence. */
  async #include(element: XmlElement, open: readonly string[], into: XmlElement[]): Promise<void> {
    const { href, document } = await this.#document(element, open);
    const children = document.documentElement?.childNodes ?? [];
    for (const each of children.filter((child) => child instanceof XmlElement)) {
      if (is(each, 'import')) await this.#load(each, [...open, href]);
      else if (is(each, 'include')) await this.#include(each, [...open, href], into);
      else into.push(each);
    }
  }

  #declaration(element: XmlElement, precedence: number): void {
    if (element.namespaceURI === MSXSL && element.localName === 'script') {
      const uri = element.namespaceOf(element.attribute('implements-prefix') ?? '');
      if (uri !== undefined) this.#scripts.set(uri, `${this.#scripts.get(uri) ?? ''}${element.textContent}`);
    }
    if (element.namespaceURI !== XSL) return;
    const written = element.attribute('name');
    const name = written === undefined ? undefined : expandedName(element, written);
    switch (element.localName) {
      case 'template': {
        if (name !== undefined) this.#named.set(name, { element, precedence });
        const match = element.attribute('match');
        if (match !== undefined) {
          const mode = element.attribute('mode');
          const priority = element.attribute('priority');
          this.#rule(element, match, mode === undefined ? '' : expandedName(element, mode), priority, precedence);
        }
        break;
      }
      case 'function':
        if (name !== undefined) {
          const parameters = element.childNodes.filter((each) => each instanceof XmlElement && is(each, 'param'));
          this.#functions.set(`${name}#${parameters.length}`, element);
        }
        break;
      case 'variable':
      case 'param':
        if (name !== undefined) this.#globals.set(name, element);
        break;
      case 'key':
        if (name !== undefined) {
          const paths = patternPaths(
            expressionAt(element, element.attribute('match') ?? ''),
            element.attribute('match'),
          );
          const use = expressionAt(element, element.attribute('use') ?? '.');
          this.#keys.set(name, [...(this.#keys.get(name) ?? []), { paths, use }]);
        }
        break;
      case 'attribute-set':
        if (name !== undefined) this.#attributeSets.set(name, [...(this.#attributeSets.get(name) ?? []), element]);
        break;
      case 'decimal-format':
        this.#decimalFormats.set(name ?? '', element);
        break;
      case 'output':
        for (const each of element.attributes) this.#output.set(each.nodeName, each.nodeValue);
        break;
      case 'namespace-alias':
        this.#alias(element);
        break;
      case 'strip-space':
      case 'preserve-space': {
        const elements = (element.attribute('elements') ?? '').split(/\s+/).filter((each) => each !== '');
        this.#spaces.push({ strip: element.localName === 'strip-space', elements, at: element });
        break;
      }
    }
  }

  #alias(element: XmlElement): void {
    const prefixOf = (name: string): string => {
      const written = element.attribute(name) ?? '#default';
      return written === '#default' ? '' : written;
    };
    const result = prefixOf('result-prefix');
    const from = element.namespaceOf(prefixOf('stylesheet-prefix')) ?? '';
    this.#aliases.set(from, { prefix: result, uri: element.namespaceOf(result) ?? '' });
  }

  #rule(element: XmlElement, match: string, mode: string, priority: string | undefined, precedence: number): void {
    for (const path of patternPaths(expressionAt(element, match), match)) {
      const order = this.#rules.length;
      const rule = {
        element,
        path,
        precedence,
        order,
        priority: priority === undefined ? priorityOf(path) : Number(priority),
      };
      this.#rules.push(rule);
      this.#modes.set(rule, mode);
    }
  }
}

function is(element: XmlElement, name: string): boolean {
  return element.namespaceURI === XSL && element.localName === name;
}
