/** How wide the panel may be: it never takes more than two thirds of the window. */
export const startWidth = 380;

export function clampWidth(width: number, windowWidth: number): number {
  return Math.round(Math.max(300, Math.min(width, (windowWidth * 2) / 3)));
}
