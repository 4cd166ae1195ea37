/** The documents of an XML schema: the one that is named, and what it includes and imports from the same folder. */
import { parseXml } from '../../../language/expressions/xml/parse';
import { XmlDocument, XmlElement } from '../../../language/expressions/xml/nodes';

export const XSD = 'http://www.w3.org/2001/XMLSchema';

/** A schema, or the content for one, that cannot be used. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

export interface SchemaFile {
  readonly name: string;
  readonly text: string;
}

/** The text of another schema of the folder; undefined when there is none of that name. */
export type SchemaReader = (name: string) => Promise<string | undefined>;

/** The schema first, then what it needs. What is not in the folder is left out: validation says when it is needed. */
export async function schemaFiles(main: SchemaFile, read: SchemaReader): Promise<readonly SchemaFile[]> {
  const files = [main];
  const seen = new Set([main.name.toLowerCase()]);
  for (let index = 0; index < files.length; index++) {
    const file = files[index];
    if (file === undefined) break;
    for (const location of locations(schemaRoot(file))) {
      const name = baseName(location);
      if (seen.has(name.toLowerCase())) continue;
      seen.add(name.toLowerCase());
      const text = await read(name);
      if (text !== undefined) files.push({ name, text });
    }
  }
  return files;
}

/** Schemas of a project lie in one folder, whatever path or address they are included by. */
export function baseName(location: string): string {
  return location.split(/[\\/]/).at(-1) ?? location;
}

/** Throws a `SchemaError` for what is no schema. */
export function schemaRoot({ name, text }: SchemaFile): XmlElement {
  const document = parseXml(text);
  if (!(document instanceof XmlDocument)) {
    const { problem, line, column } = document;
    throw new SchemaError(`The schema '${name}' is not valid XML: ${problem} (line ${line}, column ${column}).`);
  }
  const root = document.documentElement;
  if (root?.namespaceURI === XSD && root.localName === 'schema') return root;
  throw new SchemaError(`'${name}' is no XML schema: its root element is '${root?.nodeName ?? ''}'.`);
}

function locations(root: XmlElement): string[] {
  return root.childNodes.flatMap((node) =>
    node instanceof XmlElement && node.namespaceURI === XSD && /^(include|import|redefine)$/.test(node.localName)
      ? (node.attribute('schemaLocation') ?? [])
      : [],
  );
}
