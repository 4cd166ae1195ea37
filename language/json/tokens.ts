/**
 * The token and error numbers of jsonc-parser's scanner. Its own enums are `const` and ambient, which a compiler that works
 * file by file (esbuild) cannot read, so the numbers of its public typings stand here.
 */
export const Token = {
  OpenBrace: 1,
  CloseBrace: 2,
  OpenBracket: 3,
  CloseBracket: 4,
  Comma: 5,
  Colon: 6,
  Null: 7,
  True: 8,
  False: 9,
  String: 10,
  Number: 11,
  LineComment: 12,
  BlockComment: 13,
  LineBreak: 14,
  Blank: 15,
  Unknown: 16,
  End: 17,
} as const;
export type Token = (typeof Token)[keyof typeof Token];

/** What is wrong with a token, by the scanner's error number; 0 is no error. */
export const scanMessages: Readonly<Record<number, string>> = {
  1: 'This comment is not closed.',
  2: 'This string is not closed.',
  3: 'This number is cut off.',
  4: 'This unicode escape is not valid.',
  5: 'This escape is not valid in a JSON string.',
  6: 'A control character must be escaped in a JSON string.',
};
