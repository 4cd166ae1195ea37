/** Which characters make up names, blanks and numbers. */

const NAME = 1;
const BLANK = 2;
const DIGIT = 4;

const classes = new Uint8Array(128).fill(NAME);
for (let code = 0; code < 0x20; code++) classes[code] = 0;
for (const blank of '\t\n\v\f\r ') classes[blank.charCodeAt(0)] = BLANK;
// The designer's scanner takes everything into a name but these (and blanks); `$` and `-` are letters to it.
for (const symbol of `.,(){}@[]?'"`) classes[symbol.charCodeAt(0)] = 0;
for (const digit of '0123456789') classes[digit.charCodeAt(0)] = NAME | DIGIT;
classes[0x7f] = 0;

/** As .NET's char.IsWhiteSpace. */
export function isBlank(code: number): boolean {
  if (code < 128) return (classes[code] ?? 0) === BLANK;
  return (
    code === 0xa0 ||
    code === 0x85 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

export function isNameCharacter(code: number): boolean {
  return code < 128 ? ((classes[code] ?? 0) & NAME) !== 0 : code >= 128 && !isBlank(code);
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
