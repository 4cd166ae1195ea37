/** How a culture writes numbers, taken from the platform's Intl data and cached. */
import { currencyOf } from './currencies';

export interface NumberCulture {
  readonly name: string;
  readonly decimal: string;
  readonly group: string;
  /** Sizes of digit groups from the point leftwards; the last one repeats. */
  readonly groupSizes: readonly number[];
  readonly negative: string;
  readonly currencySymbol: string;
  readonly currencyDigits: number;
  readonly currencyDecimal: string;
  readonly currencyGroup: string;
  /** Patterns with `n` for the number, `$` and `%` for the symbols and `-` for the negative sign. */
  readonly currencyPattern: string;
  readonly negativeCurrencyPattern: string;
  readonly percent: string;
  readonly percentPattern: string;
  readonly negativePercentPattern: string;
}

const cache = new Map<string, NumberCulture | undefined>();

/** Finds a culture by a name such as `de-DE` in any case; `''` is the invariant one. Undefined for no known culture. */
export function numberCulture(name: string): NumberCulture | undefined {
  const key = name.toLowerCase();
  if (!cache.has(key)) cache.set(key, load(name));
  return cache.get(key);
}

function load(name: string): NumberCulture | undefined {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(name === '' ? 'en-US' : name);
    if (Intl.NumberFormat.supportedLocalesOf(locale.toString()).length === 0) return undefined;
  } catch {
    return undefined;
  }
  const tag = locale.toString();
  const region = locale.region ?? locale.maximize().region ?? '';
  const currency = name === '' ? undefined : currencyOf(region);
  const invariant = name === '';
  const common = { numberingSystem: 'latn', useGrouping: 'always' } as const;
  const parts = new Intl.NumberFormat(tag, common).formatToParts(SAMPLE);
  const integers = parts.filter((each) => each.type === 'integer').map((each) => each.value.length);
  const money = new Intl.NumberFormat(tag, { ...common, style: 'currency', currency: currency ?? 'XXX' });
  const moneyParts = money.formatToParts(SAMPLE);
  const percent = new Intl.NumberFormat(tag, { ...common, style: 'percent' });
  const decimal = valueOf(parts, 'decimal') ?? '.';
  const group = valueOf(parts, 'group') ?? ',';
  return {
    name,
    decimal,
    group,
    // The group next to the point is the last of the parts, the one before it the size that repeats.
    groupSizes: [integers.at(-1) ?? 3, integers.at(-2) ?? 3],
    negative: valueOf(parts, 'minusSign') ?? '-',
    currencySymbol: currency === undefined ? '¤' : (valueOf(moneyParts, 'currency') ?? '¤'),
    currencyDigits: currency === undefined ? 2 : (money.resolvedOptions().maximumFractionDigits ?? 2),
    currencyDecimal: valueOf(moneyParts, 'decimal') ?? decimal,
    currencyGroup: valueOf(moneyParts, 'group') ?? group,
    currencyPattern: invariant ? '$n' : patternOf(money.formatToParts(1)),
    negativeCurrencyPattern: invariant ? '($n)' : patternOf(money.formatToParts(-1)),
    percent: valueOf(percent.formatToParts(1), 'percentSign') ?? '%',
    percentPattern: invariant ? 'n %' : patternOf(percent.formatToParts(1)),
    negativePercentPattern: invariant ? '-n %' : patternOf(percent.formatToParts(-1)),
  };
}

/** Has a sign, groups and a fraction. */
const SAMPLE = -12345678901.5;

function valueOf(parts: readonly Intl.NumberFormatPart[], type: Intl.NumberFormatPartTypes): string | undefined {
  return parts.find((each) => each.type === type)?.value;
}

/** The order of number and signs, with the blanks between them; marks of writing direction fall away. */
function patternOf(parts: readonly Intl.NumberFormatPart[]): string {
  const marks = parts.map(({ type, value }) => {
    switch (type) {
      case 'minusSign':
        return '-';
      case 'currency':
        return '$';
      case 'percentSign':
        return '%';
      case 'literal':
        return value.replaceAll(/\p{Cf}/gu, '').replaceAll('\u202f', '\u00a0');
      case 'integer':
        return 'n';
      default:
        return '';
    }
  });
  return marks.join('');
}

/** Puts the group separator into a row of digits. */
export function groupDigits(whole: string, culture: NumberCulture): string {
  const [first = 3, next = first] = culture.groupSizes;
  const groups: string[] = [];
  let end = whole.length;
  for (let size = first; end > size; size = next) {
    groups.unshift(whole.slice(end - size, end));
    end -= size;
  }
  return [whole.slice(0, end), ...groups].join(culture.group);
}
