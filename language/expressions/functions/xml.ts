/** XML functions. */
import { base64Decode, utf8Decode } from '../../json/base64';
import { asContent, decodeText } from '../../json/content';
import { isObject } from '../../json/value';
import type { Value } from '../../json/value';
import { XmlValue } from '../../json/xmlValue';
import { ArgumentError, FunctionError } from '../failure';
import { jsonToXml } from '../xml/fromJson';
import { decodeXmlName, encodeXmlName } from '../xml/names';
import { XmlDocument } from '../xml/nodes';
import { parseXml } from '../xml/parse';
import { selectXml } from '../xml/select';
import { describeProblem } from '../xml/toJson';
import { escapeText, writeXml } from '../xml/write';
import { anyAt, stringAt } from './arguments';
import type { FunctionDefinition } from './definition';

/** Throws FunctionError for a text that is no XML. */
function documentOf(text: string): XmlDocument {
  const document = parseXml(text);
  if (document instanceof XmlDocument) return document;
  throw new FunctionError(describeProblem(document));
}

function toXml(value: Value): XmlValue {
  if (value instanceof XmlValue) return value;
  if (typeof value === 'string') return new XmlValue(writeXml(documentOf(value)));
  const content = asContent(value);
  const bytes = content === undefined ? undefined : base64Decode(content.base64);
  // Content is taken as it is; whether it is XML shows when it is used (observed on the real host).
  if (content !== undefined && bytes !== undefined) {
    return new XmlValue(decodeText(bytes, content.type) ?? utf8Decode(bytes));
  }
  if (isObject(value)) return new XmlValue(writeXml(jsonToXml(value)));
  throw new ArgumentError(0, 'to be a string, an object or XML content', value);
}

function unescape(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replaceAll(/&(?:(lt|gt|quot|apos|amp)|#(\d+)|#x([0-9a-f]+));/gi, (whole, name, decimal, hex) => {
    if (typeof name === 'string') return named[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const designer = 'The function list of the designer';

function textFunction(
  name: string,
  summary: string,
  convert: (text: string) => string,
  expression: string,
  result: string,
): FunctionDefinition {
  return {
    name,
    category: 'conversion',
    summary,
    parameters: [{ name: 'value', type: 'string', description: 'The text to convert' }],
    returns: 'string',
    undocumented: designer,
    examples: [{ expression, result }],
    evaluate: (args) => convert(stringAt(args, 0)),
  };
}

export const xmlFunctions: readonly FunctionDefinition[] = [
  {
    name: 'xml',
    category: 'conversion',
    summary: 'Returns the XML of a string, or of a JSON object with one root property.',
    details: 'Members named @name become attributes, #text the text among elements, arrays repeated elements.',
    parameters: [
      { name: 'value', type: ['string', 'object', 'binary', 'xml'], description: 'The text or object to convert' },
    ],
    returns: 'xml',
    examples: [{ expression: 'string(xml(json(\'{"name":"Sophia Owen"}\')))', result: '"<name>Sophia Owen</name>"' }],
    evaluate: (args) => toXml(anyAt(args, 0)),
  },
  {
    name: 'xpath',
    category: 'manipulation',
    summary: 'Returns what an XPath 1.0 expression selects in XML: an array of nodes, or a value.',
    details:
      'Elements are returned as XML, text nodes as strings, numbers as floats. Prefixes are not declared: compare local-name() and namespace-uri().',
    parameters: [
      { name: 'xml', type: ['xml', 'binary', 'object'], description: 'The XML to search, from xml(…)' },
      { name: 'xpath', type: 'string', description: 'The XPath expression' },
    ],
    returns: 'any',
    examples: [{ expression: "xpath(xml('<r><a>1</a><a>2</a></r>'), 'count(/r/a)')", result: '2.0' }],
    evaluate: (args) => {
      const value = anyAt(args, 0);
      const isXml = value instanceof XmlValue || (asContent(value)?.type ?? '').includes('xml');
      if (!isXml) throw new ArgumentError(0, 'to be an XML object', value, 'Use xml(…) on a text first.');
      return selectXml(documentOf(toXml(value).text), stringAt(args, 1));
    },
  },
  textFunction(
    'encodeXmlName',
    'Returns a valid XML name for any text.',
    encodeXmlName,
    "encodeXmlName('a b')",
    '"a_x0020_b"',
  ),
  textFunction(
    'decodeXmlName',
    'Returns the text of an encoded XML name.',
    decodeXmlName,
    "decodeXmlName('a_x0020_b')",
    '"a b"',
  ),
  textFunction(
    'encodeXmlValue',
    'Returns a text with the characters escaped that XML does not allow.',
    (text) => escapeText(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    "encodeXmlValue('a<b')",
    '"a&lt;b"',
  ),
  textFunction(
    'decodeXmlValue',
    'Returns the text of an escaped XML value.',
    unescape,
    "decodeXmlValue('a&lt;b')",
    '"a<b"',
  ),
];
