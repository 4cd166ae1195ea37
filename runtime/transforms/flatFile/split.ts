/** Cutting text at delimiters, except where it is wrapped or escaped. */
import type { RecordFormat } from './format';

/** The parts between delimiters, with wraps and escapes as they stand. */
export function split(text: string, { delimiter, escape, members }: RecordFormat): string[] {
  const wraps = new Set(members.flatMap((each) => (each.kind === 'field' && each.wrap !== '' ? [each.wrap] : [])));
  const parts: string[] = [];
  let start = 0;
  let wrap = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (escape !== '' && letter === escape) at++;
    else if (wrap !== '') wrap = letter === wrap ? '' : wrap;
    else if (at === start && wraps.has(letter)) wrap = letter;
    else if (text.startsWith(delimiter, at)) {
      parts.push(text.slice(start, at));
      at += delimiter.length - 1;
      start = at + 1;
    } else if (wraps.has(letter)) wrap = letter;
  }
  parts.push(text.slice(start));
  return parts;
}

export function unescaped(text: string, escape: string): string {
  if (escape === '' || !text.includes(escape)) return text;
  let result = '';
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) === escape && at + 1 < text.length) at++;
    result += text.charAt(at);
  }
  return result;
}
