import { describe, expect, it } from 'vitest';
import { evaluateText } from '../evaluateText';

const numbers = '<r><a>1</a><a>2</a><b>x</b></r>';
const family = '<r><a><b/><c/></a><d/></r>';
const named = '<r xmlns="u" xmlns:p="v" xml:lang="en-US" x="1" y="2"><p:a/></r>';
const mixed = '<r>t<!--c--><?pi d?><![CDATA[x]]>y</r>';

function selected(xml: string, path: string): string {
  return evaluateText(`xpath(xml('${xml}'), '${path.replaceAll("'", "''")}')`);
}

describe('XPath gives the four types of XPath 1.0', () => {
  it.each([
    ['count(//a)', '2.0'],
    ['sum(/r/a) div 2', '1.5'],
    ['string(/r/a)', '1'],
    ['boolean(//z)', 'false'],
    ['/r/a/text()', '["1","2"]'],
    ['/r/a[last()]/text()', '["2"]'],
    ['(/r/*)[2]/text()', '["2"]'],
    ['/r/a[position() < 2]/text()', '["1"]'],
    ['//z', '[]'],
  ])('%s', (path, result) => {
    expect(selected(numbers, path)).toBe(result);
  });

  it('elements, attributes, comments and instructions are XML', () => {
    expect(evaluateText(`string(xpath(xml('${family}'), '//a')[0])`)).toBe('<a><b /><c /></a>');
    expect(evaluateText(`string(xpath(xml('${named}'), '/*/@x')[0])`)).toBe('x="1"');
    expect(evaluateText(`string(xpath(xml('${mixed}'), '/r/comment()')[0])`)).toBe('<!--c-->');
    expect(evaluateText(`string(xpath(xml('${mixed}'), '/r/processing-instruction("pi")')[0])`)).toBe('<?pi d?>');
    expect(evaluateText(`string(xpath(xml('${named}'), '//*[local-name()="a"]')[0])`)).toBe('<p:a xmlns:p="v" />');
  });

  it('text and CDATA side by side are one text', () => {
    expect(selected(mixed, '/r/text()')).toBe('["t","xy"]');
  });
});

describe('conversions', () => {
  it.each([
    ['number(//z)', '"NaN"'],
    ['//z + 1', '"NaN"'],
    ['number("")', '"NaN"'],
    ['number(" 12. ")', '12.0'],
    ['number("1e3")', '"NaN"'],
    ['number("+1")', '"NaN"'],
    ['number("0x10")', '"NaN"'],
    ['number(true())', '1.0'],
    ['//a = 2', 'true'],
    ['//a != 2', 'true'],
    ['not(//a = 3)', 'true'],
    ['//b = "x"', 'true'],
    ['//a = true()', 'true'],
    ['//z = false()', 'true'],
    ['"1" = 1', 'true'],
    ['"a" < "b"', 'false'],
    ['1 < 2 and 3 >= 3', 'true'],
    ['boolean("0")', 'true'],
    ['string(1 div 0)', 'Infinity'],
    ['string(-1 div 0)', '-Infinity'],
    ['string(0 div 0)', 'NaN'],
    ['string(1.50)', '1.5'],
    ['string(2.0)', '2'],
    ['string(1000000 * 1000000 * 1000000)', '1E+18'],
    ['concat(0.00001, "")', '1E-05'],
    ['-7 mod 3', '-1.0'],
    ['--2', '2.0'],
    ['2 - -2', '4.0'],
    ['.5 + 1.', '1.5'],
  ])('%s', (path, result) => {
    expect(selected(numbers, path)).toBe(result);
  });
});

describe('functions', () => {
  it.each([
    ['concat("a", 1, true())', 'a1true'],
    ['starts-with("abc", "ab")', 'true'],
    ['contains("abc", "")', 'true'],
    ['substring-before("1999/04/01", "/")', '1999'],
    ['substring-before("1999", "/")', ''],
    ['substring-after("1999/04/01", "/")', '04/01'],
    ['substring("12345", 2, 3)', '234'],
    ['substring("12345", 1.5, 2.6)', '234'],
    ['substring("12345", 0, 3)', '12'],
    ['substring("12345", 0 div 0, 3)', ''],
    ['substring("12345", 1, 0 div 0)', ''],
    ['substring("12345", -42, 1 div 0)', '12345'],
    ['substring("12345", -1 div 0, 1 div 0)', ''],
    ['string-length("abc")', '3.0'],
    ['string-length()', '4.0'],
    ['normalize-space("  a \t b ")', 'a b'],
    ['translate("--aaa--", "abc-", "ABC")', 'AAA'],
    ['floor(-1.5)', '-2.0'],
    ['ceiling(1.2)', '2.0'],
    ['round(2.5)', '3.0'],
    ['round(-2.5)', '-2.0'],
    ['round("x")', '"NaN"'],
    ['id("x")', '[]'],
  ])('%s', (path, result) => {
    expect(selected('<r>1234</r>', path)).toBe(result);
  });
});

describe('axes', () => {
  it.each([
    ['name(//b/..)', 'a'],
    ['count(//b/ancestor::*)', '2.0'],
    ['count(//b/ancestor-or-self::node())', '4.0'],
    ['name(//b/ancestor::*[1])', 'a'],
    ['name((//b/ancestor::*)[1])', 'r'],
    ['name(//b/following-sibling::*)', 'c'],
    ['name(//c/preceding-sibling::*[1])', 'b'],
    ['name(//b/following::*[2])', 'd'],
    ['name(//d/preceding::*[1])', 'c'],
    ['count(//d/preceding::*)', '3.0'],
    ['count(descendant-or-self::node())', '6.0'],
    ['name(//*[self::c or self::d][2])', ''],
    ['name((//c | //d | //b)[1])', 'b'],
  ])('%s', (path, result) => {
    expect(selected(family, path)).toBe(result);
  });

  it.each([
    ['count(/*/namespace::*)', '3.0'],
    ['string(/*/namespace::p)', 'v'],
    ['name(/*/namespace::*[. = "v"])', 'p'],
    ['name(/*/namespace::p/..)', 'r'],
    ['count(/*/@*)', '3.0'],
    ['count(/r)', '0.0'],
    ['namespace-uri(/*/*)', 'v'],
    ['count(//*[lang("en")])', '2.0'],
    ['name(//*[name() = "p:a"])', 'p:a'],
    ['name(//@*[. = 2])', 'y'],
  ])('%s', (path, result) => {
    expect(selected(named, path)).toBe(result);
  });

  it('`*` and `div` are names where a name is expected', () => {
    expect(selected('<r><div>6</div></r>', '/r/div div 2 * 3')).toBe('9.0');
    expect(selected('<r><div>6</div></r>', 'count(* | */*)')).toBe('2.0');
  });
});

describe('what is not XPath is refused with the reason', () => {
  it.each([
    ['/p:r', "the prefix 'p' is not declared"],
    ['foo()', "the function 'foo' is not known"],
    ['$x', "the variable 'x' is not declared"],
    ['/r[', 'the end is not expected'],
    ['', 'the end is not expected'],
    ['concat("a")', 'called with 1 arguments'],
    ['count("a")', 'must be a node-set'],
    ['nowhere::a', "the axis 'nowhere' is not supported"],
    ['/r/"a"', 'is not expected'],
  ])('%s', (path, reason) => {
    expect(selected(numbers, path).toLowerCase()).toContain(reason);
  });

  it('deep nesting, and work without end', () => {
    expect(selected(numbers, `${'('.repeat(2_000)}1${')'.repeat(2_000)}`)).toContain('levels are nested');
    const wide = `<r>${'<a/>'.repeat(1_000)}</r>`;
    expect(evaluateText(`xpath(xml('${wide}'), '//*[//*[//*[//*[//z]]]]')`)).toContain('looks at more than');
  });
});
