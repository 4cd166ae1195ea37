/** Instants as the platform writes them. */

/** Most instants that are written one after the other lie in one millisecond. */
let lastWhole = Number.NaN;
let lastText = '';

/** ISO 8601 in UTC with seven digits, such as `2026-01-31T08:00:00.1230000Z`. `time` is in milliseconds since 1970. */
export function timestamp(time: number): string {
  const whole = Math.floor(time);
  if (whole !== lastWhole) {
    lastText = new Date(whole).toISOString().slice(0, -1);
    lastWhole = whole;
  }
  const ticks = time === whole ? 0 : Math.min(9999, Math.round((time - whole) * 10_000));
  return `${lastText}${ticks === 0 ? '0000' : String(ticks).padStart(4, '0')}Z`;
}
