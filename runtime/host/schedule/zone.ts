/** Wall clocks: from an instant to the time of day in a zone and back. Zones go by their Windows names in workflows. */
import { findIana } from 'windows-iana';

/** A time on a wall clock, without a zone. `month` is 1 to 12. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export class Zone {
  readonly #format: Intl.DateTimeFormat | undefined;

  private constructor(format: Intl.DateTimeFormat | undefined) {
    this.#format = format;
  }

  /** A Windows or IANA name; undefined when there is no such zone. No name means UTC. */
  static of(name: string | undefined): Zone | undefined {
    if (name === undefined || name === '' || /^(utc|etc\/utc|gmt)$/i.test(name)) return new Zone(undefined);
    const iana = findIana(name)[0] ?? name;
    try {
      return new Zone(
        new Intl.DateTimeFormat('en-US', {
          timeZone: iana,
          hourCycle: 'h23',
          year: 'numeric',
          month: 'numeric',
          day: 'numeric',
          hour: 'numeric',
          minute: 'numeric',
          second: 'numeric',
        }),
      );
    } catch {
      return undefined;
    }
  }

  local(time: number): LocalTime {
    if (this.#format === undefined) return ofUtc(time);
    const parts = new Map(this.#format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    return {
      year: part('year'),
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
    };
  }

  /**
   * The instant of a wall-clock time. A time that the clock jumps over counts from before the jump (2:30 becomes 3:30); of one that
   * comes twice the first is meant.
   */
  instant(local: LocalTime): number {
    const naive = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
    const before = naive - this.#offset(naive - 86_400_000);
    const after = naive - this.#offset(naive + 86_400_000);
    if (before === after) return before;
    const isFirst = naive - before === this.#offset(before);
    const isSecond = naive - after === this.#offset(after);
    return isFirst || !isSecond ? before : after;
  }

  /** Milliseconds that the wall clock is ahead of UTC. */
  #offset(time: number): number {
    const { year, month, day, hour, minute, second } = this.local(time);
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
  }
}

function ofUtc(time: number): LocalTime {
  const date = new Date(time);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}
