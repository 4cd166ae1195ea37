/** Table: an array as CSV or HTML. Source: "Perform data operations", Create CSV table and Create HTML table. */
import { isObject, objectOf } from '../../../language/json/value';
import type { ArrayValue, Value } from '../../../language/json/value';
import type { JsonNode } from '../../../language/json/tree';
import { StepFailure, succeeded } from '../../engine/failure';
import { anyCase } from '../../engine/settings';
import type { ActionStep } from '../../engine/step';
import { textOf } from '../../engine/text';
import { typeName } from '../../engine/variables';
import type { ActionHandler } from '../handler';
import { shownInputs, sourceOf } from './items';

interface Rows {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const table: ActionHandler = {
  type: 'Table',
  preview: (step) => shownInputs(step, sourceOf(step)),
  start(step) {
    const from = sourceOf(step);
    step.recordInputs(shownInputs(step, from));
    const format = step.evaluate(anyCase(step.plan.inputsNode, 'format'));
    const columns = anyCase(step.plan.inputsNode, 'columns');
    const rows =
      columns?.kind === 'array' && columns.items.length > 0 ? byColumns(step, from, columns.items) : byMembers(from);
    switch (typeof format === 'string' ? format.toLowerCase() : '') {
      case 'csv':
        return succeeded(objectOf({ body: csv(rows) }));
      case 'html':
        return succeeded(objectOf({ body: html(rows) }));
      default:
        throw new StepFailure('BadRequest', `The table format of action '${step.name}' must be 'CSV' or 'HTML'.`);
    }
  },
};

/** One column for each member of the first item: the others are read by its names. */
function byMembers(from: ArrayValue): Rows {
  const [first] = from;
  if (first === undefined) return { headers: [], rows: [] };
  const headers = isObject(first) ? [...first.keys()] : [];
  return {
    headers,
    rows: from.map((item) => {
      if (!isObject(item)) {
        throw new StepFailure(
          'BadRequest',
          `An item of the table's array is of type '${typeName(item)}'. Every item must be an object.`,
        );
      }
      return headers.map((header) => cell(item.get(header)));
    }),
  };
}

function byColumns(step: ActionStep, from: ArrayValue, columns: readonly JsonNode[]): Rows {
  const context = step.itemContext();
  const headers = columns.map((column) => cell(step.evaluate(anyCase(column, 'header'))));
  const values = columns.map((column) => anyCase(column, 'value'));
  return {
    headers,
    rows: from.map((item) => {
      context.current = item;
      return values.map((value) => cell(step.evaluate(value, context)));
    }),
  };
}

function cell(value: Value | undefined): string {
  if (value === undefined) return '';
  return textOf(value);
}

function csv({ headers, rows }: Rows): string {
  if (headers.length === 0) return '';
  return [headers, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function html({ headers, rows }: Rows): string {
  const line = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((text) => `<${tag}>${escape(text)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line(headers, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
