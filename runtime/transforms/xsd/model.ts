/**
 * What a schema says of elements, for reading and writing documents by it: children in order, how often they come, attributes, and what kind
 * of value a simple type holds. Source: XML Schema Part 1 and 2; of their facets only the base type matters here.
 */
import { XmlElement } from '../../../language/expressions/xml/nodes';
import { SchemaError, XSD, schemaRoot } from './schemaSet';
import type { SchemaFile } from './schemaSet';

export type ValueKind = 'string' | 'integer' | 'decimal' | 'double' | 'boolean';

export interface ElementDeclaration {
  readonly name: string;
  /** Null: no namespace. */
  readonly uri: string | null;
  readonly isRepeated: boolean;
  readonly isOptional: boolean;
  /** The kind of its text; undefined when it holds elements only. */
  readonly value: ValueKind | undefined;
  readonly fixed: string | undefined;
  /** Read when asked for, because types may contain themselves. */
  readonly children: readonly ElementDeclaration[];
  readonly attributes: readonly AttributeDeclaration[];
  /** As written, for annotations. */
  readonly node: XmlElement;
}

export interface AttributeDeclaration {
  readonly name: string;
  readonly uri: string | null;
  readonly value: ValueKind;
  readonly fixed: string | undefined;
  readonly node: XmlElement;
}

/** The elements that a document may have as its root. Throws a `SchemaError`. */
export function globalElements(files: readonly SchemaFile[]): readonly ElementDeclaration[] {
  const schema = new SchemaModel(files.map(schemaRoot));
  return schema.elements();
}

interface Definition {
  readonly node: XmlElement;
  readonly schema: XmlElement;
}

class SchemaModel {
  /** By kind and `{namespace}name`. */
  readonly #definitions = new Map<string, Definition>();

  constructor(readonly schemas: readonly XmlElement[]) {
    for (const schema of schemas) {
      // A schema without a namespace takes on that of the one that includes it.
      const uri = schema.attribute('targetNamespace') ?? schemas[0]?.attribute('targetNamespace') ?? '';
      for (const node of elementsOf(schema)) {
        const name = node.attribute('name');
        if (name !== undefined) this.#definitions.set(`${node.localName} {${uri}}${name}`, { node, schema });
      }
    }
  }

  elements(): ElementDeclaration[] {
    return this.schemas
      .slice(0, 1)
      .flatMap((schema) =>
        elementsOf(schema).flatMap((node) =>
          node.localName === 'element' ? this.element({ node, schema }, true) : [],
        ),
      );
  }

  element(found: Definition, isGlobal = false, outer = { repeated: false, optional: false }): ElementDeclaration {
    const { node } = found;
    const isRepeated = outer.repeated || isMany(node);
    const isOptional = outer.optional || node.attribute('minOccurs') === '0';
    const reference = node.attribute('ref');
    const target = reference === undefined ? found : this.#find('element', found, reference);
    if (target === undefined)
      throw new SchemaError(`The schema refers to an element '${reference ?? ''}' that it lacks.`);
    const { schema } = target;
    const form = target.node.attribute('form') ?? schema.attribute('elementFormDefault');
    const isQualified = isGlobal || reference !== undefined || form === 'qualified';
    const type = this.#typeOf(target);
    const resolve = (): Content => (type === undefined ? noContent : this.#content(type));
    let content: Content | undefined;
    return {
      name: target.node.attribute('name') ?? '',
      uri: isQualified ? this.#namespace(schema) : null,
      isRepeated,
      isOptional,
      value: this.#valueOf(target, type),
      fixed: target.node.attribute('fixed') ?? target.node.attribute('default'),
      get children() {
        return (content ??= resolve()).children;
      },
      get attributes() {
        return (content ??= resolve()).attributes;
      },
      node: target.node,
    };
  }

  #namespace(schema: XmlElement): string | null {
    return schema.attribute('targetNamespace') ?? this.schemas[0]?.attribute('targetNamespace') ?? null;
  }

  #find(kind: string, { node, schema }: Definition, name: string): Definition | undefined {
    const { uri, local } = resolved(node, name);
    const own = this.#namespace(schema) ?? '';
    return (
      this.#definitions.get(`${kind} {${uri}}${local}`) ??
      (name.includes(':') ? undefined : this.#definitions.get(`${kind} {${own}}${local}`))
    );
  }

  /** The type of an element: written in it, or by name. Undefined for built-in and missing types. */
  #typeOf({ node, schema }: Definition): Definition | undefined {
    const written = elementsOf(node).find(
      (each) => each.localName === 'complexType' || each.localName === 'simpleType',
    );
    if (written !== undefined) return { node: written, schema };
    const name = node.attribute('type');
    if (name === undefined) return undefined;
    const at = { node, schema };
    return this.#find('complexType', at, name) ?? this.#find('simpleType', at, name);
  }

  #valueOf({ node }: Definition, type: Definition | undefined): ValueKind | undefined {
    if (type !== undefined) return this.#kindOf(type);
    const name = node.attribute('type');
    return name === undefined ? 'string' : (builtInKind(node, name) ?? 'string');
  }

  /** The kind of a type's text; undefined for a type of elements. */
  #kindOf(type: Definition): ValueKind | undefined {
    const { node, schema } = type;
    if (node.localName === 'complexType') {
      const simple = elementsOf(node).find((each) => each.localName === 'simpleContent');
      if (simple === undefined) return node.attribute('mixed') === 'true' ? 'string' : undefined;
      const derived = derivation(simple);
      return derived === undefined ? 'string' : this.#baseKind({ node: derived, schema });
    }
    const restriction = derivation(node);
    return restriction === undefined ? 'string' : this.#baseKind({ node: restriction, schema });
  }

  #baseKind(at: Definition): ValueKind | undefined {
    const base = at.node.attribute('base');
    if (base === undefined) {
      const inner = elementsOf(at.node).find((each) => each.localName === 'simpleType');
      return inner === undefined ? 'string' : this.#kindOf({ node: inner, schema: at.schema });
    }
    const known = builtInKind(at.node, base);
    if (known !== undefined) return known;
    const type = this.#find('simpleType', at, base) ?? this.#find('complexType', at, base);
    return type === undefined ? 'string' : this.#kindOf(type);
  }

  #content({ node, schema }: Definition): Content {
    if (node.localName !== 'complexType') return noContent;
    const children: ElementDeclaration[] = [];
    const attributes: AttributeDeclaration[] = [];
    this.#collect({ node, schema }, { repeated: false, optional: false }, children, attributes);
    return { children, attributes };
  }

  #collect(
    { node, schema }: Definition,
    outer: { readonly repeated: boolean; readonly optional: boolean },
    children: ElementDeclaration[],
    attributes: AttributeDeclaration[],
  ): void {
    for (const each of elementsOf(node)) {
      const at = { node: each, schema };
      const inner = {
        repeated: outer.repeated || isMany(each),
        optional: outer.optional || node.localName === 'choice' || each.attribute('minOccurs') === '0',
      };
      switch (each.localName) {
        case 'element':
          children.push(this.element(at, false, { ...outer, optional: outer.optional || node.localName === 'choice' }));
          break;
        case 'sequence':
        case 'all':
        case 'choice':
          this.#collect(at, inner, children, attributes);
          break;
        case 'group':
        case 'attributeGroup': {
          const named = this.#find(each.localName, at, each.attribute('ref') ?? '');
          if (named !== undefined) this.#collect(named, inner, children, attributes);
          break;
        }
        case 'complexContent':
        case 'simpleContent':
        case 'restriction':
          this.#collect(at, outer, children, attributes);
          break;
        case 'extension': {
          // What is added comes after what the base has.
          const base = this.#find('complexType', at, each.attribute('base') ?? '');
          if (base !== undefined) this.#collect(base, outer, children, attributes);
          this.#collect(at, outer, children, attributes);
          break;
        }
        case 'attribute':
          attributes.push(this.#attribute(at));
          break;
      }
    }
  }

  #attribute(at: Definition): AttributeDeclaration {
    const reference = at.node.attribute('ref');
    const target = (reference === undefined ? undefined : this.#find('attribute', at, reference)) ?? at;
    const isQualified = reference !== undefined || target.node.attribute('form') === 'qualified';
    const name = target.node.attribute('name') ?? reference?.replace(/^.*:/, '') ?? '';
    return {
      name,
      uri: isQualified ? this.#namespace(target.schema) : null,
      value: this.#valueOf(target, this.#typeOf(target)) ?? 'string',
      fixed: target.node.attribute('fixed') ?? target.node.attribute('default'),
      node: target.node,
    };
  }
}

interface Content {
  readonly children: readonly ElementDeclaration[];
  readonly attributes: readonly AttributeDeclaration[];
}

const noContent: Content = { children: [], attributes: [] };

function elementsOf(node: XmlElement): XmlElement[] {
  return node.childNodes.filter((each) => each instanceof XmlElement).filter((each) => each.namespaceURI === XSD);
}

function derivation(node: XmlElement): XmlElement | undefined {
  return elementsOf(node).find((each) => each.localName === 'restriction' || each.localName === 'extension');
}

function isMany(node: XmlElement): boolean {
  const most = node.attribute('maxOccurs');
  return most === 'unbounded' || Number(most ?? 1) > 1;
}

function resolved(node: XmlElement, name: string): { readonly uri: string; readonly local: string } {
  const colon = name.indexOf(':');
  return { uri: node.namespaceOf(colon < 0 ? '' : name.slice(0, colon)) ?? '', local: name.slice(colon + 1) };
}

const integers = new Set(
  'integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger unsignedInt unsignedLong unsignedShort unsignedByte'.split(
    ' ',
  ),
);

/** The kind of a type of XML Schema itself; undefined for types of other namespaces. */
function builtInKind(node: XmlElement, name: string): ValueKind | undefined {
  const { uri, local } = resolved(node, name);
  if (uri !== XSD) return undefined;
  if (integers.has(local)) return 'integer';
  if (local === 'decimal') return 'decimal';
  if (local === 'double' || local === 'float') return 'double';
  return local === 'boolean' ? 'boolean' : 'string';
}
