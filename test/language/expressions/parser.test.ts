import { describe, expect, it } from 'vitest';
import {
  evaluateExpression,
  evaluateJsonContext,
  expressionsOf,
  MAX_DEPTH,
  parse,
  parseTemplate,
  print,
  printTemplate,
  walk,
} from '../../../language/expressions/index';
import type { Expression } from '../../../language/expressions/index';

function textOf(source: string, node: { start: number; end: number }): string {
  return source.slice(node.start, node.end);
}

/** The texts of all nodes, parents first. */
function nodes(source: string): string[] {
  const found: string[] = [];
  walk(parse(source).ast, (node) => found.push(`${node.kind} ${textOf(source, node)}`));
  return found;
}

describe('ranges', () => {
  it('gives every node its place', () => {
    expect(nodes("concat( 'a' , body('X')?['y'].z )")).toEqual([
      "call concat( 'a' , body('X')?['y'].z )",
      "literal 'a'",
      "access body('X')?['y'].z",
      "access body('X')?['y']",
      "call body('X')",
      "literal 'X'",
      "literal 'y'",
      'literal z',
    ]);
  });

  it('gives places in the whole string for templates', () => {
    const text = "Hi @{toLower('A')}, @{variables('b')}!";
    const expressions = expressionsOf(parseTemplate(text).template);
    expect(expressions.map((each) => textOf(text, each))).toEqual(["toLower('A')", "variables('b')"]);
  });
});

describe('problems', () => {
  it.each([
    ["concat('a'", "expected token 'RightParenthesis' and actual 'EndOfData'", 10],
    ["concat(,'a')", "expected token 'Identifier' and actual 'Comma'", 7],
    ["concat('a' 'b')", "expected token 'Comma' and actual 'StringLiteral'", 11],
    ["concat('a', 'b", 'the string literal is not terminated', 12],
    ["parameters('x')[", "expected token 'Identifier' and actual 'EndOfData'", 16],
    ["parameters('x')?", "expected token 'Dot' and actual 'EndOfData'", 16],
    ["parameters('x').", "expected token 'Identifier' and actual 'EndOfData'", 16],
    ["'a','b'", "expected token 'EndOfData' and actual 'Comma'", 3],
    ["concat('a')('b')", "expected token 'EndOfData' and actual 'LeftParenthesis'", 11],
    ['concat', "expected token 'LeftParenthesis' and actual 'EndOfData'", 6],
    ['', "expected token 'Identifier' and actual 'EndOfData'", 0],
    ['concat("a")', `the string character '"' at position '7' is not expected`, 7],
    ['1e1.1', "expected token 'EndOfData' and actual 'Dot'", 3],
    ['9223372036854775808', "the value '9223372036854775808' is outside the range of 64-bit integers", 0],
    ['[1,2]', "expected token 'Identifier' and actual 'LeftSquareBracket'", 0],
  ])('%s', (source, message, start) => {
    const [first] = parse(source).problems;
    expect(first).toMatchObject({ message, start });
  });

  it('tells what would be right', () => {
    expect(parse('length("abc")').problems[0]?.hint).toBe("Strings stand in single quotes: 'text'.");
    expect(parse("concat('a'").problems[0]?.hint).toBe("Close the call of 'concat' with ')'.");
  });

  it('reports each mistake of a text with several', () => {
    const text = "a @{concat(} b @{toLower('x'} c @{length('y')}";
    const { problems, template } = parseTemplate(text);
    expect(problems.map((problem) => problem.start)).toEqual([11, 28]);
    expect(expressionsOf(template)).toHaveLength(3);
  });
});

describe('recovery', () => {
  const call = (node: Expression | undefined) => (node?.kind === 'call' ? node : undefined);

  it('keeps the call around a half-typed argument', () => {
    const ast = call(parse("concat('a', toLow").ast);
    expect(ast?.name).toBe('concat');
    expect(ast?.closed).toBe(false);
    expect(call(ast?.args[1])?.name).toBe('toLow');
  });

  it('keeps a property access without its name', () => {
    const { ast } = parse("body('X')?.");
    expect(ast).toMatchObject({ kind: 'access', safe: true, dotted: true, key: { kind: 'hole' } });
  });

  it('keeps arguments after a missing one', () => {
    const ast = call(parse("if(, 'yes', 'no')").ast);
    expect(ast?.args.map((arg) => arg.kind)).toEqual(['hole', 'literal', 'literal']);
  });

  it('keeps an open string as the argument it will be', () => {
    const ast = call(parse("body('Get_us").ast);
    expect(ast?.args[0]).toMatchObject({ kind: 'literal', value: 'Get_us' });
  });

  it('goes on behind an interpolation that cannot be read', () => {
    const text = "@{concat(]} and @{length('abc')}";
    const [, second] = expressionsOf(parseTemplate(text).template);
    expect(second && print(second)).toBe("length('abc')");
  });
});

describe('limits', () => {
  const context = evaluateJsonContext();

  it.each([
    ['calls', 'not('.repeat(10_000) + 'true' + ')'.repeat(10_000)],
    ['open calls', 'not('.repeat(10_000)],
    ['open brackets', "body('x')[".repeat(10_000)],
    ['brackets alone', '['.repeat(10_000)],
    ['a chain of properties', `json('{}')${'?.a'.repeat(10_000)}`],
    ['a chain of indexes', `json('[]')${'[0]'.repeat(10_000)}`],
  ])('ten thousand levels of %s are a problem, not a crash', (_what, source) => {
    const parsed = parse(source);
    expect(parsed.problems.length).toBeGreaterThan(0);
    expect(evaluateExpression(parsed, context).ok).toBe(false);
    expect(print(parsed.ast).length).toBeLessThanOrEqual(source.length + MAX_DEPTH * 2);
  });

  it('evaluates what is nested as deep as allowed', () => {
    const depth = MAX_DEPTH - 1;
    const result = evaluateExpression(`${'not('.repeat(depth)}true${')'.repeat(depth)}`, context);
    expect(result).toEqual({ ok: true, value: depth % 2 === 0 });
  });

  it('refuses an expression beyond the length limit of the platform', () => {
    expect(parse(`concat('${'x'.repeat(8192)}')`).problems[0]?.message).toContain("exceeds the limit of '8192'");
    const long = `${'x'.repeat(9000)} @{concat('${'y'.repeat(8000)}')}`;
    expect(parseTemplate(long).problems).toEqual([]);
  });
});

describe('printing', () => {
  it.each([
    "concat('don''t', 1, -2.5, 1e3, true, null)",
    "body('X')?['a']?.b[0].c[variables('i')]",
    "if(equals(1,   1), 'y' ,'n')",
    'add(9223372036854775807, -9223372036854775808)',
    'mul(1e400, -0.0)',
    'utcNow()',
  ])('%s keeps its meaning', (source) => {
    const printed = print(parse(source).ast);
    const again = parse(printed);
    expect(again.problems).toEqual([]);
    expect(print(again.ast)).toBe(printed);
    const kinds = (text: string): unknown[] => {
      const found: unknown[] = [];
      walk(parse(text).ast, (node) => found.push(node.kind === 'literal' ? node.value : node.kind));
      return found;
    };
    expect(kinds(printed)).toEqual(kinds(source));
  });

  it.each(['plain', '@@plain', '@', "a @@{b} @{length( 'c' )} d", '@{1}', "@concat('a','b')", 'x@y.com'])(
    'template %s',
    (source) => {
      const printed = printTemplate(parseTemplate(source).template);
      expect(printTemplate(parseTemplate(printed).template)).toBe(printed);
      expect(parseTemplate(printed).problems).toEqual([]);
    },
  );
});
