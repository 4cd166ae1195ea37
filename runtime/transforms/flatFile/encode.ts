/** Writes XML as a flat file by its schema. */
import { XmlElement } from '../../../language/expressions/xml/nodes';
import { FlatFileError } from './decode';
import type { FieldFormat, MemberFormat, RecordFormat } from './format';

/** Throws a `FlatFileError` for an element that the schema does not know. */
export function encodeFlatFile(root: XmlElement, format: RecordFormat): string {
  if (root.localName !== format.name || root.namespaceURI !== format.uri) {
    const wanted = format.uri === null ? `'${format.name}'` : `'${format.name}' of namespace '${format.uri}'`;
    throw new FlatFileError(`The root element is '${root.nodeName}', but the schema describes ${wanted}.`);
  }
  return record(root, format);
}

function record(element: XmlElement, format: RecordFormat): string {
  const children = element.childNodes.filter((each) => each instanceof XmlElement);
  const unknown = children.find((child) => !format.members.some((member) => isFor(child, member)));
  if (unknown !== undefined) {
    throw new FlatFileError(`The schema knows no '${unknown.nodeName}' in '${format.name}'.`);
  }
  const parts = format.members.flatMap((member) => partsOf(element, children, member, format));
  return format.structure === 'positional' ? positional(parts, format) : delimited(parts, format);
}

function isFor(child: XmlElement, member: MemberFormat): boolean {
  return (
    child.localName === member.name &&
    child.namespaceURI === member.uri &&
    !(member.kind === 'field' && member.isAttribute)
  );
}

function partsOf(
  element: XmlElement,
  children: readonly XmlElement[],
  member: MemberFormat,
  parent: RecordFormat,
): string[] {
  if (member.kind === 'record')
    return children.filter((child) => isFor(child, member)).map((child) => record(child, member));
  if (member.isAttribute) return [field(member, element.attribute(member.name) ?? '', parent)];
  const found = children
    .filter((child) => isFor(child, member))
    .map((child) => field(member, child.textContent, parent));
  const isLeftOut = found.length === 0 && (!parent.keepsEmpty || (member.most > 1 && parent.structure === 'delimited'));
  return found.length > 0 || isLeftOut ? found : [field(member, '', parent)];
}

function field(format: FieldFormat, value: string, parent: RecordFormat): string {
  if (parent.structure === 'positional') return positionalField(format, value);
  return padded(format, wrapped(format, value, parent), format.minLength);
}

function positionalField(format: FieldFormat, value: string): string {
  const { length, offset, name } = format;
  if (length !== undefined && value.length > length) {
    throw new FlatFileError(`The value '${value}' of '${name}' is longer than its ${length} positions.`);
  }
  return ' '.repeat(offset) + (length === undefined ? value : padded(format, value, length));
}

function padded({ justification, pad }: FieldFormat, value: string, length: number): string {
  const letter = pad === '' ? ' ' : pad;
  return justification === 'left' ? value.padEnd(length, letter) : value.padStart(length, letter);
}

/** Values that hold a delimiter are wrapped or escaped. */
function wrapped({ wrap }: FieldFormat, value: string, { delimiter, escape }: RecordFormat): string {
  const isSpecial = (delimiter !== '' && value.includes(delimiter)) || (wrap !== '' && value.includes(wrap));
  if (!isSpecial) return value;
  if (wrap !== '') return `${wrap}${value.replaceAll(wrap, wrap + wrap)}${wrap}`;
  if (escape === '') return value;
  return value.replaceAll(escape, escape + escape).replaceAll(delimiter, escape + delimiter);
}

function positional(parts: readonly string[], { tag, tagOffset }: RecordFormat): string {
  const text = parts.join('');
  return tag === '' ? text : text.slice(0, tagOffset) + tag + text.slice(tagOffset);
}

function delimited(all: readonly string[], { delimiter, order, tag, suppressesTrailing }: RecordFormat): string {
  let { length } = all;
  if (suppressesTrailing) while (length > 0 && all[length - 1] === '') length--;
  const parts = all.slice(0, length);
  switch (order) {
    case 'prefix':
      return tag + parts.map((part) => delimiter + part).join('');
    case 'postfix':
      return tag + parts.map((part) => part + delimiter).join('');
    case 'infix':
      return tag + parts.join(delimiter);
  }
}
