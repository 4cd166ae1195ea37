/** Gives a value in the document another one, in the document's own indentation and line endings. */
import type { JsonNode } from '../../../language/json/tree';
import type { TextEdit } from '../../../language/text/edit';

/** `json` is laid out with two blanks a level and LF; it takes on the indentation of the line the value stands in. */
export function setValue(node: JsonNode, json: string, text: string): TextEdit[] {
  if (text.slice(node.start, node.end) === json) return [];
  const lineStart = text.lastIndexOf('\n', node.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, node.start))?.[0] ?? '';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = indent.includes('\t') ? '\t' : undefined;
  const lines = json.split(/\r?\n/).map((line, index) => {
    if (index === 0) return line;
    const own = unit === undefined ? line : line.replace(/^(?: {2})+/, (blanks) => unit.repeat(blanks.length / 2));
    return indent + own;
  });
  return [{ range: { start: node.start, end: node.end }, newText: lines.join(newline) }];
}
