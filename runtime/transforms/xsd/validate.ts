/** Validates XML against XML schemas with libxml2. Nothing but the given schemas is read. */
import { xmlLibrary } from './library';
import type { XmlLibrary } from './library';
import { SchemaError, baseName } from './schemaSet';
import type { SchemaFile } from './schemaSet';

export interface XmlViolation {
  readonly message: string;
  /** One-based. */
  readonly line: number;
  /** Path of the element, as libxml2 writes it; undefined for XML that is not well-formed. */
  readonly path?: string;
}

/** Empty: the content is valid. Rejects with a `SchemaError` when the schema itself is not. */
export async function validateXml(content: string, schemas: readonly SchemaFile[]): Promise<readonly XmlViolation[]> {
  const library = await xmlLibrary();
  register(library);
  const [main] = schemas;
  if (main === undefined) return [];
  offered = new Map(schemas.map((file) => [file.name.toLowerCase(), file.text]));
  const open: { dispose(): void }[] = [];
  try {
    const schema = schemaOf(library, main, open);
    const document = read(library, content);
    if ('violations' in document) return document.violations;
    open.push(document);
    return violations(library, () => schema.validate(document));
  } finally {
    for (const each of open.reverse()) each.dispose();
    offered = new Map();
  }
}

type Document = InstanceType<XmlLibrary['XmlDocument']>;
type Validator = InstanceType<XmlLibrary['XsdValidator']>;

function schemaOf(library: XmlLibrary, { name, text }: SchemaFile, open: { dispose(): void }[]): Validator {
  try {
    const document = library.XmlDocument.fromString(utf8(text), { url: name });
    open.push(document);
    const schema = library.XsdValidator.fromDoc(document);
    open.push(schema);
    return schema;
  } catch (error) {
    if (!(error instanceof library.XmlLibError)) throw error;
    throw new SchemaError(`The schema '${name}' is not valid: ${error.details.map(sentence).join(' ')}`);
  }
}

function read(library: XmlLibrary, content: string): Document | { readonly violations: readonly XmlViolation[] } {
  try {
    return library.XmlDocument.fromString(utf8(content));
  } catch (error) {
    if (error instanceof library.XmlLibError) return { violations: error.details.map(violation) };
    throw error;
  }
}

function violations(library: XmlLibrary, validate: () => void): readonly XmlViolation[] {
  try {
    validate();
    return [];
  } catch (error) {
    if (error instanceof library.XmlLibError) return error.details.map(violation);
    throw error;
  }
}

interface Detail {
  readonly message: string;
  readonly line: number;
  readonly xpath?: string;
}

function violation({ message, line, xpath }: Detail): XmlViolation {
  return { message: message.trim(), line, ...(xpath === undefined ? {} : { path: xpath }) };
}

function sentence({ message, line }: Detail): string {
  return `${message.trim()} (line ${line})`;
}

/** Strings go in as UTF-8, whatever the declaration says of the bytes they once were. */
function utf8(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/^(<\?xml[^>]*?)\s+encoding\s*=\s*("[^"]*"|'[^']*')/, '$1');
}

/** What a validation under way may read; validations run one at a time, without a pause in them. */
let offered: ReadonlyMap<string, string> = new Map();
let isRegistered = false;

function register(library: XmlLibrary): void {
  if (isRegistered) return;
  isRegistered = true;
  const files = new Map<number, { readonly bytes: Uint8Array; at: number }>();
  let last = 0;
  library.xmlRegisterInputProvider({
    // Everything: an address outside is refused here instead of being looked up elsewhere.
    match: () => true,
    open: (location) => {
      const text = offered.get(baseName(location).toLowerCase());
      if (text === undefined) return undefined;
      files.set(++last, { bytes: Buffer.from(utf8(text), 'utf8'), at: 0 });
      return last;
    },
    read: (file, buffer) => {
      const open = files.get(file);
      if (open === undefined) return -1;
      const part = open.bytes.subarray(open.at, open.at + buffer.byteLength);
      buffer.set(part);
      open.at += part.byteLength;
      return part.byteLength;
    },
    close: (file) => files.delete(file),
  });
}
