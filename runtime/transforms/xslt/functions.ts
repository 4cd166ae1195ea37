/** The functions that XSLT adds to XPath, and the extensions of Microsoft and EXSLT that maps use. Source: XSLT 1.0, section 12. */
import type { XmlNode } from '../../../language/expressions/xml/nodes';

import type { ExpandedName } from '../../../language/expressions/xml/xpath/ast';
import { coreFunctions } from '../../../language/expressions/xml/xpath/functions';
import { isNodeSet, nodesOf, numberOf, stringOf } from '../../../language/expressions/xml/xpath/values';
import type { XPathFunction } from '../../../language/expressions/xml/xpath/evaluate';
import type { XPathValue } from '../../../language/expressions/xml/xpath/values';
import type { Execution } from './execution';
import { XsltError } from './failure';
import type { Frame } from './frame';
import { casts, laterFunctions, mathFunctions } from './laterFunctions';
import { formatNumber } from './formatNumber';
import { functoid } from './functoids';
import { instructionOf } from './instructions';
import { XmlElement } from '../../../language/expressions/xml/nodes';
import { XSL } from './stylesheet';

interface Call {
  readonly frame: Frame;
  readonly execution: Execution;
  /** The context node, which inside a predicate is not the current one. */
  readonly node: XmlNode;
}

type XsltFunction = (args: readonly XPathValue[], call: Call) => XPathValue;

const identifiers = new WeakMap<XmlNode, string>();
let lastIdentifier = 0;

const xslt: Readonly<Record<string, XsltFunction>> = {
  current: (_args, { frame }) => [frame.node],
  key: ([name = '', value = ''], { frame, execution, node }) => execution.keyed(stringOf(name), value, node, frame),
  document: ([address = ''], { execution }) => {
    if (stringOf(address) === '') return [execution.sheet.document];
    throw new XsltError(
      `document('${stringOf(address)}') is not supported: maps read no other documents on this machine.`,
      true,
    );
  },
  'format-number': ([value = NaN, pattern = '', name = ''], { execution }) =>
    formatNumber(numberOf(value), stringOf(pattern), execution.sheet.decimalFormats.get(stringOf(name))),
  'generate-id': ([given], call) => {
    const node = given === undefined ? call.node : nodesOf(given, 'The argument of generate-id')[0];
    if (node === undefined) return '';
    let identifier = identifiers.get(node);
    if (identifier === undefined) identifiers.set(node, (identifier = `id${++lastIdentifier}`));
    return identifier;
  },
  'system-property': ([name = '']) =>
    ({ 'xsl:version': '1', 'xsl:vendor': 'Logic Apps Workbench', 'xsl:vendor-url': '' })[stringOf(name)] ?? '',
  'unparsed-entity-uri': () => '',
  'element-available': ([name = '']) => {
    const local = stringOf(name).replace(/^[^:]*:/, '');
    return instructionOf(new XmlElement(`xsl:${local}`, XSL)) !== instructionOf(new XmlElement('xsl:none', XSL));
  },
  'function-available': ([name = '']) => {
    const local = stringOf(name);
    return coreFunctions.has(local) || Object.hasOwn(xslt, local) || /:node-set$/.test(local);
  },
};

/** `msxsl:node-set` and its kin: fragments are node-sets here already. */
const nodeSet: XsltFunction = ([value = '']) => (isNodeSet(value) ? value : []);

const extensions: ReadonlyMap<string, Readonly<Record<string, XsltFunction>>> = new Map([
  ['urn:schemas-microsoft-com:xslt', { 'node-set': nodeSet }],
  ['http://exslt.org/common', { 'node-set': nodeSet }],
]);

function laterFunction({
  uri,
  local,
}: ExpandedName): ((args: readonly XPathValue[], now: number) => XPathValue) | undefined {
  const table = {
    '': laterFunctions,
    'http://www.w3.org/2005/xpath-functions': laterFunctions,
    'http://www.w3.org/2001/XMLSchema': casts,
    'http://www.w3.org/2005/xpath-functions/math': mathFunctions,
  }[uri ?? ''];
  return table !== undefined && Object.hasOwn(table, local) ? table[local] : undefined;
}

/** Undefined for a name that nothing is known by. Throws for functions that exist only where a map's scripts can run. */
export function xsltFunction(name: ExpandedName, frame: Frame, execution: Execution): XPathFunction | undefined {
  const table = name.uri === null ? xslt : extensions.get(name.uri);
  const found = table !== undefined && Object.hasOwn(table, name.local) ? table[name.local] : undefined;
  if (found !== undefined) return ({ node }, args) => found(args, { frame, execution, node });
  const script = name.uri === null ? undefined : execution.sheet.scripts.get(name.uri);
  if (script !== undefined) {
    const own = script.includes(`${name.local}(`) ? functoid(name.local) : undefined;
    if (own !== undefined) return (_context, args) => own({ args, gathered: execution.gathered, now: execution.now });
    throw new XsltError(
      `The function '${name.local}' is a script of the map (msxsl:script), which is .NET code and not executed on this machine.`,
      true,
    );
  }
  const qualified = name.uri === null ? name.local : `{${name.uri}}${name.local}`;
  if ([...execution.sheet.functions.keys()].some((key) => key.startsWith(`${qualified}#`)))
    return (_context, args) => execution.call(qualified, args, frame);
  const later = execution.isLater ? laterFunction(name) : undefined;
  if (later !== undefined) return (_context, args) => later(args, execution.now);
  if (name.uri !== null || execution.isLater) {
    throw new XsltError(`The function '${qualified}' is not supported on this machine.`, true);
  }
  return undefined;
}
