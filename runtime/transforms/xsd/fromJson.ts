/** Compose XML with schema: JSON as a document in the order, and with the namespaces, that the schema asks for. */
import { escapeText } from '../../../language/expressions/xml/write';
import { isArray, isObject } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import type { ElementDeclaration } from './model';
import { SchemaError } from './schemaSet';

/** Gives the text of a value that is no object and no array. */
export type TextOf = (value: Value) => string;

/**
 * The XML of a value. An object with one member that is a root of the schema is that root; anything else is the content of the schema's
 * only root. Throws a `SchemaError` for members that the schema does not know.
 */
export function xmlOf(value: Value, roots: readonly ElementDeclaration[], textOf: TextOf): string {
  const members = isObject(value) ? [...value] : [];
  const [first] = members;
  const named =
    members.length === 1 && first !== undefined ? roots.find(({ name }) => isNamed(first[0], name)) : undefined;
  if (named !== undefined && first !== undefined) return new Writer(textOf).root(named, first[1]);
  const [only, ...others] = roots;
  if (only !== undefined && others.length === 0) return new Writer(textOf).root(only, value);
  const names = roots.map(({ name }) => `'${name}'`).join(', ');
  throw new SchemaError(
    `The content must be an object with one member, which is a root of the schema: ${names || 'it has none'}.`,
  );
}

/** Members may carry the namespace: `namespace:name`. */
function isNamed(member: string, name: string): boolean {
  return member === name || member.endsWith(`:${name}`);
}

class Writer {
  /** Prefixes by namespace. */
  readonly #prefixes = new Map<string, string>();

  constructor(readonly textOf: TextOf) {}

  root(declaration: ElementDeclaration, value: Value): string {
    const content = this.#element(declaration, value, declaration.name);
    const declarations = [...this.#prefixes]
      .map(([uri, prefix]) => ` xmlns:${prefix}="${attributeText(uri)}"`)
      .join('');
    // Every prefix is declared at the root.
    const end = content.search(/[\s/>]/);
    return `${content.slice(0, end)}${declarations}${content.slice(end)}`;
  }

  #name(name: string, uri: string | null): string {
    if (uri === null || uri === '') return name;
    let prefix = this.#prefixes.get(uri);
    if (prefix === undefined) this.#prefixes.set(uri, (prefix = `ns${this.#prefixes.size}`));
    return `${prefix}:${name}`;
  }

  #element(declaration: ElementDeclaration, value: Value, path: string): string {
    const name = this.#name(declaration.name, declaration.uri);
    if (isArray(value)) throw new SchemaError(`'${path}' is an array, but the schema allows it once.`);
    if (!isObject(value)) return tagged(name, '', value === null ? '' : escapeText(this.textOf(value)));
    const left = new Map(value);
    const attributes = this.#attributes(declaration, left);
    const text = take(left, (member) => member === '#text');
    const children = declaration.children.map((child) => this.#children(child, left, path)).join('');
    const [unknown] = left.keys();
    if (unknown !== undefined) throw new SchemaError(`The schema knows no '${unknown}' in '${path}'.`);
    return tagged(
      name,
      attributes,
      `${children}${text === undefined || text === null ? '' : escapeText(this.textOf(text))}`,
    );
  }

  #attributes(declaration: ElementDeclaration, left: Map<string, Value>): string {
    return declaration.attributes
      .map(({ name, uri }) => {
        const value = take(left, (member) => member.startsWith('@') && isNamed(member.slice(1), name));
        if (value === undefined || value === null) return '';
        return ` ${this.#name(name, uri)}="${attributeText(this.textOf(value))}"`;
      })
      .join('');
  }

  #children(child: ElementDeclaration, left: Map<string, Value>, path: string): string {
    const value = take(left, (member) => isNamed(member, child.name));
    if (value === undefined) return '';
    const inner = `${path}/${child.name}`;
    if (!isArray(value) || !child.isRepeated) return this.#element(child, value, inner);
    return value.map((each) => this.#element(child, each, inner)).join('');
  }
}

function take(left: Map<string, Value>, fits: (member: string) => boolean): Value | undefined {
  const member = [...left.keys()].find(fits);
  if (member === undefined) return undefined;
  const value = left.get(member);
  left.delete(member);
  return value;
}

function tagged(name: string, attributes: string, content: string): string {
  return content === '' ? `<${name}${attributes} />` : `<${name}${attributes}>${content}</${name}>`;
}

function attributeText(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#xA;').replaceAll('\r', '&#xD;');
}
