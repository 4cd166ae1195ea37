/**
 * The flat file that a schema describes by its annotations: records with delimiters or positions, fields with padding and wrapping.
 * Source: "Flat file schemas" of the BizTalk reference, whose schemas the platform uses; node properties of flat file schemas.
 */
import { XmlElement } from '../../../language/expressions/xml/nodes';
import { globalElements } from '../xsd/model';
import type { AttributeDeclaration, ElementDeclaration } from '../xsd/model';
import { SchemaError, schemaRoot } from '../xsd/schemaSet';
import type { SchemaFile } from '../xsd/schemaSet';

interface Member {
  readonly name: string;
  readonly uri: string | null;
  readonly isOptional: boolean;
  /** Infinity: any number. */
  readonly most: number;
}

export interface FieldFormat extends Member {
  readonly kind: 'field';
  readonly isAttribute: boolean;
  readonly justification: 'left' | 'right';
  readonly pad: string;
  /** Padding of a delimited field: only where the schema speaks of it. */
  readonly isPadded: boolean;
  readonly minLength: number;
  readonly wrap: string;
  readonly offset: number;
  /** Of positional records; undefined in others. */
  readonly length: number | undefined;
}

export interface RecordFormat extends Member {
  readonly kind: 'record';
  readonly structure: 'delimited' | 'positional';
  /** Empty: there is none. */
  readonly delimiter: string;
  readonly order: 'prefix' | 'postfix' | 'infix';
  readonly tag: string;
  readonly tagOffset: number;
  readonly escape: string;
  readonly suppressesTrailing: boolean;
  readonly keepsEmpty: boolean;
  readonly members: readonly MemberFormat[];
}

export type MemberFormat = FieldFormat | RecordFormat;

/** The record that a whole file is. Throws a `SchemaError` for a schema without one. */
export function flatFileFormat(files: readonly SchemaFile[]): RecordFormat {
  const [main] = files;
  const schema = main === undefined ? undefined : schemaRoot(main);
  const info = schema === undefined ? undefined : annotation(schema, 'schemaInfo');
  const roots = globalElements(files);
  const wanted = info?.attribute('root_reference');
  const root = roots.find(({ name }) => name === wanted) ?? roots[0];
  if (root === undefined) throw new SchemaError(`The schema '${main?.name ?? ''}' declares no element.`);
  return new Reader(info).record(root);
}

class Reader {
  constructor(private readonly info: XmlElement | undefined) {}

  /** A character or text that is written as it is, in hexadecimal, or left to the schema's default. */
  #text(element: XmlElement | undefined, name: string, fallback: string): string {
    const type = element?.attribute(`${name}_type`) ?? (name === 'child_delimiter' ? undefined : 'char');
    const own = element?.attribute(name);
    if (type === 'default' || (own === undefined && name !== 'child_delimiter')) {
      return text(this.info, `default_${name}`) ?? fallback;
    }
    return text(element, name) ?? fallback;
  }

  record(element: ElementDeclaration): RecordFormat {
    const info = annotation(element.node, 'recordInfo');
    const members = [
      ...element.attributes.map((each) => ({ place: placeOf(each.node), member: this.#attribute(each) })),
      ...element.children.map((each) => ({ place: placeOf(each.node), member: this.#member(each) })),
    ];
    // Those without a number stay where they are.
    if (members.every(({ place }) => place !== undefined)) {
      members.sort((one, other) => (one.place ?? 0) - (other.place ?? 0));
    }
    const tag = info?.attribute('tag_name') ?? '';
    return {
      kind: 'record',
      ...common(element),
      structure: info?.attribute('structure') === 'positional' ? 'positional' : 'delimited',
      delimiter: this.#text(info, 'child_delimiter', ''),
      order: this.#order(info, tag),
      tag,
      tagOffset: Number(info?.attribute('tag_offset') ?? 0),
      escape: this.#text(info, 'escape_char', ''),
      suppressesTrailing: info?.attribute('suppress_trailing_delimiters') === 'true',
      keepsEmpty: info?.attribute('preserve_delimiter_for_empty_data') !== 'false',
      members: members.map(({ member }) => member),
    };
  }

  #order(info: XmlElement | undefined, tag: string): 'prefix' | 'postfix' | 'infix' {
    const own = info?.attribute('child_order');
    const written = own === undefined || own === 'default' ? this.info?.attribute('default_child_order') : own;
    if (written === 'prefix' || written === 'postfix' || written === 'infix') return written;
    return tag === '' ? 'infix' : 'prefix';
  }

  #member(element: ElementDeclaration): MemberFormat {
    const isRecord = element.children.length > 0 || annotation(element.node, 'recordInfo') !== undefined;
    return isRecord ? this.record(element) : this.#field(element.node, common(element), false);
  }

  #attribute({ name, uri, node }: AttributeDeclaration): FieldFormat {
    const isOptional = node.attribute('use') !== 'required';
    return this.#field(node, { name, uri, isOptional, most: 1 }, true);
  }

  #field(node: XmlElement, member: Member, isAttribute: boolean): FieldFormat {
    const info = annotation(node, 'fieldInfo');
    const length = info?.attribute('pos_length');
    return {
      kind: 'field',
      ...member,
      isAttribute,
      justification: info?.attribute('justification') === 'right' ? 'right' : 'left',
      pad: this.#text(info, 'pad_char', ' '),
      isPadded: info?.attribute('pad_char') !== undefined || info?.attribute('min_length_with_pad') !== undefined,
      minLength: Number(info?.attribute('min_length_with_pad') ?? 0),
      wrap: this.#text(info, 'wrap_char', ''),
      offset: Number(info?.attribute('pos_offset') ?? 0),
      length: length === undefined ? undefined : Number(length),
    };
  }
}

function common({ name, uri, isOptional, isRepeated, node }: ElementDeclaration): Member {
  const most = node.attribute('maxOccurs');
  const limit = most === undefined || most === 'unbounded' || !isRepeated ? Infinity : Number(most);
  return { name, uri, isOptional, most: isRepeated ? limit : 1 };
}

function placeOf(node: XmlElement): number | undefined {
  const info = annotation(node, 'recordInfo') ?? annotation(node, 'fieldInfo');
  const place = info?.attribute('sequence_number');
  return place === undefined ? undefined : Number(place);
}

function text(element: XmlElement | undefined, name: string): string | undefined {
  const written = element?.attribute(name);
  if (written === undefined || element?.attribute(`${name}_type`) !== 'hex') return written;
  return written
    .split(/[\s,]+/)
    .filter((code) => code !== '')
    .map((code) => String.fromCodePoint(parseInt(code.replace(/^0x/i, ''), 16)))
    .join('');
}

/** What an annotation of the element says; its namespace differs between tools. */
function annotation(element: XmlElement, name: string): XmlElement | undefined {
  for (const each of elements(element)) {
    if (each.localName !== 'annotation') continue;
    for (const info of elements(each)) {
      const found = elements(info).find(
        (child) => child.localName === name && child.namespaceURI?.includes('BizTalk/2003') === true,
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function elements(node: XmlElement): XmlElement[] {
  return node.childNodes.filter((each) => each instanceof XmlElement);
}
