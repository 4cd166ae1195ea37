/**
 * Expressions as syntax trees. Reads straight from the text, without tokens in between, because every string of every workflow
 * passes through here on each keystroke. Never throws: what is missing becomes a hole and a problem, and reading goes on.
 */
import type { Expression, Literal, ParsedExpression, SyntaxProblem } from './ast';
import { isBlank, isDigit, isNameCharacter } from './characters';
import { constantOf, numberOf, scanNumber } from './literals';
import {
  APOSTROPHE,
  OPEN,
  CLOSE,
  PLUS,
  COMMA,
  MINUS,
  DOT,
  QUESTION,
  OPEN_BRACKET,
  CLOSE_BRACKET,
  CLOSE_BRACE,
  isStructural,
  startsExpression,
  tokenName,
} from './tokens';

/** Trees are never higher: everything that walks them may recurse. */
export const MAX_DEPTH = 1000;

/** The platform's limit on the length of one expression. */
export const MAX_LENGTH = 8192;

/** Enough to see what is wrong. */
const MAX_PROBLEMS = 50;

const none: readonly SyntaxProblem[] = [];
const noArguments: readonly Expression[] = [];

/** Reads a whole text as one expression, without a leading `@`. */
export function parse(text: string): ParsedExpression {
  const parser = new Parser(text, 0, text.length, false);
  const ast = parser.whole();
  return { ast, problems: parser.problems, text, compiled: undefined, isUsed: false };
}

export class Parser {
  problems: readonly SyntaxProblem[] = none;
  /** The offset of the next character to read. */
  at: number;
  readonly #text: string;
  readonly #end: number;
  readonly #inBraces: boolean;
  #depth = 0;
  /** Height of the tree read last. */
  #height = 0;

  /** `inBraces`: stops before the `}` that ends an interpolation. */
  constructor(text: string, start: number, end: number, inBraces: boolean) {
    this.#text = text;
    this.at = start;
    this.#end = end;
    this.#inBraces = inBraces;
  }

  /** Reads an expression and reports whatever follows it, up to the end or the closing brace. */
  whole(): Expression {
    const start = this.at;
    const ast = this.#expression();
    const code = this.#peek();
    if (code >= 0 && !(this.#inBraces && code === CLOSE_BRACE)) {
      const follows =
        code === OPEN ? 'Only a name can be called.' : 'The expression has ended here; join texts by concat(…).';
      this.#unexpected('EndOfData', follows);
      this.#skipRest();
    }
    if (this.at - start > MAX_LENGTH) {
      const length = this.at - start;
      this.report(
        `the length of the expression is '${length}' characters, which exceeds the limit of '${MAX_LENGTH}' characters`,
        start,
        this.at,
        'Split the expression over several Compose actions.',
      );
    }
    return ast;
  }

  report(message: string, start: number, end: number, hint?: string): void {
    // One place, one message: a follow-up at the same offset says nothing new.
    if (this.problems.at(-1)?.start === start || this.problems.length >= MAX_PROBLEMS) return;
    const problem: SyntaxProblem = { message, start, end: Math.max(start, Math.min(end, this.#text.length)) };
    this.problems = [...this.problems, hint === undefined ? problem : { ...problem, hint }];
  }

  /** The code of the next character that is no blank, -1 at the end. */
  #peek(): number {
    const at = this.at;
    if (at < this.#end) {
      const code = this.#text.charCodeAt(at);
      if (code > 0x20 && code < 0x7f) return code;
      return this.#peekBeyond();
    }
    return -1;
  }

  #peekBeyond(): number {
    const text = this.#text;
    const end = this.#end;
    for (let at = this.at; at < end; at++) {
      const code = text.charCodeAt(at);
      if (!isBlank(code)) {
        this.at = at;
        return code;
      }
    }
    this.at = end;
    return -1;
  }

  #expression(): Expression {
    const code = this.#peek();
    if (code === APOSTROPHE) return this.#string();
    if (isDigit(code) || code === PLUS || code === MINUS) return this.#number();
    if (code >= 0 && isNameCharacter(code)) return this.#named();
    return this.#missing(code);
  }

  #missing(code: number): Expression {
    const start = this.at;
    this.#height = 1;
    if (code === 0x22) {
      this.#unexpectedCharacter("Strings stand in single quotes: 'text'.");
      // Pass over the whole misquoted text, so that one mistake is one message.
      const close = this.#text.indexOf('"', start + 1);
      this.at = close < 0 || close >= this.#end ? this.#end : close + 1;
    } else if (code >= 0 && !isStructural(code)) {
      this.#unexpectedCharacter(
        code === 0x7b ? 'There are no object literals; use json(…) or addProperty(…).' : undefined,
      );
      this.at++;
    } else {
      const hint =
        code === OPEN_BRACKET
          ? 'There are no array literals; use createArray(…).'
          : 'A function call, a string in single quotes or a number is expected here.';
      this.#unexpected('Identifier', hint);
      // A bracket that opens nothing known is passed over with what it holds.
      if (code === OPEN_BRACKET || code === OPEN) this.#skipGroup();
    }
    return { kind: 'hole', start, end: this.at };
  }

  #string(): Literal {
    const text = this.#text;
    const start = this.at;
    let from = start + 1;
    let value = '';
    this.#height = 1;
    for (;;) {
      const quote = text.indexOf("'", from);
      if (quote < 0 || quote >= this.#end) {
        value += text.slice(from, this.#end);
        this.at = this.#end;
        this.report(
          'the string literal is not terminated',
          start,
          this.#end,
          "Close the text with a single quote (').",
        );
        return { kind: 'literal', value, start, end: this.#end };
      }
      if (text.charCodeAt(quote + 1) !== APOSTROPHE || quote + 1 >= this.#end) {
        this.at = quote + 1;
        value = value === '' ? text.slice(from, quote) : value + text.slice(from, quote);
        return { kind: 'literal', value, start, end: quote + 1 };
      }
      value += text.slice(from, quote + 1);
      from = quote + 2;
    }
  }

  #number(): Expression {
    const text = this.#text;
    const start = this.at;
    const { end, complete, whole } = scanNumber(text, start, this.#end);
    let stray = end;
    while (stray < this.#end && isNameCharacter(text.charCodeAt(stray))) stray++;
    this.at = stray;
    this.#height = 1;
    const written = text.slice(start, stray);
    if (!complete || stray > end) {
      this.report(`'${written}' is not a valid number`, start, stray, 'Numbers look like 1, -2.5 or 1e3.');
      return { kind: 'hole', start, end: stray };
    }
    const value = numberOf(written, whole);
    if (value !== undefined) return { kind: 'literal', value, start, end };
    const message = `the value '${written}' is outside the range of 64-bit integers`;
    this.report(message, start, end, 'Write it with a decimal point.');
    return { kind: 'hole', start, end };
  }

  #named(): Expression {
    const text = this.#text;
    const end = this.#end;
    const start = this.at;
    let at = start + 1;
    while (at < end && isNameCharacter(text.charCodeAt(at))) at++;
    this.at = at;
    const name = text.slice(start, at);
    if (this.#peek() === OPEN) return this.#call(name, start);
    const nameEnd = start + name.length;
    const value = constantOf(name);
    this.#height = 1;
    if (value !== undefined) {
      this.at = nameEnd;
      return { kind: 'literal', value, start, end: nameEnd };
    }
    this.#unexpected('LeftParenthesis', `Call a function: ${name}(…). Text stands in single quotes: '${name}'.`);
    this.at = nameEnd;
    // Half-typed `conc`: a call without its parentheses.
    return this.#accesses({ kind: 'call', name, args: noArguments, open: nameEnd, closed: false, start, end: nameEnd });
  }

  #call(name: string, start: number): Expression {
    const open = this.at;
    this.at++;
    if (++this.#depth > MAX_DEPTH) return this.#tooDeep(start);
    let height = 0;
    let closed = false;
    let args: Expression[] | undefined;
    let code = this.#peek();
    if (code === CLOSE) {
      this.at++;
      closed = true;
    } else {
      args = [];
      for (;;) {
        args.push(this.#expression());
        if (this.#height > height) height = this.#height;
        code = this.#peek();
        if (code === COMMA) {
          this.at++;
        } else if (code === CLOSE) {
          this.at++;
          closed = true;
          break;
        } else if (code >= 0 && startsExpression(code)) {
          this.#unexpected('Comma', `A comma is missing between the arguments of '${name}'.`);
        } else if (code >= 0 && code !== CLOSE_BRACKET && code !== CLOSE_BRACE) {
          this.#unexpected('RightParenthesis', `Close the call of '${name}' with ')'.`);
          this.#skipCharacter(code);
        } else {
          this.#unexpected('RightParenthesis', `Close the call of '${name}' with ')'.`);
          break;
        }
      }
    }
    this.#depth--;
    this.#height = height + 1;
    return this.#accesses({ kind: 'call', name, args: args ?? noArguments, open, closed, start, end: this.at });
  }

  /** Reads `.name`, `['name']`, `?.name` and the like. They follow calls only: literals have no properties in the designer's grammar. */
  #accesses(target: Expression): Expression {
    let node = target;
    for (;;) {
      const end = this.at;
      let code = this.#peek();
      if (code !== QUESTION && code !== OPEN_BRACKET && code !== DOT) {
        this.at = end;
        return node;
      }
      const operator = this.at;
      const safe = code === QUESTION;
      if (safe) {
        this.at++;
        code = this.#peek();
      }
      let key: Expression;
      let height = this.#height;
      const dotted = code !== OPEN_BRACKET;
      if (code === DOT) {
        this.at++;
        key = this.#property();
      } else if (code === OPEN_BRACKET) {
        this.at++;
        key = this.#bracketed();
        if (this.#height > height) height = this.#height;
      } else {
        this.#unexpected('Dot', "After '?' a property is expected: ?['name'] or ?.name.");
        key = { kind: 'hole', start: this.at, end: this.at };
      }
      node = { kind: 'access', target: node, key, dotted, safe, operator, start: target.start, end: this.at };
      this.#height = height + 1;
      if (this.#height > MAX_DEPTH) return this.#tooDeep(target.start);
    }
  }

  #property(): Expression {
    const text = this.#text;
    this.#peek();
    const start = this.at;
    let at = start;
    while (at < this.#end && isNameCharacter(text.charCodeAt(at))) at++;
    if (at === start) {
      this.#unexpected('Identifier', 'The name of a property is expected here.');
      return { kind: 'hole', start, end: start };
    }
    this.at = at;
    return { kind: 'literal', value: text.slice(start, at), start, end: at };
  }

  #bracketed(): Expression {
    if (++this.#depth > MAX_DEPTH) return this.#tooDeep(this.at);
    const key = this.#expression();
    this.#depth--;
    if (this.#peek() === CLOSE_BRACKET) this.at++;
    else this.#unexpected('RightSquareBracket', "Close the index with ']'.");
    return key;
  }

  #tooDeep(start: number): Expression {
    this.report(
      `the expression is nested deeper than '${MAX_DEPTH}' levels`,
      start,
      Math.min(start + 1, this.#end),
      'Split the expression over several Compose actions.',
    );
    this.#skipRest();
    this.#height = 1;
    return { kind: 'hole', start, end: this.at };
  }

  #unexpected(expected: string, hint?: string): void {
    const code = this.#peek();
    this.report(
      `expected token '${expected}' and actual '${tokenName(code)}'`,
      this.at,
      code < 0 ? this.at : this.at + 1,
      hint,
    );
  }

  #unexpectedCharacter(hint?: string): void {
    const character = String.fromCodePoint(this.#text.codePointAt(this.at) ?? 0);
    this.report(
      `the string character '${character}' at position '${this.at}' is not expected`,
      this.at,
      this.at + character.length,
      hint,
    );
  }

  #skipCharacter(code: number): void {
    if (code === OPEN || code === OPEN_BRACKET) this.#skipGroup();
    else this.at++;
  }

  /** Passes over a bracketed group, minding strings, without recursion. */
  #skipGroup(): void {
    let open = 0;
    while (this.at < this.#end) {
      const code = this.#text.charCodeAt(this.at);
      if (this.#inBraces && code === CLOSE_BRACE) return;
      if (code === APOSTROPHE) {
        this.#skipString();
        continue;
      }
      this.at++;
      if (code === OPEN || code === OPEN_BRACKET) open++;
      else if ((code === CLOSE || code === CLOSE_BRACKET) && --open <= 0) return;
    }
  }

  /** Passes over everything up to the end or the brace that closes the interpolation. */
  #skipRest(): void {
    while (this.at < this.#end) {
      const code = this.#text.charCodeAt(this.at);
      if (this.#inBraces && code === CLOSE_BRACE) return;
      if (code === APOSTROPHE) this.#skipString();
      else this.at++;
    }
  }

  #skipString(): void {
    const quote = this.#text.indexOf("'", this.at + 1);
    this.at = quote < 0 || quote >= this.#end ? this.#end : quote + 1;
  }
}
