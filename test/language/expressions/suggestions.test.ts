import { expect, it } from 'vitest';
import { suggestionsFor } from '../../../language/expressions/index';
import { evaluateText } from './evaluateText';

it('every format of dates is shown with what it gives', () => {
  for (const { value, detail } of suggestionsFor('dateTimeFormat')) {
    expect(evaluateText(`formatDateTime('2018-03-15T13:27:36.5Z', '${value}')`)).toBe(detail);
    expect(detail, value).not.toBe('');
  }
  expect(suggestionsFor('dateTimeFormat')[0]).toEqual({ value: 'yyyy-MM-dd', detail: '2018-03-15' });
});

it('every format of numbers is shown with what it gives', () => {
  for (const { detail, value } of suggestionsFor('numberFormat')) expect(detail, value).toMatch(/\d|F/);
  expect(suggestionsFor('numberFormat')).toContainEqual({ value: '#,##0.00', detail: '1,234.50' });
  expect(suggestionsFor('numberFormat')).toContainEqual({ value: 'X', detail: 'FF' });
});

it('every culture and form of a GUID is one', () => {
  expect(suggestionsFor('culture')).toContainEqual({ value: 'de-AT', detail: 'Austrian German' });
  for (const { value } of suggestionsFor('culture')) {
    expect(evaluateText(`formatDateTime('2018-03-15', 'yyyy', '${value}')`)).toBe('2018');
    expect(evaluateText(`float('1', '${value}')`)).toBe('1.0');
  }
  for (const { value } of suggestionsFor('guidFormat'))
    expect(evaluateText(`guid('${value}')`)).toMatch(/^[({]?[\da-f]/);
});
