/** xsl:sort. Source: XSLT 1.0, section 10. */
import { XmlElement } from '../../../language/expressions/xml/nodes';
import { numberOf } from '../../../language/expressions/xml/xpath/values';
import type { NodeSet } from '../../../language/expressions/xml/xpath/values';
import type { Execution } from './execution';
import type { Frame } from './frame';
import { XSL } from './stylesheet';

interface SortKey {
  readonly values: readonly (string | number)[];
  readonly compare: (one: string | number, other: string | number) => number;
}

/** The nodes in the order that the xsl:sort children of an element ask for. */
export function sorted(nodes: NodeSet, element: XmlElement, frame: Frame, execution: Execution): NodeSet {
  const keys: SortKey[] = [];
  for (const child of element.childNodes) {
    if (child instanceof XmlElement && child.namespaceURI === XSL && child.localName === 'sort')
      keys.push(sortKey(nodes, child, frame, execution));
  }
  if (keys.length === 0) return nodes;
  const order = nodes.map((node, index) => ({ node, index }));
  order.sort((one, other) => {
    for (const { values, compare } of keys) {
      const difference = compare(values[one.index] ?? '', values[other.index] ?? '');
      if (difference !== 0) return difference;
    }
    return one.index - other.index;
  });
  return order.map(({ node }) => node);
}

function sortKey(nodes: NodeSet, sort: XmlElement, frame: Frame, execution: Execution): SortKey {
  const option = (name: string): string | undefined => execution.attribute(sort, name, frame);
  const isNumeric = option('data-type') === 'number';
  const select = sort.attribute('select') ?? '.';
  const values = nodes.map((node, index) => {
    const text = execution.string(sort, select, frame.at(node, index + 1, nodes.length));
    return isNumeric ? numberOf(text) : text;
  });
  const sign = option('order') === 'descending' ? -1 : 1;
  if (isNumeric) return { values, compare: (one, other) => sign * compareNumbers(Number(one), Number(other)) };
  const caseFirst = option('case-order') === 'upper-first' ? 'upper' : 'lower';
  const collator = new Intl.Collator(option('lang') ?? 'en', { caseFirst });
  return { values, compare: (one, other) => sign * collator.compare(String(one), String(other)) };
}

/** What is no number comes first. */
function compareNumbers(one: number, other: number): number {
  if (Number.isNaN(one)) return Number.isNaN(other) ? 0 : -1;
  return Number.isNaN(other) ? 1 : one - other;
}
