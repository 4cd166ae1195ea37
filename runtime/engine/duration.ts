/** ISO 8601 durations as settings hold them: `PT1H30M`, `P1DT12H`, `PT0.5S`. */

const form = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A month and a year count as .NET's XmlConvert.ToTimeSpan counts them. */
const scale = [365 * DAY, 30 * DAY, 7 * DAY, DAY, HOUR, MINUTE, SECOND];

/** Milliseconds of a duration; undefined when the text is none. */
export function durationMilliseconds(text: string): number | undefined {
  const match = form.exec(text.trim());
  if (match === null || /^PT?$/i.test(text.trim())) return undefined;
  return scale.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0);
}
