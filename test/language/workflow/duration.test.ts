import { describe, expect, it } from 'vitest';
import { durationInWords, durationMilliseconds, parseDuration } from '../../../language/workflow/duration';

describe('durations', () => {
  it.each([
    ['PT20S', '20 seconds'],
    ['P1DT2H', '1 day 2 hours'],
    ['P2W', '14 days'],
    ['PT0.5S', '0.5 seconds'],
    ['PT0S', 'no time'],
    ['P1Y2M3DT4H5M6S', '1 year 2 months 3 days 4 hours 5 minutes 6 seconds'],
  ])('%s is %s', (text, words) => {
    const duration = parseDuration(text);
    expect(duration && durationInWords(duration)).toBe(words);
  });

  it.each(['', 'P', 'PT', '1h', 'P1H', 'PT1D', 'P1DT', '00:01:00', 'pt1s', 'PT1.S'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each([
    ['PT0.5S', 500],
    ['PT1H30M', 5_400_000],
    ['P1W', 604_800_000],
    ['P1Y1M1D', 396 * 86_400_000],
    ['1h', undefined],
  ])('%s lasts %s milliseconds', (text, milliseconds) => {
    expect(durationMilliseconds(text)).toBe(milliseconds);
  });
});
