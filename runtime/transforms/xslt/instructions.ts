/** The instructions of XSLT 1.0, by name. Source: XSLT 1.0, sections 5 to 9, 11 and 13. */
import { XMLNS, XmlDocument, XmlElement } from '../../../language/expressions/xml/nodes';
import type { XmlAttribute, XmlNode } from '../../../language/expressions/xml/nodes';
import { isNodeSet, stringOf, visible } from '../../../language/expressions/xml/xpath/values';
import type { XPathValue } from '../../../language/expressions/xml/xpath/values';
import type { Execution, Parameters } from './execution';
import { XsltError } from './failure';
import type { Frame } from './frame';
import { numberText } from './numbering';
import { namespacesAt } from './result';
import type { ResultBuilder } from './result';
import { sorted } from './sorting';
import { XSL, expandedName } from './stylesheet';

export type Instruction = (element: XmlElement, frame: Frame, out: ResultBuilder, execution: Execution) => void;

const instructions: Readonly<Record<string, Instruction>> = {
  'apply-templates': (element, frame, out, execution) => {
    const select = element.attribute('select');
    const nodes = select === undefined ? visible(frame.node.childNodes) : execution.nodes(element, select, frame);
    const mode = element.attribute('mode');
    const ordered = sorted(nodes, element, frame, execution);
    const given = parametersOf(element, frame, execution);
    execution.apply(ordered, frame, mode === undefined ? '' : expandedName(element, mode), given, out);
  },
  'apply-imports': (_element, frame, out, execution) => execution.applyImports(frame, out),
  'call-template': (element, frame, out, execution) => {
    const name = execution.name(element);
    const template = execution.sheet.named.get(name);
    if (template === undefined) throw new XsltError(`There is no template named '${name}'.`);
    const { node, position, size, rule, mode } = frame;
    const inner = frame.enter(node, position, size, rule, mode);
    execution.enter(template, inner, parametersOf(element, frame, execution), out);
  },
  'for-each': (element, frame, out, execution) => {
    const nodes = sorted(execution.nodes(element, required(element, 'select'), frame), element, frame, execution);
    nodes.forEach((node, index) => execution.run(element.childNodes, frame.at(node, index + 1, nodes.length), out));
  },
  'value-of': (element, frame, out, execution) => {
    const select = element.attribute('select');
    const value =
      select === undefined && execution.isLater
        ? [execution.fragment(element.childNodes, frame)]
        : execution.evaluate(element, required(element, 'select'), frame);
    const separator = execution.attribute(element, 'separator', frame) ?? ' ';
    const text =
      execution.isLater && isNodeSet(value) ? value.map((node) => node.textContent).join(separator) : stringOf(value);
    out.text(text, element.attribute('disable-output-escaping') === 'yes');
  },
  text: (element, _frame, out) => {
    out.text(element.textContent, element.attribute('disable-output-escaping') === 'yes');
  },
  if: (element, frame, out, execution) => {
    if (execution.boolean(element, required(element, 'test'), frame)) execution.run(element.childNodes, frame, out);
  },
  choose: (element, frame, out, execution) => {
    const branches = element.childNodes.filter((each) => each instanceof XmlElement && each.namespaceURI === XSL);
    for (const branch of branches) {
      if (!(branch instanceof XmlElement)) continue;
      const isChosen = branch.localName === 'otherwise' || execution.boolean(branch, required(branch, 'test'), frame);
      if (isChosen) {
        execution.run(branch.childNodes, frame, out);
        return;
      }
    }
  },
  copy: (element, frame, out, execution) => {
    const { node } = frame;
    if (node instanceof XmlElement) {
      out.element(node.nodeName, node.namespaceURI, () => {
        out.copyNamespaces(node);
        useAttributeSets(element, element.attribute('use-attribute-sets'), frame, out, execution);
        execution.run(element.childNodes, frame, out);
      });
    } else if (node instanceof XmlDocument) execution.run(element.childNodes, frame, out);
    else out.copy(node);
  },
  'copy-of': (element, frame, out, execution) => {
    const value = execution.evaluate(element, required(element, 'select'), frame);
    if (isNodeSet(value)) for (const node of value) out.copy(node);
    else out.text(stringOf(value));
  },
  element: (element, frame, out, execution) => {
    const { name, uri } = computedName(element, frame, execution, true);
    out.element(name, uri, () => {
      useAttributeSets(element, element.attribute('use-attribute-sets'), frame, out, execution);
      execution.run(element.childNodes, frame, out);
    });
  },
  attribute: (element, frame, out, execution) => {
    const { name, uri } = computedName(element, frame, execution, false);
    const select = execution.isLater ? element.attribute('select') : undefined;
    const value =
      select === undefined
        ? execution.fragment(element.childNodes, frame).textContent
        : execution.string(element, select, frame);
    if (!out.attribute(name, uri, value)) {
      throw new XsltError(`The attribute '${name}' cannot be added: an element must be open, and have no content yet.`);
    }
  },
  comment: (element, frame, out, execution) => out.comment(execution.fragment(element.childNodes, frame).textContent),
  'processing-instruction': (element, frame, out, execution) => {
    const target = execution.attribute(element, 'name', frame) ?? '';
    out.instruction(target, execution.fragment(element.childNodes, frame).textContent);
  },
  number: (element, frame, out, execution) => out.text(numberText(element, frame, execution)),
  message: (element, frame, _out, execution) => {
    if (execution.attribute(element, 'terminate', frame) !== 'yes') return;
    const text = execution.fragment(element.childNodes, frame).textContent;
    throw new XsltError(`The map has ended the transformation: ${text}`);
  },
  fallback: () => undefined,
};

/** What carries out an element of the XSLT namespace. */
export function instructionOf(element: XmlElement): Instruction {
  const { localName } = element;
  if (localName === 'sequence') return sequence;
  const found = Object.hasOwn(instructions, localName) ? instructions[localName] : undefined;
  return found ?? unknown;
}

/** xsl:sequence of later versions: here, where there are only trees, a copy. */
const sequence: Instruction = (element, frame, out, execution) =>
  execution.isLater
    ? instructions['copy-of']?.(element, frame, out, execution)
    : unknown(element, frame, out, execution);

/** An instruction of a later version: its fallback, if it has one. Source: XSLT 1.0, section 15. */
const unknown: Instruction = (element, frame, out, execution) => {
  const fallbacks = element.childNodes.filter((each) => isXsl(each, 'fallback'));
  if (fallbacks.length === 0) {
    throw new XsltError(`<${element.nodeName}> is not an instruction of XSLT 1.0.`, execution.isLater);
  }
  for (const each of fallbacks) execution.run(each.childNodes, frame, out);
};

function isXsl(node: XmlNode, name: string): node is XmlElement {
  return node instanceof XmlElement && node.namespaceURI === XSL && node.localName === name;
}

export function required(element: XmlElement, name: string): string {
  const value = element.attribute(name);
  if (value === undefined) throw new XsltError(`<${element.nodeName}> has no "${name}".`);
  return value;
}

function parametersOf(element: XmlElement, frame: Frame, execution: Execution): Parameters {
  const given = new Map<string, XPathValue>();
  for (const each of element.childNodes) {
    if (isXsl(each, 'with-param')) given.set(execution.name(each), execution.value(each, frame));
  }
  return given;
}

/** The name of xsl:element or xsl:attribute, which may be computed. */
function computedName(
  element: XmlElement,
  frame: Frame,
  execution: Execution,
  usesDefault: boolean,
): { readonly name: string; readonly uri: string | null } {
  const name = execution.valueTemplate(element, required(element, 'name'), frame).trim();
  if (!/^[^\s:<>&"']+(:[^\s:<>&"']+)?$/.test(name)) {
    throw new XsltError(`<${element.nodeName}>: '${name}' is no valid name.`);
  }
  const uri = execution.attribute(element, 'namespace', frame);
  if (uri !== undefined) return { name: uri === '' ? name.slice(name.indexOf(':') + 1) : name, uri: uri || null };
  const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : '';
  if (prefix === '' && !usesDefault) return { name, uri: null };
  const found = element.namespaceOf(prefix);
  if (found === undefined && prefix !== '') {
    throw new XsltError(`<${element.nodeName}>: the prefix of '${name}' is not declared.`);
  }
  return { name, uri: found === undefined || found === '' ? null : found };
}

function useAttributeSets(
  element: XmlElement,
  names: string | undefined,
  frame: Frame,
  out: ResultBuilder,
  execution: Execution,
): void {
  for (const name of (names ?? '').split(/\s+/).filter((each) => each !== '')) {
    for (const set of execution.sheet.attributeSets.get(expandedName(element, name)) ?? []) {
      useAttributeSets(set, set.attribute('use-attribute-sets'), frame, out, execution);
      const inner = frame.enter(frame.node, frame.position, frame.size, undefined, frame.mode);
      execution.run(set.childNodes, inner, out);
    }
  }
}

/** An element of the stylesheet that goes into the result. Source: XSLT 1.0, section 7.1.1. */
export const literalElement: Instruction = (element, frame, out, execution) => {
  const { aliases } = execution.sheet;
  const alias = aliases.get(element.namespaceURI ?? '');
  const name = alias === undefined ? element.nodeName : qualified(alias.prefix, element.localName);
  const uri = alias === undefined ? element.namespaceURI : alias.uri || null;
  out.element(name, uri, () => {
    const excluded = excludedNamespaces(element);
    for (const [prefix, each] of namespacesAt(element)) {
      if (!excluded.has(each) && !aliases.has(each) && each !== '') out.namespace(prefix, each);
    }
    useAttributeSets(element, element.getAttributeNS(XSL, 'use-attribute-sets') ?? undefined, frame, out, execution);
    for (const attribute of element.attributes) literalAttribute(attribute, element, frame, out, execution);
    execution.run(element.childNodes, frame, out);
  });
};

function qualified(prefix: string, local: string): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}

function literalAttribute(
  attribute: XmlAttribute,
  element: XmlElement,
  frame: Frame,
  out: ResultBuilder,
  execution: Execution,
): void {
  if (attribute.namespaceURI === XMLNS || attribute.namespaceURI === XSL) return;
  const alias = execution.sheet.aliases.get(attribute.namespaceURI ?? '');
  const isAliased = alias !== undefined && attribute.namespaceURI !== null;
  const name = isAliased ? qualified(alias.prefix, attribute.localName) : attribute.nodeName;
  const uri = isAliased ? alias.uri : attribute.namespaceURI;
  out.attribute(name, uri, execution.valueTemplate(element, attribute.nodeValue, frame));
}

const excludedAt = new WeakMap<XmlElement, ReadonlySet<string>>();

/** XSLT's own namespace and what exclude-result-prefixes and extension-element-prefixes around the element name. */
function excludedNamespaces(element: XmlElement): ReadonlySet<string> {
  const known = excludedAt.get(element);
  if (known !== undefined) return known;
  const excluded = new Set([XSL]);
  for (let each: XmlNode | null = element; each instanceof XmlElement; each = each.parentNode) {
    const isSheet = each.namespaceURI === XSL;
    for (const name of ['exclude-result-prefixes', 'extension-element-prefixes']) {
      const listed = isSheet ? each.attribute(name) : (each.getAttributeNS(XSL, name) ?? undefined);
      for (const prefix of (listed ?? '').split(/\s+/)) {
        if (prefix === '#all') for (const uri of namespacesAt(each).values()) excluded.add(uri);
        else if (prefix !== '') excluded.add(each.namespaceOf(prefix === '#default' ? '' : prefix) ?? XSL);
      }
    }
  }
  excludedAt.set(element, excluded);
  return excluded;
}
