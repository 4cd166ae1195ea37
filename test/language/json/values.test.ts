import { describe, expect, it } from 'vitest';
import { base64Decode, base64Encode, utf8Decode, utf8Encode } from '../../../language/json/base64';
import { contentOf, decodeText } from '../../../language/json/content';
import { MAX_VALUE_DEPTH, parseValue } from '../../../language/json/parse';
import { stringify, stringifyIndented } from '../../../language/json/stringify';
import { Decimal, Double } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { XmlValue } from '../../../language/json/xmlValue';

function value(text: string): Value {
  const result = parseValue(text);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

describe('reading and writing back', () => {
  it.each([
    '{"b":1,"a":[true,false,null],"":"x"}',
    '9007199254740993',
    '-9223372036854775808',
    '123456789012345678901234567890',
    '2.0',
    '-0.0',
    '0.1',
    '1E+20',
    '5E-324',
    '"line\\nquote\\"back\\\\tab\\tnull\\u0000 é 😀 \\u2028"',
    '{"__proto__":1,"constructor":{"prototype":2}}',
    '[]',
    '{}',
  ])('%s stays as it is', (text) => {
    expect(stringify(value(text))).toBe(text);
  });

  it.each([
    ['1e3', '1000.0'],
    ['-0', '0'],
    ['1.50', '1.5'],
    ['1e15', '1E+15'],
    ['123456789012345.0', '123456789012345.0'],
    ['0.00001', '1E-05'],
    ['1e400', '"Infinity"'],
    ['{"a":1,"b":2,"a":3}', '{"b":2,"a":3}'],
    ['{a: \'x\', /* note */ "b": [1, 2,], // end\n}', '{"a":"x","b":[1,2]}'],
    ['\ufeff "x" ', '"x"'],
    ['0x1F', '31'],
    ['017', '15'],
    ['NaN', '"NaN"'],
    ['"\\u00e9\\/"', '"é/"'],
    ['"\u0085"', '"\\u0085"'],
  ])('%s becomes %s', (text, written) => {
    expect(stringify(value(text))).toBe(written);
  });

  it.each([
    ['', 'empty'],
    ['{"a": ', 'Unexpected end'],
    ['[1 2]', 'After parsing a value an unexpected character'],
    ['{"a" 1}', "Expected ':'"],
    ['"abc', 'Unterminated string'],
    ['"\\x"', 'Bad JSON escape'],
    ['"\\u00g0"', 'Unicode escape'],
    ['tru', 'Unexpected end when reading JSON'],
    ['trux', 'Error parsing boolean value'],
    ['+1', 'Unexpected character'],
    ['1a', 'not a valid number'],
    ['089', 'not a valid number'],
    ['1 2', 'Additional text'],
    ['/* open', 'comment'],
    ['constructor', 'Unexpected character'],
    ['['.repeat(100_000), 'MaxDepth'],
  ])('%s is refused', (text, message) => {
    const result = parseValue(text);
    expect(result.ok ? 'read' : result.message).toContain(message);
  });

  // The first two were seen on the platform: github.com/MicrosoftDocs/azure-docs/issues/24350, nicolonsky/AzureADGuestReview/issues/4.
  it.each([
    ['Body', "Unexpected character encountered while parsing value: B. Path '', line 0, position 0."],
    ['<html>', "Unexpected character encountered while parsing value: <. Path '', line 0, position 0."],
    ['{"root":}', "Unexpected character encountered while parsing value: }. Path 'root', line 1, position 8."],
    [
      '[{"Product":"a" "b"',
      "After parsing a value an unexpected character was encountered: \". Path '[0].Product', line 1, position 16.",
    ],
    ['{\n  "a": 1, "b c": [1, 2, ?\n}', "parsing value: ?. Path '['b c'][1]', line 2, position 24."],
    ['{\r\n"a": 1 // one\r\n"b": 2}', "was encountered: \". Path 'a', line 3, position 0."],
    ['{"a": {}, "b": [', "Unexpected end of content while loading JObject. Path 'b', line 1, position 16."],
    ['{1-', "Invalid character after parsing property name. Expected ':' but got: -. Path '', line 1, position 2."],
    ['[nul]', "Error parsing null value. Path '', line 1, position 4."],
    ['[1] 2', "Additional text encountered after finished reading JSON content: 2. Path '', line 1, position 4."],
  ])('%s is refused with its path, line and position', (text, message) => {
    const result = parseValue(text);
    expect(result.ok ? '' : result.message).toContain(message);
  });

  it('reads what is nested as deep as allowed', () => {
    const text = '['.repeat(MAX_VALUE_DEPTH) + ']'.repeat(MAX_VALUE_DEPTH);
    expect(stringify(value(text))).toBe(text);
  });
});

describe('kinds of numbers', () => {
  it('are told apart', () => {
    expect(value('2')).toBe(2);
    expect(value('2.0')).toEqual(new Double(2));
    expect(value('2.5')).toBe(2.5);
    expect(value('9007199254740993')).toBe(9007199254740993n);
    expect(value('9007199254740991')).toBe(9007199254740991);
  });

  it('decimals keep their zeros and show that they are none', () => {
    expect(stringify([new Decimal(5n, 0), new Decimal(50000n, 4), new Decimal(-5n, 3)])).toBe('[5.0,5.0000,-0.005]');
  });
});

describe('content', () => {
  it('XML values are content objects to everyone else', () => {
    expect(stringify(new XmlValue('<a/>'))).toBe(
      '{"$content-type":"application/xml;charset=utf-8","$content":"PGEvPg=="}',
    );
    expect(contentOf(new XmlValue('')).get('$content')).toBe('');
  });

  it('is decoded by its charset', () => {
    const bytes = Uint8Array.of(0x80, 0xe9);
    expect(decodeText(bytes, 'text/plain; charset=windows-1252')).toBe('€é');
    expect(decodeText(bytes, 'text/plain; charset=ISO-8859-1')).toBe('\x80é');
    expect(decodeText(Uint8Array.of(0x61, 0, 0xac, 0x20), 'text/plain;charset=utf-16')).toBe('a€');
    expect(decodeText(bytes, 'text/plain')).toBe('\ufffd\ufffd');
    expect(decodeText(bytes, 'text/plain;charset=martian')).toBeUndefined();
    expect(decodeText(bytes, 'text/plain;charset=constructor')).toBeUndefined();
  });
});

describe('base64 and UTF-8', () => {
  it.each(['', 'a', 'ab', 'abc', 'héllo wörld', '😀 x', '\u0000'])('%j survives', (text) => {
    expect(utf8Decode(utf8Encode(text))).toBe(text);
    expect(base64Decode(base64Encode(utf8Encode(text)))).toEqual(utf8Encode(text));
    expect(base64Encode(utf8Encode(text))).toBe(Buffer.from(text, 'utf8').toString('base64'));
  });

  it('invalid sequences become replacement characters, as in every decoder of the web', () => {
    const samples = [
      [0xff, 0x61],
      [0xc3],
      [0xe2, 0x82],
      [0xf0, 0x9f, 0x98],
      [0xed, 0xa0, 0x80],
      [0xc0, 0xaf, 0x62],
      [0xf4, 0x90, 0x80, 0x80],
    ];
    for (const sample of samples) {
      const bytes = Uint8Array.from(sample);
      expect(utf8Decode(bytes)).toBe(new TextDecoder().decode(bytes));
    }
    expect(utf8Encode('\ud800x')).toEqual(Uint8Array.from([0xef, 0xbf, 0xbd, 0x78]));
  });

  it('needs padding, skips blanks', () => {
    expect(base64Decode('aa')).toBeUndefined();
    expect(base64Decode('a*==')).toBeUndefined();
    expect(base64Decode('aGVs bG8=\r\n')).toEqual(utf8Encode('hello'));
  });
});

it('indents by two blanks', () => {
  expect(stringifyIndented(value('{"a":[1,{}],"b":[]}'))).toBe('{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}');
});
