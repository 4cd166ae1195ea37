/**
 * Reads a flat file into XML by its schema. Records are taken in the order of the schema; a record with a tag is there when the tag is, one
 * without as long as there is data and what must follow it has data too.
 */
import { escapeText } from '../../../language/expressions/xml/write';
import type { FieldFormat, MemberFormat, RecordFormat } from './format';
import { split, unescaped } from './split';

/** Text that does not fit the schema. */
export class FlatFileError extends Error {
  override readonly name = 'FlatFileError';
}

/** The XML of a file. Throws a `FlatFileError`. */
export function decodeFlatFile(text: string, root: RecordFormat): string {
  return new Decoder().record(root, text, root.name, null);
}

/** The parts of a delimited record, taken one after the other. */
interface Parts {
  readonly list: readonly string[];
  at: number;
}

class Decoder {
  record(format: RecordFormat, text: string, path: string, outer: string | null): string {
    const content =
      format.structure === 'positional' ? this.#positional(format, text, path) : this.#delimited(format, text, path);
    return element(format, content, outer);
  }

  #delimited(format: RecordFormat, text: string, path: string): Content {
    const body = untagged(format, text, path);
    const inner = splitting(format);
    const parts: Parts = { list: partsOf(body, format.delimiter === '' ? inner : format, path), at: 0 };
    const content = this.#members(format, parts, path);
    if (parts.at < parts.list.length) {
      const left = parts.list[parts.at] ?? '';
      // A delimiter at the end of a file is no data.
      if (parts.list.slice(parts.at).some((each) => each !== ''))
        throw new FlatFileError(`'${path}': '${left.slice(0, 60)}' is not expected by the schema.`);
    }
    return content;
  }

  #members(format: RecordFormat, parts: Parts, path: string): Content {
    const content = new Content();
    format.members.forEach((member, index) => {
      const needed = neededBy(format.members.slice(index + 1));
      let count = 0;
      while (count < member.most && parts.at < parts.list.length && this.#fits(member, parts)) {
        const isLast = member.most > 1 || member.isOptional;
        if (isLast && count > 0 && parts.list.length - parts.at <= needed && !isTagged(member)) break;
        if (member.isOptional && count === 0 && parts.list.length - parts.at <= needed && !isTagged(member)) break;
        this.#one(member, format, parts, content, path);
        count++;
      }
      if (count === 0 && !member.isOptional) this.#missing(member, parts, content, format, path);
    });
    return content;
  }

  #fits(member: MemberFormat, { list, at }: Parts): boolean {
    const part = list[at] ?? '';
    if (member.kind === 'field') return true;
    const first = member.tag === '' && isGroup(member) ? member.members[0] : member;
    if (first?.kind === 'record' && first.tag !== '')
      return part.startsWith(first.tag, first.structure === 'positional' ? first.tagOffset : 0);
    return part !== '' || member.members.length === 0;
  }

  #one(member: MemberFormat, parent: RecordFormat, parts: Parts, content: Content, path: string): void {
    const inner = `${path}/${member.name}`;
    if (member.kind === 'field') {
      content.add(member, fieldValue(member, parts.list[parts.at++] ?? '', parent.escape), parent.uri);
    } else if (isGroup(member) && sharesParts(member, parent)) {
      content.children.push(element(member, this.#members(member, parts, inner), parent.uri));
    } else {
      content.children.push(this.record(member, parts.list[parts.at++] ?? '', inner, parent.uri));
    }
  }

  #missing(member: MemberFormat, parts: Parts, content: Content, parent: RecordFormat, path: string): void {
    if (member.kind === 'field') {
      content.add(member, '', parent.uri);
      return;
    }
    const found = parts.list[parts.at];
    const what = found === undefined ? 'the end of the data' : `'${found.slice(0, 60)}'`;
    const tag = member.tag === '' ? '' : ` with the tag '${member.tag}'`;
    throw new FlatFileError(`'${path}': the record '${member.name}'${tag} is expected, but ${what} is found.`);
  }

  #positional(format: RecordFormat, text: string, path: string): Content {
    const content = new Content();
    this.#positionalMembers(format, { text: untagged(format, text, path), at: 0 }, content, path);
    return content;
  }

  #positionalMembers(
    format: RecordFormat,
    line: { readonly text: string; at: number },
    content: Content,
    path: string,
  ): void {
    for (const member of format.members) {
      if (member.kind === 'record') {
        for (let count = 0; count < member.most && line.at < line.text.length; count++) {
          const inner = new Content();
          this.#positionalMembers(member, line, inner, `${path}/${member.name}`);
          content.children.push(element(member, inner, format.uri));
        }
        continue;
      }
      const start = line.at + member.offset;
      const end = member.length === undefined ? line.text.length : start + member.length;
      content.add(member, trimmed(member, line.text.slice(start, end)), format.uri);
      line.at = end;
    }
  }
}

class Content {
  attributes = '';
  readonly children: string[] = [];

  add(field: FieldFormat, value: string, outer: string | null): void {
    if (!field.isAttribute) this.children.push(tagged(field, escapeText(value), outer));
    else if (value !== '') this.attributes += ` ${field.name}="${escapeText(value).replaceAll('"', '&quot;')}"`;
  }
}

function element(format: RecordFormat, { attributes, children }: Content, outer: string | null): string {
  return tagged(format, children.join(''), outer, attributes);
}

/** Namespaces are declared as defaults, where they change. */
function tagged({ name, uri }: MemberFormat, content: string, outer: string | null, attributes = ''): string {
  const declaration = uri === outer ? '' : ` xmlns="${escapeText(uri ?? '')}"`;
  return content === ''
    ? `<${name}${declaration}${attributes} />`
    : `<${name}${declaration}${attributes}>${content}</${name}>`;
}

function untagged({ tag, tagOffset, structure, name }: RecordFormat, text: string, path: string): string {
  if (tag === '') return text;
  const offset = structure === 'positional' ? tagOffset : 0;
  if (!text.startsWith(tag, offset)) throw new FlatFileError(`'${path}': the tag '${tag}' of '${name}' is expected.`);
  return text.slice(0, offset) + text.slice(offset + tag.length);
}

function partsOf(text: string, format: RecordFormat, path: string): string[] {
  if (format.delimiter === '') return [text];
  // A file written on another system ends its lines in another way.
  const lines = format.delimiter === '\r\n' && !text.includes('\r\n') ? { ...format, delimiter: '\n' } : format;
  const parts = split(text, lines);
  if (format.order === 'prefix') {
    if (parts[0] !== '' && parts[0] !== undefined)
      throw new FlatFileError(`'${path}' must begin with its delimiter, but begins with '${parts[0].slice(0, 60)}'.`);
    parts.shift();
  } else if (format.order === 'postfix' && parts.at(-1) === '') parts.pop();
  return parts;
}

/** A record without a delimiter of its own is cut where the records in it are. */
function splitting(format: RecordFormat): RecordFormat {
  return format.members.filter(isGroup).find(({ delimiter }) => delimiter !== '') ?? format;
}

/** A record that holds records, and so may take several parts of what holds it. */
function isGroup(member: MemberFormat): member is RecordFormat {
  return member.kind === 'record' && member.members.some((each) => each.kind === 'record');
}

function sharesParts(member: RecordFormat, parent: RecordFormat): boolean {
  if (member.structure !== 'delimited' || member.tag !== '') return false;
  return member.delimiter === '' || parent.delimiter === '' || member.delimiter === parent.delimiter;
}

function isTagged(member: MemberFormat): boolean {
  if (member.kind === 'field') return false;
  const [first] = member.members;
  return member.tag !== '' || (isGroup(member) && first !== undefined && isTagged(first));
}

/** How many parts the members need at least. */
function neededBy(members: readonly MemberFormat[]): number {
  return members.filter((each) => !each.isOptional).length;
}

function fieldValue(field: FieldFormat, text: string, escape: string): string {
  const { wrap } = field;
  const isWrapped = wrap !== '' && text.length > 1 && text.startsWith(wrap) && text.endsWith(wrap);
  if (isWrapped) return text.slice(1, -1).replaceAll(wrap + wrap, wrap);
  const plain = unescaped(text, escape);
  return field.isPadded ? trimmed(field, plain) : plain;
}

/** Without the padding. */
function trimmed({ justification, pad }: FieldFormat, text: string): string {
  if (pad === '') return text;
  let [start, end] = [0, text.length];
  if (justification === 'left') while (end > 0 && text.charAt(end - 1) === pad) end--;
  else while (start < end && text.charAt(start) === pad) start++;
  return text.slice(start, end);
}
