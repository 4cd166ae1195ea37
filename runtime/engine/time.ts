/** Instants as the platform writes them. */

/** ISO 8601 in UTC with seven digits, such as `2026-01-31T08:00:00.1230000Z`. `time` is in milliseconds since 1970. */
export function timestamp(time: number): string {
  const whole = Math.floor(time);
  const ticks = Math.min(9999, Math.round((time - whole) * 10_000));
  return `${new Date(whole).toISOString().slice(0, -1)}${String(ticks).padStart(4, '0')}Z`;
}
