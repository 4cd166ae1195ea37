/** JSON as XML, by the rules of Newtonsoft's XmlNodeConverter. */
import { contentOf } from '../../json/content';
import { numberText } from '../../json/numberText';
import { Decimal, Double, isArray, isObject } from '../../json/value';
import type { ObjectValue, Value } from '../../json/value';
import { XmlValue } from '../../json/xmlValue';
import { FunctionError } from '../failure';
import { encodeXmlName } from './names';
import { JSON_NAMESPACE } from './namespaceScope';
import { NodeType, XmlCharacters, XmlDoctype, XmlDocument, XmlElement, XmlInstruction } from './nodes';
import type { XmlParent } from './nodes';

/** Members that Newtonsoft's own serialiser writes; they become attributes of its namespace. */
const metadata = ['$id', '$ref', '$type', '$value'];

/** The document of an object with one member, its root; an empty object is an empty document. Throws FunctionError otherwise. */
export function jsonToXml(value: ObjectValue): XmlDocument {
  const document = new XmlDocument();
  for (const [name, member] of value) {
    for (const item of isArray(member) ? member : [member]) {
      if (document.documentElement === null) {
        addMember(document, name, item);
      } else if (isArray(member)) {
        fail(`the root '${name}' is an array, and a document has one root element.`);
      } else {
        fail('the root object has multiple properties. It must have a single property to become the root element.');
      }
    }
  }
  return document;
}

function fail(reason: string): never {
  throw new FunctionError(`The JSON cannot be converted to XML: ${reason}`);
}

function addMember(parent: XmlParent, name: string, value: Value): void {
  switch (name) {
    case '':
      return fail('a property has no name.');
    case '#text':
    case '#whitespace':
    case '#significant-whitespace':
      return addCharacters(parent, NodeType.Text, name, value);
    case '#cdata-section':
      return addCharacters(parent, NodeType.CData, name, value);
    case '?xml':
      return addDeclaration(parent, value);
    default:
  }
  if (name.toUpperCase() === '!DOCTYPE') {
    const id = (key: string): string | undefined => memberText(value, key);
    parent.append(new XmlDoctype(id('@name') ?? '', id('@public'), id('@system'), id('@internalSubset')));
  } else if (name.startsWith('?')) {
    parent.append(new XmlInstruction(name.slice(1), scalarText(value)));
  } else if (name.startsWith('@')) {
    // Those of elements have been taken before their other members.
    fail(`the root object has the property '${name}', and a document has no attributes.`);
  } else {
    addElement(parent, name, value);
  }
}

function addCharacters(
  parent: XmlParent,
  type: typeof NodeType.Text | typeof NodeType.CData,
  name: string,
  value: Value,
): void {
  if (parent instanceof XmlDocument) fail(`the root object has the property '${name}', and a document has no text.`);
  parent.append(new XmlCharacters(type, scalarText(value)));
}

function addDeclaration(parent: XmlParent, value: Value): void {
  if (!(parent instanceof XmlDocument)) return fail("'?xml' stands in the root object only.");
  const version = memberText(value, '@version') ?? '';
  const standalone = memberText(value, '@standalone');
  if (version !== '1.0') fail(`the XML version '${version}' is not 1.0.`);
  if (standalone !== undefined && !/^(yes|no)?$/.test(standalone)) fail("'@standalone' is neither 'yes' nor 'no'.");
  parent.declaration = { version, encoding: memberText(value, '@encoding'), standalone };
}

/** Text of a member that is given. */
function memberText(value: Value, name: string): string | undefined {
  const found = isObject(value) ? value.get(name) : undefined;
  return found === undefined || found === null ? undefined : scalarText(found);
}

function addElement(parent: XmlParent, name: string, given: Value): void {
  // To Newtonsoft an XML value is the object of its content.
  const value = given instanceof XmlValue ? contentOf(given) : given;
  const members = isObject(value) ? [...value] : [];
  const attributes = attributesOf(members);
  const declared = (prefix: string): boolean =>
    attributes.some(([key]) => key === `xmlns:${prefix}`) ||
    (parent instanceof XmlElement && parent.namespaceOf(prefix) !== undefined);
  const element = new XmlElement(qualified(name, declared));
  parent.append(element);
  for (const [key, text] of attributes) element.setAttribute(qualified(key, declared), text);
  if (isArray(value)) {
    // An array in an array: its items are elements of the same name.
    for (const item of value) addMember(element, name, item);
  } else if (isObject(value)) {
    for (const [key, member] of members) {
      if (isAttribute(key)) continue;
      for (const item of isArray(member) ? member : [member]) addMember(element, key, item);
    }
  } else if (value !== null) {
    const text = scalarText(value);
    // `<a></a>` for the empty string, `<a />` for null.
    if (text === '') return;
    element.append(new XmlCharacters(NodeType.Text, text));
  }
  element.isEmpty = element.childNodes.length === 0;
}

function isAttribute(key: string): boolean {
  return key.startsWith('@') || metadata.includes(key);
}

/** Names without the `@`, and values. */
function attributesOf(members: readonly (readonly [string, Value])[]): [string, string][] {
  const attributes = members
    .filter(([key]) => isAttribute(key))
    .map(([key, value]): [string, string] => [
      key.startsWith('@') ? key.slice(1) : `json:${key.slice(1)}`,
      scalarText(value),
    ]);
  const usesMetadata = members.some(([key]) => metadata.includes(key));
  if (usesMetadata) attributes.unshift(['xmlns:json', JSON_NAMESPACE]);
  return attributes;
}

/** The name with its escapes; a prefix that nothing declares falls away. */
function qualified(name: string, declared: (prefix: string) => boolean): string {
  const colon = name.indexOf(':');
  if (colon <= 0) return encodeXmlName(name);
  const prefix = name.slice(0, colon);
  const local = encodeXmlName(name.slice(colon + 1));
  return prefix === 'xmlns' || prefix === 'xml' || declared(prefix) ? `${encodeXmlName(prefix)}:${local}` : local;
}

/** Text of a value as XmlConvert writes it: `true`, not `True`, and `INF`. */
function scalarText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal) {
    return numberText(value).replace('Infinity', 'INF');
  }
  return fail('text and attributes cannot be written from arrays or objects.');
}
