import { describe, expect, it } from 'vitest';
import { parseValue } from '../../../language/json/parse';
import { firstOccurrence, nextOccurrence, upcoming } from '../../../language/workflow/occurrences';
import { readRecurrence } from '../../../language/workflow/recurrence';
import type { Recurrence } from '../../../language/workflow/recurrence';
import { describeRecurrence } from '../../../language/workflow/recurrenceInWords';

const valueOf = (recurrence: unknown) => {
  const value = parseValue(JSON.stringify(recurrence));
  if (!value.ok) throw new Error(value.message);
  return value.value;
};

function known(recurrence: unknown): Recurrence {
  const read = readRecurrence(valueOf(recurrence));
  if ('problem' in read) throw new Error(read.problem);
  return read;
}

/** The first occurrences of a trigger that is armed at a time, to the minute. */
function occurrences(recurrence: unknown, armed: string, count: number): string[] {
  return upcoming(known(recurrence), Date.parse(armed), count).map((time) => new Date(time).toISOString().slice(0, 16));
}

describe('a recurrence without a schedule', () => {
  it('and without a start time fires at once, then by its interval', () => {
    expect(occurrences({ frequency: 'Minute', interval: 15 }, '2024-05-01T10:07Z', 3)).toEqual([
      '2024-05-01T10:07',
      '2024-05-01T10:22',
      '2024-05-01T10:37',
    ]);
  });

  // The example "past start time and recurrence but no schedule" of Microsoft's page.
  it.each(['2017-09-07T14:00:00Z', '2017-09-05T14:00:00Z', '2017-09-01T14:00:00Z'])(
    'that began in the past (%s) keeps its rhythm and makes up for nothing',
    (startTime) => {
      expect(occurrences({ frequency: 'Day', interval: 2, startTime }, '2017-09-08T13:00Z', 3)).toEqual([
        '2017-09-09T14:00',
        '2017-09-11T14:00',
        '2017-09-13T14:00',
      ]);
    },
  );

  it('that begins now fires now', () => {
    const recurrence = { frequency: 'Hour', interval: 6, startTime: '2024-05-03T10:00:00Z' };
    expect(occurrences(recurrence, '2024-05-03T10:00Z', 2)).toEqual(['2024-05-03T10:00', '2024-05-03T16:00']);
  });

  it('with a start time to come waits for it', () => {
    const recurrence = { frequency: 'Day', interval: 2, startTime: '2024-05-05T08:00:00Z' };
    expect(occurrences(recurrence, '2024-05-03T10:00Z', 2)).toEqual(['2024-05-05T08:00', '2024-05-07T08:00']);
  });

  it('by the month takes the last day of a shorter one', () => {
    const recurrence = { frequency: 'Month', interval: 1, startTime: '2024-01-31T00:00:00Z' };
    expect(occurrences(recurrence, '2024-01-31T00:00Z', 3)).toEqual([
      '2024-01-31T00:00',
      '2024-02-29T00:00',
      '2024-03-31T00:00',
    ]);
  });

  it('ends at its end time', () => {
    const recurrence = { frequency: 'Hour', interval: 1, endTime: '2024-05-01T11:30:00Z' };
    expect(occurrences(recurrence, '2024-05-01T10:00Z', 9)).toHaveLength(2);
  });

  it('finds its place years after it began', () => {
    const recurrence = known({ frequency: 'Second', interval: 7, startTime: '1999-12-31T00:00:00Z' });
    const now = Date.parse('2024-05-01T00:00:00Z');
    const due = nextOccurrence(recurrence, recurrence.startTime ?? 0, now) ?? 0;
    expect(due - now).toBeLessThanOrEqual(7000);
    expect((due - (recurrence.startTime ?? 0)) % 7000).toBe(0);
  });
});

describe('a recurrence with a schedule', () => {
  it('fires at each of its hours and minutes, on its days of the week', () => {
    const schedule = { hours: ['8', '17'], minutes: [0, 30], weekDays: ['friday', 'Monday'] };
    const recurrence = { frequency: 'Week', interval: 1, startTime: '2024-05-03T00:00:00Z', schedule };
    expect(occurrences(recurrence, '2024-05-03T08:10Z', 6)).toEqual([
      '2024-05-03T08:30',
      '2024-05-03T17:00',
      '2024-05-03T17:30',
      '2024-05-06T08:00',
      '2024-05-06T08:30',
      '2024-05-06T17:00',
    ]);
  });

  it('does not fire before its start time', () => {
    const schedule = { hours: [10, 12, 14], minutes: [30], weekDays: ['Monday'] };
    const timeZone = 'Pacific Standard Time';
    const recurrence = { frequency: 'Week', interval: 1, startTime: '2020-09-18T08:00:00', timeZone, schedule };
    // Microsoft's example: the first run is on Monday at 10:30 Pacific time.
    expect(occurrences(recurrence, '2020-09-04T00:00Z', 4)).toEqual([
      '2020-09-21T17:30',
      '2020-09-21T19:30',
      '2020-09-21T21:30',
      '2020-09-28T17:30',
    ]);
  });

  it('without a start time fires at once, then by the schedule', () => {
    const recurrence = { frequency: 'Day', interval: 1, schedule: { hours: [8], minutes: [30] } };
    expect(occurrences(recurrence, '2024-05-01T10:07Z', 3)).toEqual([
      '2024-05-01T10:07',
      '2024-05-02T08:30',
      '2024-05-03T08:30',
    ]);
  });

  it('takes the minutes it does not name from the first run', () => {
    const schedule = { hours: [8], weekDays: ['Tuesday', 'Thursday'] };
    expect(occurrences({ frequency: 'Week', interval: 1, schedule }, '2024-05-01T10:07Z', 3)).toEqual([
      '2024-05-01T10:07',
      '2024-05-02T08:07',
      '2024-05-07T08:07',
    ]);
  });

  it('every second week leaves the weeks between out', () => {
    const schedule = { hours: [6], minutes: [0], weekDays: ['Monday'] };
    const recurrence = { frequency: 'Week', interval: 2, startTime: '2024-05-01T00:00:00Z', schedule };
    expect(occurrences(recurrence, '2024-05-01T00:00Z', 2)).toEqual(['2024-05-13T06:00', '2024-05-27T06:00']);
  });

  it('of minutes fires within each hour', () => {
    const recurrence = {
      frequency: 'Hour',
      interval: 2,
      startTime: '2024-05-01T09:10:00Z',
      schedule: { minutes: [0, 30] },
    };
    expect(occurrences(recurrence, '2024-05-01T00:00Z', 3)).toEqual([
      '2024-05-01T09:30',
      '2024-05-01T11:00',
      '2024-05-01T11:30',
    ]);
  });

  it.each([
    ['days from both ends', { monthDays: [1, -1] }, ['01-01', '01-31', '02-01', '02-29']],
    ['only the months that have a 31st', { monthDays: [31] }, ['01-31', '03-31', '05-31', '07-31']],
    ['the first and the last Friday', friday(1, -1), ['01-05', '01-26', '02-02', '02-23']],
    ['the third Friday from the end', friday(-3), ['01-12', '02-09', '03-15', '04-12']],
    ['fifth Fridays, where there are some', friday(5), ['03-29', '05-31', '08-30', '11-29']],
    ['each Friday', { monthlyOccurrences: [{ day: 'Friday' }] }, ['01-05', '01-12', '01-19', '01-26']],
    ['a day that is named twice, once', { monthDays: [31, -1] }, ['01-31', '02-29', '03-31', '04-30']],
  ])('knows %s of a month', (_, schedule, days) => {
    const recurrence = { frequency: 'Month', interval: 1, startTime: '2024-01-01T06:00:00Z', schedule };
    expect(occurrences(recurrence, '2024-01-01T00:00Z', 4)).toEqual(days.map((day) => `2024-${day}T06:00`));
  });

  it('that never comes is given up', () => {
    const recurrence = known({
      frequency: 'Month',
      interval: 12,
      startTime: '2024-02-01T00:00:00Z',
      schedule: { monthDays: [31] },
    });
    expect(firstOccurrence(recurrence, Date.parse('2024-01-01T00:00Z'))).toBeUndefined();
  });
});

function friday(...occurrences: readonly number[]): unknown {
  return { monthlyOccurrences: occurrences.map((occurrence) => ({ day: 'Friday', occurrence })) };
}

describe('a recurrence in a time zone', () => {
  const central = { frequency: 'Day', interval: 1, timeZone: 'Central Standard Time' };

  // Microsoft's simulation of 2019 for two workflows in the zone of Chicago.
  it.each([
    ['2019-03-09T01:30:00', ['2019-03-09T07:30', '2019-03-10T07:30', '2019-03-11T06:30']],
    ['2019-03-09T02:30:00', ['2019-03-09T08:30', '2019-03-10T08:30', '2019-03-11T07:30']],
    ['2019-11-02T01:30:00', ['2019-11-02T06:30', '2019-11-03T06:30', '2019-11-04T07:30']],
    ['2019-11-02T02:30:00', ['2019-11-02T07:30', '2019-11-03T08:30', '2019-11-04T08:30']],
  ])('keeps the wall clock of %s over daylight saving', (startTime, times) => {
    expect(occurrences({ ...central, startTime }, '2019-01-01T00:00Z', 3)).toEqual(times);
  });

  it('takes a start time with Z as it is', () => {
    expect(occurrences({ ...central, startTime: '2019-01-05T06:00:00Z' }, '2019-01-01T00:00Z', 1)).toEqual([
      '2019-01-05T06:00',
    ]);
  });

  it('reads IANA names too', () => {
    const recurrence = { ...central, timeZone: 'Asia/Kolkata', startTime: '2024-01-01T00:00:00' };
    expect(occurrences(recurrence, '2023-01-01T00:00Z', 1)).toEqual(['2023-12-31T18:30']);
  });
});

describe('a recurrence that cannot be', () => {
  it.each([
    [{ frequency: 'Fortnight', interval: 1 }, 'frequency', /Second, Minute/],
    [{ frequency: 'Day', interval: 0 }, 'interval', /from 1/],
    [{ frequency: 'Month', interval: 17 }, 'interval', /at most 16/],
    [{ frequency: 'Day', interval: 1, timeZone: 'Middle Earth' }, 'timeZone', /Middle Earth/],
    [{ frequency: 'Day', interval: 1, startTime: 'tomorrow' }, 'startTime', /2024-05-01T08:00:00Z/],
    [{ frequency: 'Day', interval: 1, schedule: { hours: [24] } }, 'schedule/hours', /0 to 23/],
    [{ frequency: 'Day', interval: 1, schedule: { weekDays: ['Monday'] } }, 'schedule/weekDays', /Week/],
    [{ frequency: 'Week', interval: 1, schedule: { weekDays: ['Mon'] } }, 'schedule/weekDays', /Monday/],
    [{ frequency: 'Week', interval: 1, schedule: { monthDays: [1] } }, 'schedule/monthDays', /Month/],
    [{ frequency: 'Month', interval: 1, schedule: { monthDays: [0] } }, 'schedule/monthDays', /-31/],
  ])('says what would be right: %j', (recurrence, path, message) => {
    const read = readRecurrence(valueOf(recurrence));
    expect('problem' in read && read.path.join('/')).toBe(path);
    expect('problem' in read && read.problem).toMatch(message);
  });
});

describe('a recurrence in words', () => {
  it.each([
    [{ frequency: 'Minute', interval: 15 }, 'every 15 minutes'],
    [{ frequency: 'day', interval: 1, startTime: '2024-05-01T08:00:00Z' }, 'every day, from 2024-05-01T08:00:00Z'],
    [
      {
        frequency: 'Week',
        interval: 2,
        timeZone: 'W. Europe Standard Time',
        schedule: { weekDays: ['Friday', 'monday'], hours: ['8', '17'], minutes: [0, 30] },
      },
      'every 2 weeks on Monday and Friday at 08:00, 08:30, 17:00 and 17:30 (W. Europe Standard Time)',
    ],
    [
      { frequency: 'Day', interval: 1, schedule: { hours: [8, 9, 10, 11], minutes: [0, 30] } },
      'every day at minutes 0 and 30 of the hours 8 to 11',
    ],
    [
      { frequency: 'Day', interval: 1, schedule: { hours: [6] } },
      "every day at 6 o'clock plus the minutes of its start",
    ],
    [{ frequency: 'Hour', interval: 1, schedule: { minutes: [15] } }, 'every hour at minute 15'],
    [
      {
        frequency: 'Month',
        interval: 1,
        schedule: { monthDays: [1, -1], monthlyOccurrences: [{ day: 'friday', occurrence: 2 }] },
      },
      'every month on day 1, the last day and the second Friday',
    ],
    [{ frequency: 'Minute', interval: "@parameters('every')" }, "every @parameters('every') minutes"],
  ])('%j', (recurrence, words) => {
    expect(describeRecurrence(valueOf(recurrence))).toBe(words);
  });

  it('says nothing of what does not say how often', () => {
    expect(describeRecurrence(valueOf({ interval: 1 }))).toBeUndefined();
  });
});
