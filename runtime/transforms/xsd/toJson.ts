/**
 * Parse XML with schema: a document as JSON whose numbers, truth values and arrays are those of the schema. Attributes are members with an
 * `@`, text beside attributes is `#text`, as in the platform's other conversions between XML and JSON.
 */
import { NodeType, XMLNS, XmlElement } from '../../../language/expressions/xml/nodes';
import type { XmlAttribute } from '../../../language/expressions/xml/nodes';
import { numberOf } from '../../../language/json/parse';
import { isArray } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import type { ElementDeclaration, ValueKind } from './model';

export interface JsonSettings {
  readonly ignoreAttributes: boolean;
  /** Names carry their namespace: `namespace:name`. */
  readonly useFullyQualifiedNames: boolean;
}

const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** `declaration`: undefined for an element that the schema does not know; all its values are text. */
export function jsonOf(
  element: XmlElement,
  declaration: ElementDeclaration | undefined,
  settings: JsonSettings,
): Value {
  return new Map([[nameOf(element, settings), valueOf(element, declaration, settings)]]);
}

function nameOf({ localName, namespaceURI }: XmlElement | XmlAttribute, settings: JsonSettings): string {
  return settings.useFullyQualifiedNames && namespaceURI ? `${namespaceURI}:${localName}` : localName;
}

function valueOf(element: XmlElement, declaration: ElementDeclaration | undefined, settings: JsonSettings): Value {
  if (element.getAttributeNS(INSTANCE, 'nil') === 'true') return null;
  const members = new Map<string, Value>();
  if (!settings.ignoreAttributes) {
    for (const attribute of element.attributes) {
      if (attribute.namespaceURI === XMLNS || attribute.namespaceURI === INSTANCE) continue;
      const known = declaration?.attributes.find((each) => each.name === attribute.localName);
      members.set(`@${nameOf(attribute, settings)}`, scalar(attribute.nodeValue, known?.value));
    }
  }
  const children = element.childNodes.filter((each) => each instanceof XmlElement);
  for (const child of children) {
    const known = declarationOf(child, declaration);
    const name = nameOf(child, settings);
    const value = valueOf(child, known, settings);
    const before = members.get(name);
    if (isArray(before)) members.set(name, [...before, value]);
    else if (before !== undefined) members.set(name, [before, value]);
    else members.set(name, known?.isRepeated === true ? [value] : value);
  }
  const text = ownText(element);
  if (members.size === 0) {
    const isEmptyObject = declaration !== undefined && declaration.value === undefined && text.trim() === '';
    return isEmptyObject ? members : scalar(text, declaration?.value);
  }
  if (text.trim() !== '') members.set('#text', scalar(text, declaration?.value));
  return members;
}

function declarationOf(child: XmlElement, parent: ElementDeclaration | undefined): ElementDeclaration | undefined {
  return parent?.children.find((each) => each.name === child.localName && each.uri === child.namespaceURI);
}

function ownText(element: XmlElement): string {
  return element.childNodes
    .filter((each) => each.nodeType === NodeType.Text || each.nodeType === NodeType.CData)
    .map((each) => each.textContent)
    .join('');
}

/** Text of a kind; what does not fit it stays text. */
function scalar(text: string, kind: ValueKind | undefined): Value {
  const trimmed = text.trim();
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'double':
      return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) ? numberOf(canonical(trimmed)) : text;
    case 'boolean':
      return trimmed === 'true' || trimmed === '1' ? true : trimmed === 'false' || trimmed === '0' ? false : text;
    default:
      return text;
  }
}

/** As JSON writes numbers: no plus, no leading zeros, digits on both sides of the point. */
function canonical(text: string): string {
  return text
    .replace(/^\+/, '')
    .replace(/^(-?)0+(?=\d)/, '$1')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '');
}
