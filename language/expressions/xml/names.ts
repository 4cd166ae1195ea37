/** XML names of any text, by the escapes of XmlConvert.EncodeName: `a b` is `a_x0020_b`. */

const start =
  /[A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD]/;
const rest = /[-.0-9\u00B7\u0300-\u036F\u203F\u2040]/;

/** Escapes what a name may not hold; a colon is kept. */
export function encodeXmlName(text: string): string {
  let name = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    const fits = letter === ':' || start.test(letter) || (at > 0 && rest.test(letter));
    // An underscore that would read as an escape is escaped itself.
    const confusing = letter === '_' && /^_x[0-9a-fA-F]{4}_/.test(text.slice(at));
    name += fits && !confusing ? letter : `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
  }
  return name;
}

export function decodeXmlName(name: string): string {
  return name.replaceAll(/_x([0-9a-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
