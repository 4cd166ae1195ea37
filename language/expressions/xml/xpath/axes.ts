/** Walks along the axes of XPath, nearest node first, and tells which nodes a node test lets through. */
import { NodeType, XMLNS, XmlAttribute, XmlElement } from '../nodes';
import type { XmlNode } from '../nodes';
import type { Axis, NodeTest } from './ast';
import { localName, parentOf } from './values';

/** These give their nodes in reverse document order. */
export const reverseAxes: ReadonlySet<Axis> = new Set([
  'ancestor',
  'ancestor-or-self',
  'preceding',
  'preceding-sibling',
]);

/** Counts the nodes that were looked at. */
export interface Visits {
  count: number;
}

/** The nodes of an axis that pass a test. */
export function walk(axis: Axis, node: XmlNode, test: NodeTest, visits: Visits = { count: 0 }): XmlNode[] {
  const found: XmlNode[] = [];
  const take = (each: XmlNode): void => {
    visits.count++;
    if (passes(each, test, axis)) found.push(each);
  };
  switch (axis) {
    case 'child':
      for (const each of node.childNodes) take(each);
      break;
    case 'attribute':
      if (node instanceof XmlElement) for (const each of node.attributes) take(each);
      break;
    case 'namespace':
      if (node instanceof XmlElement) for (const each of namespacesOf(node)) take(each);
      break;
    case 'self':
      take(node);
      break;
    case 'parent': {
      const parent = parentOf(node);
      if (parent !== null) take(parent);
      break;
    }
    case 'descendant':
      for (const each of node.childNodes) descend(each, take);
      break;
    case 'descendant-or-self':
      descend(node, take);
      break;
    case 'ancestor':
    case 'ancestor-or-self':
      for (let each = axis === 'ancestor' ? parentOf(node) : node; each !== null; each = parentOf(each)) take(each);
      break;
    case 'following-sibling':
      for (let each = node.nextSibling; each !== null; each = each.nextSibling) take(each);
      break;
    case 'preceding-sibling':
      for (let each = node.previousSibling; each !== null; each = each.previousSibling) take(each);
      break;
    case 'following':
      if (node instanceof XmlAttribute) for (const each of node.ownerElement.childNodes) descend(each, take);
      for (let each: XmlNode | null = elementOf(node); each !== null; each = each.parentNode) {
        for (let after = each.nextSibling; after !== null; after = after.nextSibling) descend(after, take);
      }
      break;
    case 'preceding':
      for (let each: XmlNode | null = elementOf(node); each !== null; each = each.parentNode) {
        for (let before = each.previousSibling; before !== null; before = before.previousSibling) ascend(before, take);
      }
      break;
  }
  return found;
}

const namespaces = new WeakMap<XmlElement, readonly XmlAttribute[]>();

/** The namespace nodes of an element: one for each prefix in scope, the nearest declaration first, `xml` last. */
function namespacesOf(element: XmlElement): readonly XmlAttribute[] {
  let nodes = namespaces.get(element);
  if (nodes === undefined) {
    const declared = new Map<string, string>();
    for (let each: XmlNode | null = element; each instanceof XmlElement; each = each.parentNode) {
      for (const { nodeName, nodeValue, namespaceURI } of each.attributes) {
        if (namespaceURI === XMLNS && !declared.has(nodeName)) declared.set(nodeName, nodeValue);
      }
    }
    declared.set('xmlns:xml', 'http://www.w3.org/XML/1998/namespace');
    nodes = [...declared]
      .filter(([, uri]) => uri !== '')
      .map(([name, uri], index) => {
        const node = new XmlAttribute(name, uri, element);
        // Behind the element and before its attributes.
        node.number(element.order + (index + 1) / (declared.size + 1));
        return node;
      });
    namespaces.set(element, nodes);
  }
  return nodes;
}

function elementOf(node: XmlNode): XmlNode {
  return node instanceof XmlAttribute ? node.ownerElement : node;
}

function descend(node: XmlNode, take: (node: XmlNode) => void): void {
  take(node);
  for (const each of node.childNodes) descend(each, take);
}

/** In reverse document order: what is in a node comes before the node. */
function ascend(node: XmlNode, take: (node: XmlNode) => void): void {
  for (let index = node.childNodes.length - 1; index >= 0; index--) {
    const each = node.childNodes[index];
    if (each !== undefined) ascend(each, take);
  }
  take(node);
}

/** True when the test lets a node of the axis through. Namespace declarations are no attributes, a DOCTYPE is no node. */
export function passes(node: XmlNode, test: NodeTest, axis: Axis): boolean {
  if (node.nodeType === NodeType.Doctype) return false;
  if (axis === 'attribute' && node instanceof XmlAttribute && node.namespaceURI === XMLNS) return false;
  switch (test.kind) {
    case 'node':
      return true;
    case 'text':
      return node.nodeType === NodeType.Text || node.nodeType === NodeType.CData;
    case 'comment':
      return node.nodeType === NodeType.Comment;
    case 'instruction':
      return node.nodeType === NodeType.Instruction && (test.target === undefined || node.nodeName === test.target);
    case 'any':
    case 'name': {
      const isPrincipal =
        axis === 'attribute' || axis === 'namespace' ? node instanceof XmlAttribute : node instanceof XmlElement;
      if (!isPrincipal || !(node instanceof XmlElement || node instanceof XmlAttribute)) return false;
      const uri = axis === 'namespace' ? null : node.namespaceURI;
      if (test.kind === 'any') return test.uri === undefined || uri === test.uri;
      return localName(node) === test.name.local && uri === test.name.uri;
    }
  }
}
