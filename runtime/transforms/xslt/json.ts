/** JSON as XML and back, by the elements map, array, string, number, boolean and null. Source: XSLT 3.0, section 22. */
import { NodeType, XmlCharacters, XmlDocument, XmlElement } from '../../../language/expressions/xml/nodes';
import type { XmlNode, XmlParent } from '../../../language/expressions/xml/nodes';
import { parseValue } from '../../../language/json/parse';
import { stringify } from '../../../language/json/stringify';
import { isArray, isObject } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { XsltError } from './failure';
import { numberDocument } from './result';

const FUNCTIONS = 'http://www.w3.org/2005/xpath-functions';

/** Throws an `XsltError` for text that is no JSON. */
export function jsonToXml(text: string): XmlDocument {
  const parsed = parseValue(text);
  if (!parsed.ok) throw new XsltError(`json-to-xml(): the text is not valid JSON: ${parsed.message}`);
  const document = new XmlDocument();
  build(document, parsed.value, undefined);
  document.documentElement?.setAttribute('xmlns', FUNCTIONS);
  return numberDocument(document);
}

function build(parent: XmlParent, value: Value, key: string | undefined): void {
  const element = new XmlElement(kindOf(value), FUNCTIONS);
  parent.append(element);
  if (key !== undefined) element.setAttribute('key', key);
  if (isArray(value)) for (const each of value) build(element, each, undefined);
  else if (isObject(value)) for (const [name, each] of value) build(element, each, name);
  else if (value !== null) {
    const text = typeof value === 'string' ? value : stringify(value);
    if (text !== '') element.append(new XmlCharacters(NodeType.Text, text));
  }
}

function kindOf(value: Value): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (isObject(value)) return 'map';
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value;
  return 'number';
}

/** The JSON text of such elements. Throws an `XsltError` for others. */
export function xmlToJson(node: XmlNode): string {
  const element = node instanceof XmlDocument ? node.documentElement : node;
  if (element instanceof XmlElement) return stringify(valueOf(element));
  throw new XsltError('xml-to-json(): there is no element.');
}

function valueOf(element: XmlElement): Value {
  const children = element.childNodes.filter((each) => each instanceof XmlElement);
  const text = element.textContent;
  switch (element.localName) {
    case 'map':
      return new Map(children.map((child) => [child.attribute('key') ?? '', valueOf(child)]));
    case 'array':
      return children.map(valueOf);
    case 'string':
      return text;
    case 'boolean':
      return ['true', '1'].includes(text.trim());
    case 'null':
      return null;
    case 'number': {
      const parsed = parseValue(text.trim());
      if (parsed.ok) return parsed.value;
      throw new XsltError(`xml-to-json(): '${text}' is no number.`);
    }
    default:
      throw new XsltError(`xml-to-json(): the element '${element.nodeName}' stands for no JSON.`);
  }
}
