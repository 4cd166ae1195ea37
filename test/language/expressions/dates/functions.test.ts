import { describe, expect, it } from 'vitest';
import { evaluateText } from '../evaluateText';

describe('times are read as .NET reads them', () => {
  it.each([
    ["formatDateTime('2018-03-15T13:27:36+02:00')", '2018-03-15T11:27:36.0000000Z'],
    ["formatDateTime('Thu, 15 Mar 2018 13:27:36 GMT', 'o')", '2018-03-15T13:27:36.0000000Z'],
    ["formatDateTime('March 15, 2018 1:05 PM', 's')", '2018-03-15T13:05:00'],
    ["formatDateTime('15 Mar 2018', 's')", '2018-03-15T00:00:00'],
    ["formatDateTime('3/5/18 12:00 AM', 's')", '2018-03-05T00:00:00'],
    ["formatDateTime('2018/03/15', 's')", '2018-03-15T00:00:00'],
    ["formatDateTime('2018-03-15T13:27:36.1234567Z', 'fffffff')", '1234567'],
    ["formatDateTime('2024-02-29', 'yyyy-MM-dd')", '2024-02-29'],
    ["formatDateTime('Thursday, March 15, 2018', 's')", '2018-03-15T00:00:00'],
    ["formatDateTime('2018-03-15 13:27:36 PM', 's')", '2018-03-15T13:27:36'],
    ["formatDateTime('2018-03-15T13:27:36-0530', 'u')", '2018-03-15 18:57:36Z'],
    ["formatDateTime('2018-03-15T13:27:36.12345678Z', 'fffffff')", '1234568'],
    ["parseDateTime('15.03.2018', 'de-DE')", '2018-03-15T00:00:00.0000000'],
    ["parseDateTime('15. März 2018', 'de-DE')", '2018-03-15T00:00:00.0000000'],
    ["parseDateTime('15 März 2018', 'de-DE', 'd MMM yyyy')", '2018-03-15T00:00:00.0000000'],
    ["parseDateTime('15 marca 2018', 'pl-PL', 'd MMMM yyyy')", '2018-03-15T00:00:00.0000000'],
    ["parseDateTime('15/03/2018 5:06 PM', 'en-GB')", '2018-03-15T17:06:00.0000000'],
    ["parseDateTime('18-03-05', 'sv-SE')", '2018-03-05T00:00:00.0000000'],
    ["parseDateTime('jeudi 15 mars 2018', 'fr-FR')", '2018-03-15T00:00:00.0000000'],
    ["parseDateTime('2018年3月15日 13時27分', 'ja-JP')", '2018-03-15T13:27:00.0000000'],
    ["parseDateTime('jeudi 15 mars 2018', 'fr-FR', 'D')", '2018-03-15T00:00:00.0000000'],
    ["parseDateTime('March 2018', 'en-US', 'Y')", '2018-03-01T00:00:00.0000000'],
    ["parseDateTime('2018-03-15 12:05', 'en-US', 'yyyy-MM-dd h:mm')", '2018-03-15T00:05:00.0000000'],
    ["parseDateTime('2018-03-15T13:27:36.0000000+02:00', 'de-DE', 'o')", '2018-03-15T11:27:36.0000000Z'],
    ["parseDateTime('2018-03-15 01:02 PM', 'en-US', 'yyyy-MM-dd hh:mm tt')", '2018-03-15T13:02:00.0000000'],
  ])('%s', (expression, text) => {
    expect(evaluateText(expression)).toBe(text);
  });

  it.each([
    "addDays('2023-02-29', 1)",
    "addDays('9999-12-31', 1)",
    "formatDateTime('x')",
    "formatDateTime('Friday, March 15, 2018')",
    "formatDateTime('13:00 AM')",
    "parseDateTime('13:05', 'en-US', 'h:mm')",
    "parseDateTime('13:05 AM', 'en-US', 'H:mm tt')",
    "parseDateTime('Fri 15 Mar 2018', 'en-US', 'ddd dd MMM yyyy')",
    "formatDateTime('2018-01-01', 'yyyy''')",
  ])('%s fails', (expression) => {
    expect(evaluateText(expression)).toMatch(/^failed: /);
  });
});

describe('times are written as .NET writes them', () => {
  it.each([
    ["formatDateTime('2018-03-15T09:07:05Z', '%h')", '9'],
    ["formatDateTime('2018-03-15T09:07:05Z', 'H:m:s')", '9:7:5'],
    ["formatDateTime('2018-03-15T09:07:05Z', 'yyyy-MM-ddTHH:mm:ssK')", '2018-03-15T09:07:05Z'],
    ["formatDateTime('2018-03-15', 'yyyyK')", '2018'],
    ["formatDateTime('2018-03-15', 'yyyy ''o\\''clock''')", "2018 o'clock"],
    ["formatDateTime('2018-03-15', 'D', 'ru-RU')", 'четверг, 15 марта 2018 г.'],
    ["formatDateTime('2018-03-15', 'Y', 'ru-RU')", 'март 2018 г.'],
    ["formatDateTime('2018-03-15T13:27:36Z', 'HH:mm', 'fi-FI')", '13.27'],
    ["formatDateTime('2018-03-15T09:07:05Z', 'ss.FFFFFFF')", '05'],
    ["formatDateTime('2018-03-15', 'D', 'de-DE')", 'Donnerstag, 15. März 2018'],
    ["formatDateTime('2018-03-15', 'd', 'de-DE')", '15.03.2018'],
    ["formatDateTime('2018-03-15', 'MMM', 'de-DE')", 'Mär'],
    ["formatDateTime('2018-03-15', 'd MMM', 'de-DE')", '15 März'],
    ["formatDateTime('2018-03-15', 'dddd MMM', 'de-DE')", 'Donnerstag Mär'],
    ["formatDateTime('2018-03-15', 'd MMM', 'cs-CZ')", '15 bře'],
    ["formatDateTime('2018-03-15', 'MMMM', 'ja-JP')", '3月'],
    ["formatDateTime('2018-03-15', 'MMMM', 'zh-CN')", '三月'],
    ["formatDateTime('2018-03-15', 'm', 'ko-KR')", '3월 15일'],
    ["formatDateTime('2018-03-15', 'M')", 'March 15'],
    ["formatDateTime('2018-03-15T00:00:00', 'g')", '3/15/2018 12:00 AM'],
    ["formatTimeSpan('10:30:15', 'g')", '10:30:15'],
  ])('%s', (expression, text) => {
    expect(evaluateText(expression)).toBe(text);
  });
});

describe('time zones', () => {
  it.each([
    ["convertFromUtc('2024-03-31T00:59:59Z', 'W. Europe Standard Time', 'HH:mm:ss')", '01:59:59'],
    ["convertFromUtc('2024-03-31T01:00:00Z', 'Europe/Berlin', 'HH:mm:ss')", '03:00:00'],
    ["convertToUtc('2024-10-27T02:30:00', 'W. Europe Standard Time')", '2024-10-27T01:30:00.0000000Z'],
    ["convertTimeZone('2024-07-01T12:00:00', 'Eastern Standard Time', 'UTC')", '2024-07-01T16:00:00.0000000Z'],
    ["convertFromUtc('2024-01-01T00:00:00Z', 'W Europe Standard Time', 's')", '2024-01-01T01:00:00'],
    ["convertFromUtc('2024-01-01T00:00:00Z', 'Kamchatka Standard Time', 's')", '2024-01-01T12:00:00'],
    ["convertFromUtc('2024-01-01T00:00:00Z', 'Mid-Atlantic Standard Time', 's')", '2023-12-31T22:00:00'],
    ["convertTimeZone('0001-01-01', 'UTC', 'Pacific Standard Time')", '0001-01-01T00:00:00.0000000'],
    ["convertTimeZone('9999-12-31T23:00:00', 'UTC', 'Tokyo Standard Time', 's')", '9999-12-31T23:59:59'],
    ["convertFromUtc('2024-01-01T00:00:00Z', 'pacific standard time', 's')", '2023-12-31T16:00:00'],
  ])('%s', (expression, text) => {
    expect(evaluateText(expression)).toBe(text);
  });

  it('names the hour that summer time skips', () => {
    expect(evaluateText("convertToUtc('2024-03-31T02:30:00', 'W. Europe Standard Time')")).toContain('skips that hour');
  });
});
