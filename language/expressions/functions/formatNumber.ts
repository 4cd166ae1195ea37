/** Numbers as text in a format. */
import { formatNumberBy, isFormattable } from '../formatting/formatNumber';
import { numberCulture } from '../formatting/numberCulture';
import { ArgumentError, excerpt, FunctionError } from '../failure';
import { limited } from '../text';
import { anyAt, optionalStringAt, stringAt } from './arguments';
import type { FunctionDefinition } from './definition';

export const formatNumberFunctions: readonly FunctionDefinition[] = [
  {
    name: 'formatNumber',
    category: 'string',
    summary: 'Returns a number as text in a format.',
    parameters: [
      { name: 'number', type: 'number', description: 'The number to format' },
      {
        name: 'format',
        type: 'string',
        description: 'A .NET format: a letter such as C2, N0 or P1, or a pattern such as #,##0.00',
        suggests: 'numberFormat',
      },
      {
        name: 'locale',
        type: 'string',
        description: 'A culture such as de-DE; en-US unless given',
        optional: true,
        suggests: 'culture',
      },
    ],
    returns: 'string',
    examples: [
      { expression: "formatNumber(1234567890, '#,##0.00', 'en-US')", result: '"1,234,567,890.00"' },
      { expression: "formatNumber(17.35, 'C2')", result: '"$17.35"' },
    ],
    evaluate: (args) => {
      const value = anyAt(args, 0);
      if (!isFormattable(value)) throw new ArgumentError(0, 'to be of type integer, float or decimal', value);
      const format = stringAt(args, 1);
      const locale = optionalStringAt(args, 2) ?? 'en-US';
      const culture = numberCulture(locale);
      if (culture === undefined) {
        throw new FunctionError(
          `In function 'formatNumber', the value provided for locale '${excerpt(locale)}' was not valid.`,
          'A locale looks like en-US or fr-FR.',
        );
      }
      const text = formatNumberBy(value, format, culture);
      if (text !== undefined) return limited(text);
      throw new FunctionError(
        `In function 'formatNumber', the value provided for format '${excerpt(format)}' was not valid for this number.`,
        'Use a .NET numeric format such as N2, C0, P1 or #,##0.00; D and X take integers only.',
      );
    },
  },
];
