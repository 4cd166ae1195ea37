/**
 * The strings of a workflow: plain text, `@expression`, text with `@{expression}` in it, and the escapes `@@` and `@@{`.
 * The rules are those observed on the host; see the cases of group "real-host" in the conformance suite.
 */
import type { ExpressionPart, ParsedTemplate, SyntaxProblem, TextPart } from './ast';
import { Parser } from './parser';

const AT = 0x40;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const none: readonly SyntaxProblem[] = [];

/** Reads a string as it stands in a workflow, decoded from JSON. Never throws. */
export function parseTemplate(text: string): ParsedTemplate {
  const first = text.charCodeAt(0);
  if (first === AT && text.length > 1) {
    const second = text.charCodeAt(1);
    // A leading @@ stands for one @, and nothing after it is evaluated.
    if (second === AT) return { template: { kind: 'text', text: text.slice(1) }, problems: none, text };
    if (second !== OPEN_BRACE) {
      const parser = new Parser(text, 1, text.length, false);
      const expression = parser.whole();
      return { template: { kind: 'expression', expression }, problems: parser.problems, text };
    }
  }
  const opening = text.indexOf('@{');
  if (opening < 0) return { template: { kind: 'text', text }, problems: none, text };
  return interpolation(text, opening);
}

function interpolation(text: string, opening: number): ParsedTemplate {
  const parts: (TextPart | ExpressionPart)[] = [];
  let problems = none;
  /** Where the text not yet taken begins. */
  let from = 0;
  for (let open = opening; open >= 0; open = text.indexOf('@{', Math.max(from, open))) {
    if (open > from && text.charCodeAt(open - 1) === AT) {
      // `@@{`: the first @ escapes the second.
      parts.push({ kind: 'text', text: text.slice(from, open), start: from, end: open + 1 });
      from = open + 1;
      continue;
    }
    if (open > from) parts.push({ kind: 'text', text: text.slice(from, open), start: from, end: open });
    const parser = new Parser(text, open + 2, text.length, true);
    const expression = parser.whole();
    let end = parser.at;
    if (text.charCodeAt(end) === CLOSE_BRACE) end++;
    else parser.report('the string interpolation is not terminated', open, open + 2, "Close it with '}'.");
    if (parser.problems.length > 0) problems = [...problems, ...parser.problems];
    parts.push({ kind: 'expression', expression, start: open, end });
    from = end;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from), start: from, end: text.length });
  return { template: { kind: 'interpolation', parts }, problems, text };
}
