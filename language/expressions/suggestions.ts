/** Values that an editor may offer for an argument, each with what it makes of an example. */
import { integer } from '../json/value';
import { defaultCulture } from './dates/culture';
import { formatTime } from './dates/format';
import { parseTime } from './dates/parse';
import { formatNumberBy } from './formatting/formatNumber';
import { numberCulture } from './formatting/numberCulture';
import type { Suggested } from './functions/definition';

export interface Suggestion {
  readonly value: string;
  /** An example, or what it stands for. */
  readonly detail: string;
}

const dateTimeFormats = [
  'yyyy-MM-dd',
  'yyyy-MM-ddTHH:mm:ssZ',
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-ddTHH:mm:ss.fffZ',
  'yyyyMMdd',
  'yyyyMMddHHmmss',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'dd.MM.yyyy',
  'HH:mm',
  'HH:mm:ss',
  'hh:mm tt',
  'dddd',
  'MMMM',
  'dddd, MMMM d, yyyy',
  ...'odDfFgGmRstTuUy',
];

/** Each with a number that shows what it does. */
const numberFormats: readonly (readonly [string, number])[] = [
  ['N0', 1234567],
  ['N2', 1234.5],
  ['C2', 1234.5],
  ['F2', 1234.5],
  ['P1', 0.125],
  ['E2', 1234.5],
  ['G', 1234.5],
  ['D5', 42],
  ['X', 255],
  ['0.00', 1234.5],
  ['#,##0.00', 1234.5],
  ['000', 7],
  ['0%', 0.125],
];

const cultures =
  'en-US en-GB de-DE fr-FR es-ES it-IT nl-NL pt-BR pt-PT sv-SE da-DK nb-NO fi-FI pl-PL cs-CZ hu-HU ro-RO el-GR tr-TR ' +
  'uk-UA ru-RU ja-JP ko-KR zh-CN zh-TW hi-IN he-IL ar-SA en-AU en-CA en-IN en-ZA fr-CA de-AT de-CH es-MX';

const guidFormats: readonly Suggestion[] = [
  { value: 'D', detail: '32 digits with hyphens' },
  { value: 'N', detail: '32 digits' },
  { value: 'B', detail: 'with hyphens, in braces' },
  { value: 'P', detail: 'with hyphens, in parentheses' },
  { value: 'X', detail: 'hexadecimal groups' },
];

const known = new Map<Suggested, readonly Suggestion[]>();

/** What to offer for an argument of a kind, likeliest first. Empty for time zones, whose names editors have themselves. */
export function suggestionsFor(kind: Suggested): readonly Suggestion[] {
  let found = known.get(kind);
  if (found === undefined) {
    found = list(kind);
    known.set(kind, found);
  }
  return found;
}

function list(kind: Suggested): readonly Suggestion[] {
  switch (kind) {
    case 'dateTimeFormat': {
      const time = parseTime('2018-03-15T13:27:36.5Z');
      const culture = defaultCulture();
      return dateTimeFormats.map((value) => ({
        value,
        detail: (time === undefined ? undefined : formatTime(time, value, culture)) ?? '',
      }));
    }
    case 'numberFormat': {
      const culture = numberCulture('en-US');
      return numberFormats.map(([value, number]) => {
        const given = Number.isInteger(number) ? integer(BigInt(number)) : number;
        return { value, detail: (culture === undefined ? undefined : formatNumberBy(given, value, culture)) ?? '' };
      });
    }
    case 'culture': {
      const names = new Intl.DisplayNames('en', { type: 'language' });
      return cultures.split(' ').map((value) => ({ value, detail: names.of(value) ?? '' }));
    }
    case 'guidFormat':
      return guidFormats;
    case 'timeZone':
      return [];
  }
}
