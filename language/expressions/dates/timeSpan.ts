/** Spans of time as .NET's TimeSpan writes them. */
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
