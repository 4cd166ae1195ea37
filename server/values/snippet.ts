/** JSON snippets of the schemas as text: tab stops are `${1:…}`, and a string that begins with `^` is written without its quotes. */

/** A `$` that begins no tab stop, as in `$schema`, stays what it is. */
export function snippetText(body: unknown): string {
  return JSON.stringify(body, null, '\t')
    .replaceAll(/\$(?![{\d])/g, '\\$')
    .replaceAll(/"\^((?:[^"\\]|\\.)*)"/g, '$1');
}

/** Text that is to be inserted as it is. */
export function plainSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}
