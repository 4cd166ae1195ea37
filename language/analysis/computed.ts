/** Texts whose value is only known later: expressions of the definition language, of ARM templates, and placeholders of templates. */

/**
 * True for a text that stands for some other value: `@…`, text with `@{…}`, an ARM template's `[…]`, or a gallery template's
 * `#workflowname#` or `#{token}#`. `@@` and `[[` are literals.
 */
export function isComputed(text: string): boolean {
  const first = text.charCodeAt(0);
  // A leading `@@` makes the whole text literal.
  if (first === 64) return text.charCodeAt(1) !== 64 && text.length > 1;
  if (first === 91) return text.charCodeAt(1) !== 91 && text.endsWith(']');
  return text.includes('@{') || /#\w+#|#\{.*\}#/.test(text) || text.startsWith('{{');
}
