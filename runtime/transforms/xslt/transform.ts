/**
 * XSLT 1.0: a document through a map. Of later versions, what maps of the Data Mapper use; the rest is told as not supported.
 * Source: "Transform XML", the XSLT 1.0 recommendation, and the writer settings that the platform's action uses.
 */
import { parseXml } from '../../../language/expressions/xml/parse';
import { NodeType, XmlCharacters, XmlDocument, XmlElement } from '../../../language/expressions/xml/nodes';
import { XPathError } from '../../../language/expressions/xml/xpath/ast';
import { Execution } from './execution';
import { XsltError } from './failure';
import { writeResult } from './output';
import type { OutputSettings } from './output';
import { numberDocument } from './result';
import { tidySource, tidyStylesheet } from './spaces';
import { expandedName, readStylesheet } from './stylesheet';
import type { Stylesheet } from './stylesheet';

export interface TransformRequest {
  /** Name of the map, for messages. */
  readonly name: string;
  readonly map: string;
  readonly source: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** True: xsl:output has its say. False: XML in UTF-8 without indentation, as the platform writes unless told otherwise. */
  readonly appliesOutput: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds that the transformation may take. */
  readonly timeout: number;
  /** The text of a map that this one imports or includes; undefined when there is none. */
  read(href: string): Promise<string | undefined>;
}

export interface Transformed {
  readonly text: string;
  readonly method: 'xml' | 'html' | 'text';
  /** The encoding that xsl:output asks for. */
  readonly encoding: string;
  /** The media type that xsl:output names. */
  readonly mediaType: string | undefined;
}

/** Rejects with an `XsltError`. */
export async function transform(request: TransformRequest): Promise<Transformed> {
  const { name, map, parameters, appliesOutput, timeout } = request;
  const document = stylesheetDocument(map, name);
  const sheet = await readStylesheet(name, document, async (href) => {
    const text = await request.read(href);
    if (text === undefined) throw new XsltError(`The map '${name}' needs '${href}', which is not there.`);
    return stylesheetDocument(text, href);
  });
  const source = tidySource(sourceDocument(request.source, sheet), sheet);
  numberDocument(source);
  try {
    const result = new Execution(sheet, source, parameters, performance.now() + timeout, request.now).transform();
    const settings = settingsOf(sheet, result, appliesOutput);
    return {
      text: writeResult(result, settings),
      method: settings.method,
      encoding: encodingOf(sheet, appliesOutput),
      mediaType: sheet.output.get('media-type'),
    };
  } catch (error) {
    if (error instanceof XPathError) throw new XsltError(error.message);
    if (error instanceof RangeError) throw new XsltError('The templates call each other too deep.');
    throw error;
  }
}

function stylesheetDocument(text: string, name: string): XmlDocument {
  return numberDocument(tidyStylesheet(parsed(text, `The map '${name}'`)));
}

/** JSON reaches the maps of the Data Mapper as the text of a document, from which they read it. */
function sourceDocument(text: string, { version }: Stylesheet): XmlDocument {
  if (Number(version) < 3 || !/^\s*[[{]/.test(text)) return parsed(text, 'The content');
  const document = new XmlDocument();
  const element = new XmlElement('json');
  document.append(element);
  element.append(new XmlCharacters(NodeType.Text, text));
  return document;
}

function parsed(text: string, what: string): XmlDocument {
  const document = parseXml(text, 'kept');
  if (document instanceof XmlDocument) return document;
  const { problem, line, column } = document;
  throw new XsltError(`${what} is not valid XML: ${problem} (line ${line}, column ${column}).`);
}

function encodingOf({ output }: Stylesheet, applies: boolean): string {
  return (applies ? output.get('encoding')?.toLowerCase() : undefined) ?? 'utf-8';
}

function settingsOf(sheet: Stylesheet, result: XmlDocument, applies: boolean): OutputSettings {
  const { output } = sheet;
  const isHtml = result.documentElement?.nodeName.toLowerCase() === 'html' && !result.documentElement.namespaceURI;
  const written = output.get('method') ?? (isHtml && applies ? 'html' : 'xml');
  const method = written === 'text' || (written === 'html' && applies) ? written : 'xml';
  const root = sheet.document.documentElement;
  const names = (output.get('cdata-section-elements') ?? '').split(/\s+/).filter((each) => each !== '');
  const declared = encodingOf(sheet, applies);
  return {
    method,
    indent: applies && output.get('indent') === 'yes',
    declaration: applies && output.get('omit-xml-declaration') === 'yes' ? undefined : declared,
    standalone: applies ? output.get('standalone') : undefined,
    publicId: applies ? output.get('doctype-public') : undefined,
    systemId: applies ? output.get('doctype-system') : undefined,
    cdata: new Set(applies && root !== null ? names.map((each) => expandedName(root, each)) : []),
  };
}
