/** Spans of time as .NET's TimeSpan writes them. */
import { MAX_FORMAT } from '../text';
import { DAY, HOUR, MINUTE, SECOND } from './dateTime';

/** The constant format: `[-][d.]hh:mm:ss[.fffffff]`, of a number of ticks of 100 ns. */
export function timeSpanText(ticks: bigint): string {
  const sign = ticks < 0n ? '-' : '';
  const absolute = ticks < 0n ? -ticks : ticks;
  const milliseconds = Number(absolute / 10_000n);
  const fraction = absolute % 10_000_000n;
  const days = Math.floor(milliseconds / DAY);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = [
    two((milliseconds % DAY) / HOUR),
    two((milliseconds % HOUR) / MINUTE),
    two((milliseconds % MINUTE) / SECOND),
  ].join(':');
  return `${sign}${days > 0 ? `${days}.` : ''}${clock}${fraction > 0n ? `.${String(fraction).padStart(7, '0')}` : ''}`;
}

/** Ticks of a time span in the constant format; undefined for another text, and for a span that 64 bits cannot hold. */
export function parseTimeSpan(text: string): bigint | undefined {
  const match = /^(-?)(?:(\d{1,8})(?:\.(?=\d+:)|$))?(?:(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?)?$/.exec(
    text.trim(),
  );
  if (match === null || text.trim() === '' || text.trim() === '-') return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const whole = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const ticks = whole * 10_000_000n + BigInt(fraction.padEnd(7, '0'));
  const signed = sign === '-' ? -ticks : ticks;
  return BigInt.asIntN(64, signed) === signed ? signed : undefined;
}

/** The text of a span by a standard (`c`, `g`, `G`) or custom format (`d`, `h`, `m`, `s`, `f`, `F`); undefined for others. */
export function formatTimeSpan(ticks: bigint, format: string): string | undefined {
  if (format.length > MAX_FORMAT) return undefined;
  if (/^[ctT]?$/.test(format)) return timeSpanText(ticks);
  const absolute = ticks < 0n ? -ticks : ticks;
  const unit = (size: bigint, limit: bigint): number => Number((absolute / (size * 10_000_000n)) % limit);
  const fields: Readonly<Record<string, number>> = {
    d: Number(absolute / 864_000_000_000n),
    h: unit(3_600n, 24n),
    m: unit(60n, 60n),
    s: unit(1n, 60n),
  };
  const fraction = String(absolute % 10_000_000n).padStart(7, '0');
  const pad = (letter: string, length: number): string => String(fields[letter] ?? 0).padStart(length, '0');
  const sign = ticks < 0n ? '-' : '';
  if (format === 'g') {
    const days = (fields['d'] ?? 0) > 0 ? `${pad('d', 1)}:` : '';
    const rest = fraction.replace(/0+$/, '');
    return `${sign}${days}${pad('h', 1)}:${pad('m', 2)}:${pad('s', 2)}${rest === '' ? '' : `.${rest}`}`;
  }
  if (format === 'G') return `${sign}${pad('d', 1)}:${pad('h', 2)}:${pad('m', 2)}:${pad('s', 2)}.${fraction}`;
  let valid = format.length > 1;
  const text = format.replaceAll(/'([^']*)'|\\(.)|%|([dhmsfF])\3*|([\s\S])/g, (run, quoted, escaped, letter) => {
    if (typeof quoted === 'string') return quoted;
    if (typeof escaped === 'string') return escaped;
    if (run === '%') return '';
    if (letter === 'f') return fraction.slice(0, run.length);
    if (letter === 'F') return fraction.slice(0, run.length).replace(/0+$/, '');
    if (typeof letter === 'string') return pad(letter, run.length);
    // Any other letter must be quoted or escaped.
    valid = false;
    return '';
  });
  return valid ? text : undefined;
}
