/** The namespace declarations around a place in a document, as .NET's XmlNamespaceManager keeps them. */
import { XMLNS } from './nodes';
import type { XmlElement } from './nodes';

/** An attribute of this namespace, `Array="true"`, makes an array of an element that stands alone in JSON. */
export const JSON_NAMESPACE = 'http://james.newtonking.com/projects/json';

interface Declaration {
  readonly prefix: string;
  readonly uri: string;
}

const XML = 'http://www.w3.org/XML/1998/namespace';
const outermost: readonly Declaration[] = [
  { prefix: 'xml', uri: XML },
  { prefix: 'xmlns', uri: XMLNS },
];

export class NamespaceScope {
  readonly #declarations: readonly Declaration[];

  constructor(declarations: readonly Declaration[] = outermost) {
    this.#declarations = declarations;
  }

  /** The scope of an element's name and attributes and of what is in it. */
  within(element: XmlElement): NamespaceScope {
    const own = element.attributes.filter((each) => each.namespaceURI === XMLNS);
    if (own.length === 0) return this;
    const declared = own.map((each) => ({
      prefix: each.prefix === null ? '' : each.localName,
      uri: each.nodeValue,
    }));
    return new NamespaceScope([...this.#declarations, ...declared]);
  }

  /** The prefix declared last for a namespace, `''` for the default one; undefined when nothing declares it. */
  prefixOf(uri: string): string | undefined {
    return this.#declarations.findLast((each) => each.uri === uri && this.uriOf(each.prefix) === uri)?.prefix;
  }

  /** What a prefix stands for. */
  uriOf(prefix: string): string | undefined {
    return this.#declarations.findLast((each) => each.prefix === prefix)?.uri;
  }
}
