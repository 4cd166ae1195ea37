/** Reads XPath 1.0 expressions. */
import { XPathError } from './ast';
import type { Axis, BinaryOperator, ExpandedName, NodeTest, PathStep, XPath } from './ast';
import { tokensOf } from './lexer';
import type { Token } from './lexer';

/** The namespace of a prefix; undefined when nothing declares it. */
export type PrefixResolver = (prefix: string) => string | undefined;

/** Throws `XPathError` for an expression that is not valid or uses an undeclared prefix. */
export function parseXPath(text: string, resolve: PrefixResolver): XPath {
  return new Parser(text, resolve).whole();
}

const axes: readonly Axis[] = [
  'ancestor',
  'ancestor-or-self',
  'attribute',
  'child',
  'descendant',
  'descendant-or-self',
  'following',
  'following-sibling',
  'namespace',
  'parent',
  'preceding',
  'preceding-sibling',
  'self',
];

/** From the loosest to the tightest. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];

const nodeTypes = new Set(['node', 'text', 'comment', 'processing-instruction']);
const everything: PathStep = { axis: 'descendant-or-self', test: { kind: 'node' }, predicates: [] };

/** Deeper expressions are refused: what reads and evaluates them recurses. */
const MAX_DEPTH = 200;

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #resolve: PrefixResolver;
  #at = 0;
  #depth = 0;

  constructor(text: string, resolve: PrefixResolver) {
    this.#text = text;
    this.#tokens = tokensOf(text);
    this.#resolve = resolve;
  }

  whole(): XPath {
    const expression = this.#expression();
    if (this.#at < this.#tokens.length) this.#fail();
    return expression;
  }

  #fail(reason?: string): never {
    const token = this.#tokens[this.#at];
    const shown = token === undefined ? 'The end' : `'${'text' in token ? token.text : token.value}'`;
    throw new XPathError(`${reason ?? `${shown} is not expected`} in '${this.#text}'.`);
  }

  #is(kind: Token['kind'], text?: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === kind && (text === undefined || ('text' in token && token.text === text));
  }

  /** Takes a token if it is the one. */
  #take(kind: Token['kind'], text?: string): boolean {
    if (!this.#is(kind, text)) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take('mark', text)) this.#fail(`'${text}' is expected`);
  }

  #expression(): XPath {
    if (++this.#depth > MAX_DEPTH) this.#fail(`More than ${MAX_DEPTH} levels are nested`);
    const expression = this.#conditional() ?? this.#binary(0);
    this.#depth--;
    return expression;
  }

  /** `if (…) then … else …` of later versions: a call of a function `if`, which XPath 1.0 does not have. */
  #conditional(): XPath | undefined {
    if (!this.#is('function', 'if')) return undefined;
    const start = this.#at++;
    this.#expect('(');
    const condition = this.#expression();
    this.#expect(')');
    if (!this.#word('then')) {
      this.#at = start;
      return undefined;
    }
    const then = this.#expression();
    if (!this.#word('else')) this.#fail("'else' is expected");
    return { kind: 'call', name: { uri: null, local: 'if' }, args: [condition, then, this.#expression()] };
  }

  /** Takes a word, which a parenthesis may follow. */
  #word(text: string): boolean {
    return this.#take('name', text) || this.#take('function', text);
  }

  #binary(level: number): XPath {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators.find((each) => this.#is('operator', each));
      if (operator === undefined) return left;
      this.#at++;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
  }

  #unary(): XPath {
    let isNegative = false;
    let isNumber = false;
    for (; this.#take('operator', '-'); isNumber = true) isNegative = !isNegative;
    let left = this.#path();
    while (this.#take('operator', '|')) left = { kind: 'binary', operator: '|', left, right: this.#path() };
    if (!isNumber) return left;
    const negated: XPath = { kind: 'negation', operand: left };
    return isNegative ? negated : { kind: 'negation', operand: negated };
  }

  #path(): XPath {
    if (this.#take('operator', '//')) return { kind: 'path', from: 'root', steps: [everything, ...this.#steps()] };
    if (this.#take('operator', '/'))
      return { kind: 'path', from: 'root', steps: this.#startsStep() ? this.#steps() : [] };
    const token = this.#tokens[this.#at];
    const isPrimary =
      token?.kind === 'literal' ||
      token?.kind === 'number' ||
      token?.kind === 'variable' ||
      (token?.kind === 'function' && !nodeTypes.has(token.text)) ||
      this.#is('mark', '(');
    if (!isPrimary) return { kind: 'path', from: 'context', steps: this.#steps() };
    const primary = this.#primary();
    const predicates = this.#predicates();
    const filtered: XPath = predicates.length === 0 ? primary : { kind: 'filter', primary, predicates };
    if (this.#take('operator', '/')) return { kind: 'path', from: filtered, steps: this.#steps() };
    if (this.#take('operator', '//')) return { kind: 'path', from: filtered, steps: [everything, ...this.#steps()] };
    return filtered;
  }

  #primary(): XPath {
    const token = this.#tokens[this.#at++];
    switch (token?.kind) {
      case 'literal':
      case 'number':
        return { kind: 'literal', value: token.value };
      case 'variable':
        return { kind: 'variable', name: this.#name(token.text) };
      case 'function': {
        this.#expect('(');
        const args: XPath[] = [];
        if (!this.#is('mark', ')'))
          do args.push(this.#expression());
          while (this.#take('mark', ','));
        this.#expect(')');
        return { kind: 'call', name: this.#name(token.text), args };
      }
      default: {
        const inner = this.#expression();
        this.#expect(')');
        return inner;
      }
    }
  }

  #startsStep(): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined) return false;
    if (token.kind === 'mark') return ['.', '..', '@'].includes(token.text);
    return token.kind === 'name' || token.kind === 'axis' || token.kind === 'function';
  }

  #steps(): PathStep[] {
    const steps = [this.#step()];
    for (;;) {
      if (this.#take('operator', '/')) steps.push(this.#step());
      else if (this.#take('operator', '//')) steps.push(everything, this.#step());
      else return steps;
    }
  }

  #step(): PathStep {
    if (this.#take('mark', '.')) return { axis: 'self', test: { kind: 'node' }, predicates: [] };
    if (this.#take('mark', '..')) return { axis: 'parent', test: { kind: 'node' }, predicates: [] };
    const axis = this.#axis();
    return { axis, test: this.#test(), predicates: this.#predicates() };
  }

  #axis(): Axis {
    if (this.#take('mark', '@')) return 'attribute';
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'axis') return 'child';
    const axis = axes.find((each) => each === token.text);
    if (axis === undefined) return this.#fail(`The axis '${token.text}' is not supported`);
    this.#at++;
    this.#expect('::');
    return axis;
  }

  #test(): NodeTest {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'function' && nodeTypes.has(token.text)) {
      this.#at++;
      this.#expect('(');
      const target = this.#tokens[this.#at];
      const named = token.text === 'processing-instruction' && target?.kind === 'literal' ? target.value : undefined;
      if (named !== undefined) this.#at++;
      this.#expect(')');
      if (token.text === 'processing-instruction')
        return { kind: 'instruction', ...(named === undefined ? {} : { target: named }) };
      return { kind: token.text === 'text' ? 'text' : token.text === 'comment' ? 'comment' : 'node' };
    }
    if (token?.kind !== 'name') return this.#fail();
    this.#at++;
    if (token.text === '*') return { kind: 'any' };
    if (token.text.endsWith(':*')) return { kind: 'any', uri: this.#namespace(token.text.slice(0, -2)) };
    return { kind: 'name', name: this.#name(token.text) };
  }

  #predicates(): XPath[] {
    const predicates: XPath[] = [];
    while (this.#take('mark', '[')) {
      predicates.push(this.#expression());
      this.#expect(']');
    }
    return predicates;
  }

  /** Names without a prefix have no namespace, whatever the default one is. */
  #name(text: string): ExpandedName {
    const colon = text.indexOf(':');
    if (colon < 0) return { uri: null, local: text };
    return { uri: this.#namespace(text.slice(0, colon)), local: text.slice(colon + 1) };
  }

  #namespace(prefix: string): string {
    return this.#resolve(prefix) ?? this.#fail(`The prefix '${prefix}' is not declared; it is used`);
  }
}
