/** The punctuation of the language, and how the platform names its tokens. */
import { isDigit, isNameCharacter } from './characters';

export const APOSTROPHE = 0x27;
export const OPEN = 0x28;
export const CLOSE = 0x29;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const QUESTION = 0x3f;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const CLOSE_BRACE = 0x7d;

/** Brackets and separators. */
export function isStructural(code: number): boolean {
  return (
    code === OPEN ||
    code === CLOSE ||
    code === COMMA ||
    code === DOT ||
    code === QUESTION ||
    code === OPEN_BRACKET ||
    code === CLOSE_BRACKET ||
    code === CLOSE_BRACE
  );
}

/** A string, a number or a name. */
export function startsExpression(code: number): boolean {
  return code === APOSTROPHE || isNameCharacter(code);
}

/** The platform's names of tokens. */
export function tokenName(code: number): string {
  switch (code) {
    case -1:
      return 'EndOfData';
    case OPEN:
      return 'LeftParenthesis';
    case CLOSE:
      return 'RightParenthesis';
    case OPEN_BRACKET:
      return 'LeftSquareBracket';
    case CLOSE_BRACKET:
      return 'RightSquareBracket';
    case CLOSE_BRACE:
      return 'RightCurlyBrace';
    case COMMA:
      return 'Comma';
    case DOT:
      return 'Dot';
    case QUESTION:
      return 'QuestionMark';
    case APOSTROPHE:
      return 'StringLiteral';
    default:
      return isDigit(code) || code === PLUS || code === MINUS ? 'IntegerLiteral' : 'Identifier';
  }
}
