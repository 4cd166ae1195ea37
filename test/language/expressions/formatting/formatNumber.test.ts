import { describe, expect, it } from 'vitest';
import { evaluateText } from '../evaluateText';

describe('formatNumber writes what .NET writes', () => {
  it.each([
    ["formatNumber(1234567, 'N0')", '1,234,567'],
    ["formatNumber(-1234.5, 'C')", '-$1,234.50'],
    ["formatNumber(1234.5, 'C', 'es-UY')", '$\u00a01.234,50'],
    ["formatNumber(1234.5, 'C', 'kk-KZ')", '1\u00a0234,50\u00a0₸'],
    ["formatNumber(1234.5, 'C', 'de')", '1.234,50\u00a0€'],
    ["formatNumber(0.12345, 'P')", '12.35%'],
    // A double is rounded by its exact value, halves to even; decimals and custom formats go away from zero.
    ["formatNumber(2.5, 'F0')", '2'],
    ["formatNumber(3.5, 'F0')", '4'],
    ["formatNumber(decimal('2.5'), 'F0')", '3'],
    ["formatNumber(2.5, '0')", '3'],
    ["formatNumber(2.675, 'F2')", '2.67'],
    ["formatNumber(2.675, '0.00')", '2.68'],
    ["formatNumber(1234.5, 'G4')", '1234'],
    ["formatNumber(decimal('1234.5'), 'G4')", '1235'],
    ["formatNumber(0.1, 'F20')", '0.10000000000000000555'],
    ["formatNumber(1e21, 'N0')", '1,000,000,000,000,000,000,000'],
    ["formatNumber(-0.4, 'F0')", '-0'],
    ["formatNumber(decimal('-0.4'), 'F0')", '0'],
    ["formatNumber(1234567890123456.0, 'G')", '1234567890123456'],
    ["formatNumber(1e15, 'R')", '1E+15'],
    ["formatNumber(0.0001, 'G')", '0.0001'],
    ["formatNumber(0.0000123, 'G')", '1.23E-05'],
    ["formatNumber(123456789, 'G3')", '1.23E+08'],
    ["formatNumber(-1, 'X')", 'FFFFFFFF'],
    ["formatNumber(255, 'x4')", '00ff'],
    ["formatNumber(9223372036854775807, 'N0')", '9,223,372,036,854,775,807'],
    ["formatNumber(12345678.9, 'N1', 'en-IN')", '1,23,45,678.9'],
    ["formatNumber(1234.5, 'C', 'de-DE')", '1.234,50\u00a0€'],
    ["formatNumber(-12.5, 'C', 'de-CH')", 'CHF-12.50'],
    ["formatNumber(-1234.5, 'C', 'nl-NL')", '€\u00a0-1.234,50'],
    ["formatNumber(-1234.5, 'N1', 'sv-SE')", '\u22121\u00a0234,5'],
    ["formatNumber(-1234.5, 'C', '')", '(¤1,234.50)'],
    ["formatNumber(-0.5, 'P0', 'fr-FR')", '-50\u00a0%'],
    ["formatNumber(-0.4, '0;(0)')", '0'],
    ["formatNumber(-0.4, '0;(0);zero')", 'zero'],
    ["formatNumber(-5, '0;;zero')", '-5'],
    ['formatNumber(42, \'"n;"0\')', 'n;42'],
    ["formatNumber(1234567.8, '#,##0,.0')", '1,234.6'],
    ["formatNumber(1234.5678, '#.##')", '1234.57'],
    ["formatNumber(0.5, '#.##')", '.5'],
    ["formatNumber(7, '(000) 000')", '(000) 007'],
    ["formatNumber(5551234567, '(###) ###-####')", '(555) 123-4567'],
    ["formatNumber(1234567890, '0,,')", '1235'],
    ["formatNumber(0.126, '0.0%')", '12.6%'],
    ["formatNumber(12345, '0.00E+00')", '1.23E+04'],
    ["formatNumber(-5, '0;(0);zero')", '(5)'],
    ["formatNumber(0, '0;(0);zero')", 'zero'],
    ["formatNumber(42, '0 ''items''')", '42 items'],
    ["formatNumber(1000, '#,#')", '1,000'],
    ["formatNumber(decimal('1.10'), 'G')", '1.10'],
  ])('%s', (expression, text) => {
    expect(evaluateText(expression)).toBe(text);
  });

  it.each([
    "formatNumber(1.5, 'D2')",
    "formatNumber(decimal('1.5'), 'R')",
    "formatNumber(1.5, 'X')",
    "formatNumber(1, 'Q')",
    "formatNumber('1', 'N')",
  ])('%s fails', (expression) => {
    expect(evaluateText(expression)).toMatch(/^failed: /);
  });
});
