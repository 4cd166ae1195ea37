/** XML as JSON, by the rules of Newtonsoft's XmlNodeConverter. */
import type { Value } from '../../json/value';
import { FunctionError } from '../failure';
import { NodeType, XmlCharacters, XmlDoctype, XmlDocument, XmlElement, XmlInstruction } from './nodes';
import type { XmlNode } from './nodes';
import { parseXml } from './parse';

/** An attribute of this namespace, `Array="true"`, makes an array of an element that stands alone. */
const JSON_NAMESPACE = 'http://james.newtonking.com/projects/json';

/** The host reads the text as UTF-8 bytes, so a declaration may name only encodings that agree with those. */
const encodings = /^(utf-8|us-ascii|ascii|iso-8859-\d+|windows-125\d|latin1)$/i;

/** Throws FunctionError for a text that is no XML. */
export function xmlToJson(text: string): Value {
  if (text === '') return new Map();
  const document = parseXml(text);
  if (!(document instanceof XmlDocument)) throw new FunctionError(describeProblem(document));
  const encoding = document.declaration?.encoding;
  if (encoding !== undefined && !encodings.test(encoding)) {
    throw new FunctionError(
      `The XML cannot be converted to JSON: its encoding '${encoding}' is not that of its bytes, UTF-8.`,
    );
  }
  const root = new Map<string, Value>();
  const { declaration } = document;
  if (declaration !== undefined) {
    const parts = new Map<string, Value>([['@version', declaration.version]]);
    if (declaration.encoding !== undefined) parts.set('@encoding', declaration.encoding);
    if (declaration.standalone !== undefined) parts.set('@standalone', declaration.standalone);
    root.set('?xml', parts);
  }
  addChildren(document.childNodes, root);
  return root;
}

/** One sentence with the place. */
export function describeProblem(problem: {
  readonly problem: string;
  readonly line: number;
  readonly column: number;
}): string {
  return `The provided value cannot be converted to XML: ${problem.problem}. Line ${problem.line}, position ${problem.column}.`;
}

/** Children are grouped by name, in the order in which each name appears first; several of a name make an array. */
function addChildren(children: readonly XmlNode[], target: Map<string, Value>): void {
  const groups = new Map<string, XmlNode[]>();
  for (const child of children) {
    const name =
      child instanceof XmlDoctype ? '!DOCTYPE' : child instanceof XmlInstruction ? `?${child.target}` : child.nodeName;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [child]);
    else group.push(child);
  }
  for (const [name, group] of groups) {
    const [first] = group;
    if (first === undefined) continue;
    if (group.length > 1 || isArrayElement(first)) {
      // A comment is written as a JSON comment, which a JSON value cannot hold: what stays of several is the empty array.
      target.set(name, group.filter((each) => each.nodeType !== NodeType.Comment).map(valueOf));
    } else if (first.nodeType !== NodeType.Comment) {
      target.set(name, valueOf(first));
    }
  }
}

function isArrayElement(node: XmlNode): boolean {
  return (
    node instanceof XmlElement &&
    node.attributes.some(
      (each) => each.namespaceURI === JSON_NAMESPACE && each.localName === 'Array' && each.nodeValue === 'true',
    )
  );
}

function valueOf(node: XmlNode): Value {
  if (node instanceof XmlElement) return elementValue(node);
  if (node instanceof XmlDoctype) {
    const parts = new Map<string, Value>([['@name', node.nodeName]]);
    if (node.publicId !== undefined) parts.set('@public', node.publicId);
    if (node.systemId !== undefined) parts.set('@system', node.systemId);
    if (node.internalSubset !== undefined && node.internalSubset !== '')
      parts.set('@internalSubset', node.internalSubset);
    return parts;
  }
  return node.nodeValue;
}

function elementValue(element: XmlElement): Value {
  const attributes = element.attributes.filter((each) => each.namespaceURI !== JSON_NAMESPACE);
  const [only, second] = element.childNodes;
  if (attributes.length === 0) {
    if (only === undefined) return element.isEmpty ? null : '';
    if (second === undefined && only instanceof XmlCharacters && only.nodeType === NodeType.Text) return only.data;
  }
  const target = new Map<string, Value>();
  for (const attribute of attributes) target.set(`@${attribute.nodeName}`, attribute.nodeValue);
  addChildren(element.childNodes, target);
  return target;
}
