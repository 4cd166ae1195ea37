/**
 * One transformation: applies template rules, keeps the values of top-level variables and the indexes of keys, and stops what does not
 * come to an end. Source: XSLT 1.0, sections 5 and 11.4.
 */
import {
  NodeType,
  XmlAttribute,
  XmlCharacters,
  XmlElement,
  XmlInstruction,
} from '../../../language/expressions/xml/nodes';
import type { XmlDocument, XmlNode } from '../../../language/expressions/xml/nodes';
import type { ExpandedName, XPath } from '../../../language/expressions/xml/xpath/ast';
import { XPathError } from '../../../language/expressions/xml/xpath/ast';
import { evaluateXPath } from '../../../language/expressions/xml/xpath/evaluate';
import type { XPathFunction } from '../../../language/expressions/xml/xpath/evaluate';
import {
  booleanOf,
  inDocumentOrder,
  isNodeSet,
  nodesOf,
  numberOf,
  rootOf,
  stringOf,
  visible,
} from '../../../language/expressions/xml/xpath/values';
import type { NodeSet, XPathValue } from '../../../language/expressions/xml/xpath/values';
import { XsltError } from './failure';
import { Frame } from './frame';
import { xsltFunction } from './functions';
import type { Gathered } from './functoids';
import { instructionOf, literalElement } from './instructions';
import { matches, requiredName } from './patterns';
import { ResultBuilder } from './result';
import { XSL, expandedName, expressionAt } from './stylesheet';
import type { Stylesheet, Template, TemplateRule } from './stylesheet';

export type Parameters = ReadonlyMap<string, XPathValue>;

/** Stands for a variable whose value is being found. */
const OPEN = Symbol('open');

export const noParameters: Parameters = new Map();

/** Instructions between two looks at the clock. */
const PACE = 2048;

export class Execution {
  readonly #expressions = new WeakMap<XmlElement, Map<string, XPath>>();
  readonly #candidates = new Map<string, readonly TemplateRule[]>();
  readonly #globals = new Map<string, XPathValue | typeof OPEN>();
  readonly #keys = new WeakMap<XmlNode, Map<string, Map<string, XmlNode[]>>>();
  readonly #start: Frame;
  #instructions = 0;
  readonly gathered: Gathered = new Map();

  constructor(
    readonly sheet: Stylesheet,
    readonly source: XmlDocument,
    private readonly parameters: ReadonlyMap<string, string>,
    /** Of `performance.now()`, in milliseconds. */
    private readonly deadline: number,
    /** Milliseconds since 1970. */
    readonly now: number,
  ) {
    this.#start = Frame.first(this, source);
  }

  /** XSLT 2.0 and later: where 1.0 takes the first node, they take all. */
  get isLater(): boolean {
    return Number(this.sheet.version) >= 2;
  }

  transform(): XmlDocument {
    const out = new ResultBuilder();
    this.apply([this.source], this.#start, '', noParameters, out);
    return out.finish();
  }

  /** Evaluates an expression at an element; an expression is read once. */
  evaluate(element: XmlElement, text: string, frame: Frame): XPathValue {
    this.#pace();
    let known = this.#expressions.get(element);
    if (known === undefined) this.#expressions.set(element, (known = new Map<string, XPath>()));
    let expression = known.get(text);
    if (expression === undefined) known.set(text, (expression = expressionAt(element, text)));
    try {
      return evaluateXPath(expression, frame.context);
    } catch (error) {
      if (error instanceof XPathError) throw new XsltError(`<${element.nodeName}>, '${text}': ${error.message}`);
      throw error;
    }
  }

  string(element: XmlElement, text: string, frame: Frame): string {
    return stringOf(this.evaluate(element, text, frame));
  }

  boolean(element: XmlElement, text: string, frame: Frame): boolean {
    return booleanOf(this.evaluate(element, text, frame));
  }

  nodes(element: XmlElement, text: string, frame: Frame): NodeSet {
    return nodesOf(this.evaluate(element, text, frame), `<${element.nodeName}>: '${text}'`);
  }

  /** An attribute value template: text with expressions in braces. Source: XSLT 1.0, section 7.6.2. */
  attribute(element: XmlElement, name: string, frame: Frame): string | undefined {
    const text = element.attribute(name);
    return text === undefined ? undefined : this.valueTemplate(element, text, frame);
  }

  valueTemplate(element: XmlElement, text: string, frame: Frame): string {
    if (!text.includes('{') && !text.includes('}')) return text;
    return text.replaceAll(/\{\{|\}\}|\{((?:[^{}"']|"[^"]*"|'[^']*')*)\}/g, (whole, inner: string | undefined) =>
      inner === undefined ? whole.charAt(0) : this.#joined(this.evaluate(element, inner, frame)),
    );
  }

  /** Later versions take all items where 1.0 takes the first. */
  #joined(value: XPathValue): string {
    return this.isLater && isNodeSet(value) ? value.map((node) => node.textContent).join(' ') : stringOf(value);
  }

  /** Runs a sequence of instructions and literal content. */
  run(nodes: readonly XmlNode[], start: Frame, out: ResultBuilder): void {
    let frame = start;
    for (const node of nodes) {
      if (node instanceof XmlCharacters) {
        if (node.nodeType !== NodeType.Comment) out.text(this.#literalText(node, frame));
      } else if (node instanceof XmlElement) {
        this.#pace();
        if (node.namespaceURI !== XSL) literalElement(node, frame, out, this);
        else if (node.localName === 'variable') {
          frame = frame.with(this.name(node), this.value(node, frame));
        } else if (node.localName !== 'param' && node.localName !== 'sort' && node.localName !== 'with-param') {
          instructionOf(node)(node, frame, out, this);
        }
      }
    }
  }

  /** Literal text; in a map that says so, expressions in braces stand in it too. Source: XSLT 3.0, section 5.6.2. */
  #literalText(node: XmlCharacters, frame: Frame): string {
    const parent = node.parentNode;
    return this.sheet.expandsText && parent instanceof XmlElement
      ? this.valueTemplate(parent, node.data, frame)
      : node.data;
  }

  #pace(): void {
    if (++this.#instructions % PACE !== 0 || performance.now() < this.deadline) return;
    throw new XsltError('The transformation did not come to an end in time.');
  }

  name(element: XmlElement, attribute = 'name'): string {
    const written = element.attribute(attribute);
    if (written === undefined) throw new XsltError(`<${element.nodeName}> has no "${attribute}".`);
    return expandedName(element, written);
  }

  /** The value of a variable or parameter: its `select`, or the tree that its content makes. */
  value(element: XmlElement, frame: Frame): XPathValue {
    const select = element.attribute('select');
    if (select !== undefined) return this.evaluate(element, select, frame);
    if (element.childNodes.length === 0) return '';
    return [this.fragment(element.childNodes, frame)];
  }

  /** The tree that instructions make. */
  fragment(nodes: readonly XmlNode[], frame: Frame): XmlDocument {
    const out = new ResultBuilder();
    this.run(nodes, frame, out);
    return out.finish();
  }

  /** Applies template rules to nodes. */
  apply(nodes: NodeSet, frame: Frame, mode: string, given: Parameters, out: ResultBuilder): void {
    const size = nodes.length;
    nodes.forEach((node, index) => {
      const rule = this.#rule(node, mode, frame, () => true);
      const inner = frame.enter(node, index + 1, size, rule, mode);
      if (rule === undefined) this.#builtIn(inner, out);
      else this.enter(rule, inner, given, out);
    });
  }

  /** xsl:apply-imports: the best rule among those that the current one's sheet imports. */
  applyImports(frame: Frame, out: ResultBuilder): void {
    const { rule: current, node, mode } = frame;
    if (current === undefined) return;
    const rule = this.#rule(node, mode, frame, ({ precedence }) => precedence < current.precedence);
    const inner = frame.enter(node, frame.position, frame.size, rule, mode);
    if (rule === undefined) this.#builtIn(inner, out);
    else this.enter(rule, inner, noParameters, out);
  }

  #rule(node: XmlNode, mode: string, frame: Frame, allowed: (rule: TemplateRule) => boolean): TemplateRule | undefined {
    const name = node instanceof XmlElement || node instanceof XmlAttribute ? node.localName : '';
    const key = `${mode} ${node.nodeType} ${name}`;
    let candidates = this.#candidates.get(key);
    if (candidates === undefined) {
      candidates = (this.sheet.rules.get(mode) ?? []).filter(({ path }) => {
        const required = requiredName(path);
        return required === undefined || required === name;
      });
      this.#candidates.set(key, candidates);
    }
    return candidates.find((rule) => allowed(rule) && matches(node, rule.path, frame));
  }

  /** What happens to nodes that no rule is for. Source: XSLT 1.0, section 5.8. */
  #builtIn(frame: Frame, out: ResultBuilder): void {
    const { node, mode } = frame;
    if (node instanceof XmlElement || node.nodeType === NodeType.Document) {
      this.apply(visible(node.childNodes), frame, mode, noParameters, out);
    } else if (!(node instanceof XmlInstruction) && node.nodeType !== NodeType.Comment) {
      out.text(node.textContent);
    }
  }

  /** Runs a template; its parameters get what is given, or their own defaults. */
  enter({ element }: Template, frame: Frame, given: Parameters, out: ResultBuilder): void {
    this.#pace();
    if (element.namespaceURI !== XSL) {
      literalElement(element, frame, out, this);
      return;
    }
    let inner = frame;
    for (const each of element.childNodes) {
      if (!(each instanceof XmlElement) || each.namespaceURI !== XSL || each.localName !== 'param') continue;
      const name = this.name(each);
      inner = inner.with(name, given.get(name) ?? this.value(each, inner));
    }
    this.run(element.childNodes, inner, out);
  }

  /** Calls a function that the map defines. What it gives is the value of its xsl:sequence, or the tree that it makes. */
  call(name: string, args: readonly XPathValue[], frame: Frame): XPathValue {
    const element = this.sheet.functions.get(`${name}#${args.length}`);
    if (element === undefined) throw new XsltError(`The function '${name}' is called with ${args.length} arguments.`);
    this.#pace();
    const children = element.childNodes.filter((each) => each instanceof XmlElement);
    let inner = frame.enter(this.source, 1, 1, undefined, '');
    children
      .filter((each) => each.localName === 'param')
      .forEach((each, index) => (inner = inner.with(this.name(each), args[index] ?? '')));
    const [only, ...more] = children.filter((each) => each.localName !== 'param');
    const select = only?.localName === 'sequence' && more.length === 0 ? only.attribute('select') : undefined;
    if (only !== undefined && select !== undefined) return this.evaluate(only, select, inner);
    return [this.fragment(element.childNodes, inner)];
  }

  global(name: string): XPathValue | undefined {
    const known = this.#globals.get(name);
    if (known === OPEN) throw new XsltError(`The variable '${name}' is defined by itself.`);
    if (known !== undefined) return known;
    const element = this.sheet.globals.get(name);
    if (element === undefined) return undefined;
    const given = element.localName === 'param' ? this.parameters.get(name) : undefined;
    this.#globals.set(name, OPEN);
    const value = given ?? this.value(element, this.#start);
    this.#globals.set(name, value);
    return value;
  }

  function(name: ExpandedName, frame: Frame): XPathFunction | undefined {
    return xsltFunction(name, frame, this);
  }

  /** The nodes of the document that a key finds. Source: XSLT 1.0, section 12.2. */
  keyed(name: string, wanted: XPathValue, context: XmlNode, frame: Frame): NodeSet {
    const root = rootOf(context);
    let indexes = this.#keys.get(root);
    if (indexes === undefined) this.#keys.set(root, (indexes = new Map<string, Map<string, XmlNode[]>>()));
    let index = indexes.get(name);
    if (index === undefined) indexes.set(name, (index = this.#index(name, root, frame)));
    const texts = isNodeSet(wanted) ? wanted.map((node) => node.textContent) : [stringOf(wanted)];
    const [first] = texts;
    // As it stands in the index: grouping by keys asks once for every node.
    if (first !== undefined && texts.length === 1) return index.get(first) ?? [];
    return inDocumentOrder(texts.flatMap((text) => index.get(text) ?? []));
  }

  #index(name: string, root: XmlNode, frame: Frame): Map<string, XmlNode[]> {
    const declarations = this.sheet.keys.get(name);
    if (declarations === undefined) throw new XsltError(`There is no key '${name}'.`);
    const index = new Map<string, XmlNode[]>();
    const add = (text: string, node: XmlNode): void => {
      const nodes = index.get(text);
      if (nodes === undefined) index.set(text, [node]);
      else if (nodes.at(-1) !== node) nodes.push(node);
    };
    const visit = (node: XmlNode): void => {
      for (const { paths, use } of declarations) {
        if (!paths.some((path) => matches(node, path, frame))) continue;
        const value = evaluateXPath(use, frame.at(node, 1, 1).context);
        if (isNodeSet(value)) for (const each of value) add(each.textContent, node);
        else add(stringOf(value), node);
      }
      if (node instanceof XmlElement) for (const attribute of node.attributes) visit(attribute);
      for (const child of node.childNodes) visit(child);
    };
    visit(root);
    return index;
  }

  number(element: XmlElement, text: string, frame: Frame): number {
    return numberOf(this.evaluate(element, text, frame));
  }
}
