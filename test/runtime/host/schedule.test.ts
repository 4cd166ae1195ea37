import { describe, expect, it } from 'vitest';
import { parseValue } from '../../../language/json/parse';
import { firstOccurrence, nextOccurrence } from '../../../runtime/host/schedule/occurrences';
import { readRecurrence } from '../../../runtime/host/schedule/recurrence';

const read = (recurrence: unknown) => {
  const value = parseValue(JSON.stringify(recurrence));
  return readRecurrence(value.ok ? value.value : undefined);
};

/** The first occurrences of a trigger that is armed at a time. */
function occurrences(recurrence: unknown, armed: string, count: number): string[] {
  const known = read(recurrence);
  if ('problem' in known) throw new Error(known.problem);
  const now = Date.parse(armed);
  const found: string[] = [];
  const anchor = known.startTime ?? now;
  for (let due = firstOccurrence(known, now); due !== undefined && found.length < count;) {
    found.push(new Date(due).toISOString().replace(':00.000Z', 'Z'));
    due = nextOccurrence(known, anchor, due);
  }
  return found;
}

describe('a recurrence', () => {
  it('without a start time fires at once, then by its interval', () => {
    expect(occurrences({ frequency: 'Minute', interval: 15 }, '2024-05-01T10:07Z', 3)).toEqual([
      '2024-05-01T10:07Z',
      '2024-05-01T10:22Z',
      '2024-05-01T10:37Z',
    ]);
  });

  it('with a start time in the past keeps its rhythm and does not make up for what was missed', () => {
    expect(
      occurrences({ frequency: 'Hour', interval: 6, startTime: '2024-05-01T01:30:00Z' }, '2024-05-03T10:00Z', 2),
    ).toEqual(['2024-05-03T13:30Z', '2024-05-03T19:30Z']);
  });

  it('with a start time to come waits for it', () => {
    expect(
      occurrences({ frequency: 'Day', interval: 2, startTime: '2024-05-05T08:00:00Z' }, '2024-05-03T10:00Z', 2),
    ).toEqual(['2024-05-05T08:00Z', '2024-05-07T08:00Z']);
  });

  it('fires at the hours and minutes of its schedule, on its days of the week', () => {
    const schedule = { hours: ['8', '17'], minutes: [0, 30], weekDays: ['Friday', 'Monday'] };
    expect(
      occurrences(
        { frequency: 'Week', interval: 1, startTime: '2024-05-03T00:00:00Z', schedule },
        '2024-05-03T08:10Z',
        6,
      ),
    ).toEqual([
      '2024-05-03T08:30Z',
      '2024-05-03T17:00Z',
      '2024-05-03T17:30Z',
      '2024-05-06T08:00Z',
      '2024-05-06T08:30Z',
      '2024-05-06T17:00Z',
    ]);
  });

  it('keeps the wall clock of its zone over daylight saving', () => {
    const recurrence = {
      frequency: 'Day',
      interval: 1,
      timeZone: 'W. Europe Standard Time',
      startTime: '2024-03-29T09:00:00',
    };
    expect(occurrences(recurrence, '2024-03-29T00:00Z', 3)).toEqual([
      '2024-03-29T08:00Z',
      '2024-03-30T08:00Z',
      '2024-03-31T07:00Z',
    ]);
  });

  it('fires an hour later on the day that has no such time', () => {
    const recurrence = {
      frequency: 'Day',
      interval: 1,
      timeZone: 'W. Europe Standard Time',
      startTime: '2024-03-30T02:30:00',
    };
    expect(occurrences(recurrence, '2024-03-30T00:00Z', 3)).toEqual([
      '2024-03-30T01:30Z',
      '2024-03-31T01:30Z',
      '2024-04-01T00:30Z',
    ]);
  });

  it('knows days of the month from both ends, and the n-th weekday', () => {
    const of = (schedule: unknown) =>
      occurrences(
        { frequency: 'Month', interval: 1, startTime: '2024-01-01T06:00:00Z', schedule },
        '2024-01-01T00:00Z',
        4,
      );
    expect(of({ monthDays: [1, -1] })).toEqual([
      '2024-01-01T06:00Z',
      '2024-01-31T06:00Z',
      '2024-02-01T06:00Z',
      '2024-02-29T06:00Z',
    ]);
    expect(
      of({
        monthlyOccurrences: [
          { day: 'Tuesday', occurrence: 2 },
          { day: 'Friday', occurrence: -1 },
        ],
      }),
    ).toEqual(['2024-01-09T06:00Z', '2024-01-26T06:00Z', '2024-02-13T06:00Z', '2024-02-23T06:00Z']);
  });

  it('by the month stays at the end of a shorter one', () => {
    expect(
      occurrences({ frequency: 'Month', interval: 1, startTime: '2024-01-31T00:00:00Z' }, '2024-01-31T00:00Z', 3),
    ).toEqual(['2024-01-31T00:00Z', '2024-02-29T00:00Z', '2024-03-31T00:00Z']);
  });

  it('ends at its end time', () => {
    expect(
      occurrences({ frequency: 'Hour', interval: 1, endTime: '2024-05-01T11:30:00Z' }, '2024-05-01T10:00Z', 9),
    ).toHaveLength(2);
  });

  it.each([
    [{ frequency: 'Fortnight', interval: 1 }, /frequency/],
    [{ frequency: 'Day', interval: 0 }, /interval/],
    [{ frequency: 'Day', interval: 1, timeZone: 'Middle Earth' }, /Middle Earth/],
    [{ frequency: 'Day', interval: 1, startTime: 'tomorrow' }, /start time/],
  ])('says what is wrong with %j', (recurrence, message) => {
    const known = read(recurrence);
    expect('problem' in known ? known.problem : '').toMatch(message);
  });
});
