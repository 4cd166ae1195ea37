import { describe, expect, it } from 'vitest';
import { evaluateText } from '../evaluateText';

describe('numbers as they are written', () => {
  it.each([
    ['-0', '0'],
    ['-0.0', '-0.0'],
    ['+.5', '0.5'],
    ['1.', '1.0'],
    ['007', '7'],
    ['1.5e-2', '0.015'],
    ['1e400', '"Infinity"'],
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['1E3', '1000.0'],
  ])('%s', (expression, json) => {
    expect(evaluateText(`createArray(${expression})`)).toBe(`[${json}]`);
  });

  it.each(['.5', '1e', '+', '--1', '1e1.1', '0x10', '1_000', '9223372036854775808', '1-1', '1,2'])(
    '%s is none',
    (expression) => {
      expect(evaluateText(expression)).toMatch(/^failed: Unable to parse template language expression/);
    },
  );
});

describe('int', () => {
  it.each([
    ["int('1.0')", '1'],
    ["int(' 5 ')", '5'],
    ["int('+1,0,0,')", '100'],
    ["int('1e3')", '1000'],
    ["int('-0.0')", '0'],
    ["int('NaN')", '-9223372036854775808'],
    ["int('9223372036854775000')", '9223372036854774784'],
    ['int(100000000000000011)', '100000000000000011'],
    ['int(2.0)', '2'],
    ["int(decimal('1.00'))", '1'],
  ])('%s', (expression, result) => {
    expect(evaluateText(expression)).toBe(result);
  });

  it.each([
    "int('')",
    "int('5-')",
    "int('(5)')",
    "int('$5')",
    "int('0x10')",
    "int('1.5')",
    "int('1e-3')",
    "int('Infinity')",
    "int('9223372036854775807')",
    "int('1 000')",
    "int(json('9223372036854775808'))",
    "int(decimal('1.5'))",
    'int(null)',
    'int(true)',
    "int(binary('1'))",
  ])('%s fails', (expression) => {
    expect(evaluateText(expression)).toContain("'int' was invoked with a parameter that is not valid");
  });
});

describe('float and decimal', () => {
  it.each([
    ["float('12345,6,78,-')", '-12345678.0'],
    ["float('.12345678')", '0.12345678'],
    ["float('1.5', 'de-DE')", '15.0'],
    ["float('1 000,5', 'fr-FR')", '1000.5'],
    ["float('∞')", 'Infinity'],
    ["float('Infinity', '')", 'Infinity'],
    ["string(float('-1e400'))", '-Infinity'],
    ["string(float('123456789012345678'))", '1.2345678901234568E+17'],
    ["string(float('12345678901234567'))", '12345678901234568'],
    ["string(float('1000000000000000'))", '1E+15'],
    ["string(float('0.0001'))", '0.0001'],
    ["string(float('0.00001'))", '1E-05'],
    ["string(decimal('1.50'))", '1.50'],
    ["string(decimal('1,000.5-'))", '-1000.5'],
    ["string(decimal('1.23456789012345678901234567890123'))", '1.2345678901234567890123456789'],
    ["string(add(decimal('1.50'), 1))", '2.50'],
    ["string(div(decimal('1'), decimal('3')))", '0.3333333333333333333333333333'],
  ])('%s', (expression, result) => {
    expect(evaluateText(expression).replace(/^"(.*)"$/, '$1')).toBe(result);
  });

  it.each([
    "float('')",
    "float('(1)')",
    "float('$1')",
    "float('Infinity')",
    "float('1', 'not a locale')",
    'float(null)',
    'float(true)',
    "decimal('1e3')",
    "decimal('NaN')",
    "decimal('79228162514264337593543950336')",
    'decimal(1e30)',
  ])('%s fails', (expression) => {
    expect(evaluateText(expression)).toMatch(/^failed: /);
  });
});

describe('bool, isInt and isFloat', () => {
  it.each([
    ["bool(' TRUE ')", true],
    ['bool(-0.0)', false],
    ['bool(0.1)', true],
    ["bool(decimal('0.00'))", false],
    ["isInt('1,000')", true],
    ["isInt('1.0')", false],
    ["isInt('9223372036854775808')", false],
    ["isInt('')", false],
    ["isFloat('1.5-')", true],
    ["isFloat('-1.5-')", false],
    ["isFloat('1e')", false],
    ["isFloat('Infinity')", true],
    ["isFloat('∞')", false],
    ["isFloat('∞', 'en-US')", true],
    ["isFloat('NaN', 'de-DE')", true],
  ])('%s', (expression, result) => {
    expect(evaluateText(expression)).toBe(String(result));
  });

  it.each(["bool('1')", "bool('yes')", "bool('')", 'bool(null)', "bool(json('[]'))", 'isInt(1)', 'isFloat(null)'])(
    '%s fails',
    (expression) => {
      expect(evaluateText(expression)).toMatch(/^failed: /);
    },
  );
});

describe('base64 and URIs', () => {
  it.each([
    ["base64('ü')", 'w7w='],
    ['base64(true)', 'VHJ1ZQ=='],
    [`base64(json('{"a":1.0}'))`, 'eyJhIjoxLjB9'],
    ["base64ToString('aGVs bG8=')", 'hello'],
    ["base64ToString('/w==')", '\ufffd'],
    ["base64ToBinary('YR==')['$content']", 'YR=='],
    ["uriComponent('-_.~!*()''é😀')", '-_.~%21%2A%28%29%27%C3%A9%F0%9F%98%80'],
    ["uriComponentToString('a+b%2B%zz%E9%c3%a9')", 'a+b+%zz%E9é'],
    ["uriComponentToBinary('%C3%A9')['$content']", 'w6k='],
    ["dataUriToBinary('data:text/plain,a+b%20c')['$content']", 'YSBiIGM='],
    ["dataUriToBinary('DATA:;base64,YQ==')['$content-type']", 'text/plain'],
    ["dataUriToString('data:,a,b')", 'a,b'],
    ["uriHost('https://user:pw@WWW.Contoso.com:81/x')", 'www.contoso.com'],
    ["uriPath('https://contoso.com/a/../b c?x#y')", '/b%20c'],
    ["uriPathAndQuery('https://contoso.com?x=1')", '/?x=1'],
    ["uriPort('http://contoso.com:')", '80'],
    ["uriPort('ftp://contoso.com')", '21'],
    ["uriScheme('HTTPS://contoso.com')", 'https'],
  ])('%s', (expression, result) => {
    expect(evaluateText(expression)).toBe(result);
  });

  it.each([
    'base64(null)',
    "base64ToString('YQ')",
    "base64ToString('_-8=')",
    "base64ToString(binary('YQ=='))",
    'binary(null)',
    "dataUriToBinary('text/plain,a')",
    "dataUriToBinary('data:text/plain')",
    "dataUriToBinary('data:text/plain;charset=martian,a')",
    "dataUriToString('data:text/plain;base64,!!')",
    'uriComponent(null)',
    "uriHost('/a/b')",
    "uriHost('')",
  ])('%s fails', (expression) => {
    expect(evaluateText(expression)).toMatch(/^failed: /);
  });
});
