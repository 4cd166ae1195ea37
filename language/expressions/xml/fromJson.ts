/** JSON as XML, by the rules of Newtonsoft's XmlNodeConverter. */
import { isArray, isObject } from '../../json/value';
import type { ObjectValue, Value } from '../../json/value';
import { XmlValue } from '../../json/xmlValue';
import { FunctionError } from '../failure';
import { stringOfValue } from '../text';
import { encodeXmlName } from './names';
import { NodeType, XmlCharacters, XmlDoctype, XmlDocument, XmlElement } from './nodes';
import { XmlInstruction } from './nodes';
import type { XmlParent } from './nodes';

/** The document of an object with one member, its root; an empty object is an empty document. Throws FunctionError otherwise. */
export function jsonToXml(value: ObjectValue): XmlDocument {
  const document = new XmlDocument();
  for (const [name, member] of value) {
    if (name === '?xml') {
      document.declaration = {
        version: part(member, '@version') ?? '1.0',
        encoding: part(member, '@encoding'),
        standalone: part(member, '@standalone'),
      };
    } else if (name === '!DOCTYPE') {
      const doctypeName = part(member, '@name') ?? '';
      document.append(
        new XmlDoctype(doctypeName, part(member, '@public'), part(member, '@system'), part(member, '@internalSubset')),
      );
    } else if (isArray(member) && member.length > 1) {
      throw new FunctionError(
        `The JSON cannot be converted to XML: the root '${name}' is an array, and a document has one root element.`,
      );
    } else {
      addMember(document, name, member);
    }
  }
  const roots = document.childNodes.filter((each) => each instanceof XmlElement).length;
  if (roots > 1) {
    throw new FunctionError(
      'The JSON cannot be converted to XML: the root object has multiple properties. It must have a single property to become the root element.',
    );
  }
  return document;
}

function part(value: Value, name: string): string | undefined {
  const found = isObject(value) ? value.get(name) : undefined;
  return found === undefined || found === null ? undefined : stringOfValue(found);
}

function addMember(parent: XmlParent, name: string, value: Value): void {
  if (name === '#text' || name === '#significant-whitespace' || name === '#whitespace') {
    addCharacters(parent, NodeType.Text, value);
  } else if (name === '#cdata-section') {
    addCharacters(parent, NodeType.CData, value);
  } else if (name.startsWith('?')) {
    parent.append(new XmlInstruction(name.slice(1), scalarText(value)));
  } else if (isArray(value)) {
    for (const item of value) addElement(parent, name, item);
  } else {
    addElement(parent, name, value);
  }
}

function addCharacters(parent: XmlParent, type: typeof NodeType.Text | typeof NodeType.CData, value: Value): void {
  for (const item of isArray(value) ? value : [value]) parent.append(new XmlCharacters(type, scalarText(item)));
}

function addElement(parent: XmlParent, name: string, value: Value): void {
  const members = isObject(value) ? [...value] : [];
  const attributes = members.filter(([key, member]) => key.startsWith('@') && !isObject(member) && !isArray(member));
  const declared = (prefix: string): boolean =>
    attributes.some(([key]) => key === `@xmlns:${prefix}`) ||
    (parent instanceof XmlElement && parent.namespaceOf(prefix) !== undefined);
  const element = new XmlElement(qualified(name, declared));
  parent.append(element);
  for (const [key, member] of attributes) element.setAttribute(qualified(key.slice(1), declared), scalarText(member));
  if (isArray(value)) {
    for (const item of value) addElement(element, name, item);
  } else if (isObject(value)) {
    for (const [key, member] of members) {
      if (!attributes.some(([attribute]) => attribute === key)) addMember(element, key, member);
    }
  } else if (value !== null) {
    const text = scalarText(value);
    if (text !== '') element.append(new XmlCharacters(NodeType.Text, text));
    else return;
  }
  element.isEmpty = element.childNodes.length === 0;
}

/** The name with its escapes; a prefix that nothing declares falls away. */
function qualified(name: string, declared: (prefix: string) => boolean): string {
  const colon = name.indexOf(':');
  if (colon < 0) return encodeXmlName(name);
  const prefix = name.slice(0, colon);
  const local = encodeXmlName(name.slice(colon + 1));
  return prefix === 'xmlns' || prefix === 'xml' || declared(prefix) ? `${prefix}:${local}` : local;
}

/** Text of a value as XmlConvert writes it: `true`, not `True`. */
function scalarText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return value instanceof XmlValue ? value.text : stringOfValue(value);
}
