/** Completion inside an expression: functions, names in quotes, allowed values. Everything inserted is escaped for where it stands. */
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import type { Command, CompletionItem, Range } from 'vscode-languageserver';
import { functions, findFunction, suggestionsFor } from '../../language/expressions/index';
import { parameterAt, signatureOf } from '../../language/expressions/functions/definition';
import type { FunctionDefinition, Parameter } from '../../language/expressions/functions/definition';
import { escapedName } from '../../language/json/escape';
import type { StringOffsets } from '../../language/json/escape';
import type { LineIndex, TextRange } from '../../language/text/range';
import { offeredNames } from './names';
import type { NamePlace, OfferedName } from './names';
import { timeZoneNames } from './timeZones';
import { propertyNames } from './propertyNames';
import type { Argument, ExpressionPlace } from './expressionPlace';
import type { DocumentView } from '../workspace';

export interface ExpressionSpot {
  readonly view: DocumentView;
  readonly names: NamePlace;
  readonly text: string;
  /** Of the cursor, in the text. */
  readonly offset: number;
  readonly offsets: StringOffsets;
  readonly lines: LineIndex;
}

/** Shows the next list at once: after `body('` the names of actions. */
const suggestAgain: Command = { title: 'Suggest', command: 'editor.action.triggerSuggest' };
const showParameters: Command = { title: 'Parameters', command: 'editor.action.triggerParameterHints' };

export function expressionItems(spot: ExpressionSpot, place: ExpressionPlace): CompletionItem[] {
  switch (place.kind) {
    case 'start':
      return functionItems(spot, { start: place.at, end: place.at }, false, !place.whole);
    case 'function':
      return [
        ...(place.called || place.around === undefined ? [] : argumentItems(spot, place.around, place.range)),
        ...functionItems(spot, place.range, place.called, false),
      ];
    case 'text':
      return textItems(spot, place.around, place.range, place.closed);
    case 'property': {
      const closing = place.closed ? '' : propertyClosing(spot, place.access.dotted);
      const at = rangeIn(spot, place.range);
      return propertyNames(spot.view, spot.names, place.access.target).map(({ name, detail }, index) => ({
        ...nameItem(name, detail, index, at, closing),
        kind: CompletionItemKind.Property,
      }));
    }
  }
}

function rangeIn(spot: ExpressionSpot, range: TextRange): Range {
  return spot.lines.rangeOf(spot.offsets.rangeInDocument(range));
}

function functionItems(spot: ExpressionSpot, range: TextRange, called: boolean, braces: boolean): CompletionItem[] {
  const at = rangeIn(spot, range);
  return functions.map((definition) => {
    const { text, again } = callSnippet(definition, called);
    const newText = braces ? `{${text}}` : text;
    return {
      label: definition.name,
      labelDetails: { detail: signatureOf(definition).slice(definition.name.length), description: definition.category },
      kind: CompletionItemKind.Function,
      sortText: `5${definition.deprecated === undefined ? '0' : '9'}${definition.name.toLowerCase()}`,
      filterText: definition.name,
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { range: at, newText },
      data: { function: definition.name },
      ...(again === undefined ? {} : { command: again }),
    };
  });
}

/** What is inserted for a function: its parentheses, and quotes where it wants a name. */
function callSnippet(
  definition: FunctionDefinition,
  called: boolean,
): { readonly text: string; readonly again?: Command } {
  const name = definition.name.replaceAll('$', '\\$');
  if (called) return { text: name };
  if (definition.parameters.length === 0) return { text: `${name}()$0` };
  return definition.parameters[0]?.names === undefined
    ? { text: `${name}($0)`, again: showParameters }
    : { text: `${name}('$1')$0`, again: suggestAgain };
}

/** Values for an argument that is not begun: names and allowed values with their quotes. */
function argumentItems(spot: ExpressionSpot, around: Argument, range: TextRange): CompletionItem[] {
  const parameter = parameterOf(around);
  if (parameter === undefined) return [];
  const at = rangeIn(spot, range);
  return offers(spot, parameter).map(({ name, detail }, index) => {
    const item = nameItem(name, detail, index, at, "'");
    const newText = `'${escapedName(name)}'`;
    return { ...item, filterText: name, textEdit: { range: at, newText } };
  });
}

function textItems(spot: ExpressionSpot, around: Argument, range: TextRange, closed: boolean): CompletionItem[] {
  const parameter = parameterOf(around);
  if (parameter === undefined) return [];
  const closing = closed ? '' : textClosing(spot, around);
  const at = rangeIn(spot, range);
  return offers(spot, parameter).map(({ name, detail }, index) => nameItem(name, detail, index, at, closing));
}

function parameterOf({ call, index }: Argument): Parameter | undefined {
  const definition = findFunction(call.name);
  return definition === undefined ? undefined : parameterAt(definition, index);
}

function offers(spot: ExpressionSpot, parameter: Parameter): OfferedName[] {
  if (parameter.names !== undefined) return offeredNames(spot.view, spot.names, parameter.names);
  if (parameter.suggests !== undefined && parameter.suggests !== 'timeZone') {
    return suggestionsFor(parameter.suggests).map(({ value, detail }) => ({ name: value, detail }));
  }
  const values = parameter.suggests === 'timeZone' ? timeZoneNames : (parameter.values ?? []);
  return values.map((name) => ({ name, detail: '' }));
}

function nameItem(name: string, detail: string, index: number, range: Range, closing: string): CompletionItem {
  const written = escapedName(name);
  return {
    label: name,
    ...(detail === '' ? {} : { detail }),
    kind: CompletionItemKind.Reference,
    sortText: `1${String(index).padStart(5, '0')}`,
    filterText: written,
    textEdit: { range, newText: written + closing },
  };
}

/** The quote and, when the call is open, the parenthesis that are still to be typed. */
function textClosing({ text, offset }: ExpressionSpot, { call }: Argument): string {
  const rest = text.slice(offset);
  if (rest.startsWith("'")) return '';
  const definition = findFunction(call.name);
  const takesMore = definition !== undefined && definition.parameters.length > call.args.length;
  return /^\s*[),]/.test(rest) || takesMore ? "'" : "')";
}

function propertyClosing({ text, offset }: ExpressionSpot, dotted: boolean): string {
  if (dotted) return '';
  const rest = text.slice(offset);
  if (rest.startsWith("'")) return '';
  return rest.startsWith(']') ? "'" : "']";
}
