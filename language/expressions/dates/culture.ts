/** Names and patterns of a culture, taken from the platform's Intl data and cached. */

export interface Culture {
  readonly name: string;
  readonly months: readonly string[];
  readonly shortMonths: readonly string[];
  /** Month names as they stand beside a day; they differ in Slavic languages. */
  readonly genitiveMonths: readonly string[];
  readonly shortGenitiveMonths: readonly string[];
  /** From Sunday. */
  readonly weekdays: readonly string[];
  readonly shortWeekdays: readonly string[];
  readonly am: string;
  readonly pm: string;
  /** .NET custom formats of the standard ones. */
  readonly shortDate: string;
  readonly longDate: string;
  readonly shortTime: string;
  readonly longTime: string;
  readonly monthDay: string;
  readonly yearMonth: string;
  readonly dateSeparator: string;
  readonly timeSeparator: string;
}

const cache = new Map<string, Culture | undefined>();

/** .NET's invariant culture reads and writes dates much as en-US does. */
const invariant = { shortDate: 'MM/dd/yyyy', longDate: 'dddd, dd MMMM yyyy', shortTime: 'HH:mm', longTime: 'HH:mm:ss' };

/** Finds a culture by a name such as `fr-FR` in any case; `''` is the invariant culture. Undefined for no known culture. */
export function culture(name: string): Culture | undefined {
  const key = name.toLowerCase();
  if (!cache.has(key)) cache.set(key, load(name));
  return cache.get(key);
}

/** The culture used when none is named. */
export function defaultCulture(): Culture {
  const found = culture('en-US');
  if (found === undefined) throw new Error('Intl has no data for en-US');
  return found;
}

function isCultureName(name: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(name).length > 0;
  } catch {
    return false;
  }
}

function load(name: string): Culture | undefined {
  if (name !== '' && !isCultureName(name)) return undefined;
  const locale = name === '' ? 'en-US' : name;
  const intl = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' });
  const part = (options: Intl.DateTimeFormatOptions, time: number, type: Intl.DateTimeFormatPartTypes): string =>
    intl(options)
      .formatToParts(time)
      .find((each) => each.type === type)?.value ?? '';
  /** Where Intl writes a number beside a day, the name that stands alone serves there too. */
  const besideDay = (month: 'long' | 'short', time: number): string => {
    const name = part({ month, day: 'numeric' }, time, 'month');
    return /^\d+$/.test(name) ? intl({ month }).format(time) : name;
  };
  const monthTimes = Array.from({ length: 12 }, (_, month) => Date.UTC(2023, month, 15));
  // 2023-01-01 was a Sunday.
  const dayTimes = Array.from({ length: 7 }, (_, day) => Date.UTC(2023, 0, 1 + day));
  const shortDate = pattern(intl({ dateStyle: 'short' }));
  const shortTime = pattern(intl({ timeStyle: 'short' }));
  return {
    name,
    months: monthTimes.map((time) => intl({ month: 'long' }).format(time)),
    shortMonths: monthTimes.map((time) => intl({ month: 'short' }).format(time)),
    genitiveMonths: monthTimes.map((time) => besideDay('long', time)),
    shortGenitiveMonths: monthTimes.map((time) => besideDay('short', time)),
    weekdays: dayTimes.map((time) => part({ weekday: 'long' }, time, 'weekday')),
    shortWeekdays: dayTimes.map((time) => part({ weekday: 'short' }, time, 'weekday')),
    am: part({ hour: 'numeric', hour12: true }, Date.UTC(2023, 0, 1, 9), 'dayPeriod') || 'AM',
    pm: part({ hour: 'numeric', hour12: true }, Date.UTC(2023, 0, 1, 21), 'dayPeriod') || 'PM',
    shortDate: shortDate.replace(/y+/, 'yyyy'),
    longDate: pattern(intl({ dateStyle: 'full' })),
    shortTime,
    longTime: pattern(intl({ timeStyle: 'medium' })),
    monthDay: pattern(intl({ month: 'long', day: 'numeric' })),
    yearMonth: pattern(intl({ month: 'long', year: 'numeric' })),
    dateSeparator: /[^\p{L}\p{Cf}\s']/u.exec(shortDate)?.[0] ?? '/',
    timeSeparator: /[^\p{L}\p{Cf}\s']/u.exec(shortTime)?.[0] ?? ':',
    ...(name === '' ? invariant : undefined),
  };
}

/** The .NET custom format that writes what an Intl format writes, read off a sample whose parts cannot be confused. */
function pattern(format: Intl.DateTimeFormat): string {
  const sample = Date.UTC(2023, 2, 5, 9, 7, 8);
  const afternoon = format.formatToParts(Date.UTC(2023, 2, 5, 21, 7, 8)).find((each) => each.type === 'hour')?.value;
  const twelve = afternoon === '9' || afternoon === '09';
  return format
    .formatToParts(sample)
    .map(({ type, value }) => {
      switch (type) {
        case 'year':
          return value.length === 2 ? 'yy' : 'yyyy';
        case 'month':
          return /^\d+$/.test(value) ? (value.length === 2 ? 'MM' : 'M') : 'MMMM';
        case 'day':
          return value.length === 2 ? 'dd' : 'd';
        case 'weekday':
          return 'dddd';
        case 'hour':
          return (twelve ? 'h' : 'H').repeat(value.length);
        case 'minute':
          return 'mm';
        case 'second':
          return 'ss';
        case 'dayPeriod':
          return 'tt';
        default:
          return quoted(value.replaceAll('\u202f', ' '));
      }
    })
    .join('');
}

/** Literal text of a pattern: letters are quoted, because they would be read as fields. */
function quoted(text: string): string {
  return text.replace(/\p{L}+/gu, "'$&'");
}
