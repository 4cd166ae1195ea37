/** format-dateTime() and its kin: pictures such as `[Y0001]-[M01]-[D01]`. Source: "XPath Functions and Operators 3.1", section 9.8. */
import { XsltError } from './failure';

const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** `value`: a date or a time as XML Schema writes it; its own wall clock is shown. Empty for an empty value. */
export function formatDate(value = '', picture = ''): string {
  if (value === '') return '';
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?$/.exec(value.trim());
  if (match === null) throw new XsltError(`'${value}' is no date or time.`);
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = ''] =
    match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const hours = Number(hour);
  return picture.replaceAll(
    /\[\[|\]\]|\[([YMDdFHhPmsfZz])([^\],]*)(?:,[^\]]*)?\]/g,
    (whole, unit: string | undefined, format: string | undefined = '') => {
      switch (unit) {
        case 'Y':
          return format.length === 2 ? year.slice(2) : numeric(Number(year), format);
        case 'M':
          return /^n/i.test(format) ? named(months[date.getUTCMonth()] ?? '', format) : numeric(Number(month), format);
        case 'D':
          return numeric(Number(day), format);
        case 'd':
          return numeric(1 + Math.floor((date.getTime() - Date.UTC(Number(year), 0, 1)) / 86_400_000), format);
        case 'F':
          return /^[01]/.test(format) ? String(date.getUTCDay() || 7) : named(weekdays[date.getUTCDay()] ?? '', format);
        case 'H':
          return numeric(hours, format);
        case 'h':
          return numeric(hours % 12 || 12, format);
        case 'P':
          return format === 'N' ? (hours < 12 ? 'AM' : 'PM') : hours < 12 ? 'am' : 'pm';
        case 'm':
          return numeric(Number(minute), format || '01');
        case 's':
          return numeric(Number(second), format || '01');
        case 'f':
          return fraction.padEnd(format.length || 1, '0').slice(0, format.length || undefined);
        case 'Z':
        case 'z':
          return zone === 'Z' ? (unit === 'z' ? 'GMT' : '+00:00') : zone;
        default:
          return whole.charAt(0);
      }
    },
  );
}

function numeric(value: number, format: string): string {
  return String(value).padStart(/^0*1/.exec(format)?.[0].length ?? 1, '0');
}

/** `Nn` as it is, `N` in capitals, `n` in small letters. */
function named(name: string, format: string): string {
  if (format.startsWith('Nn')) return name;
  return format.startsWith('N') ? name.toUpperCase() : name.toLowerCase();
}
