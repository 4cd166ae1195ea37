/** What end-to-end tests leave behind for people: pictures and measured figures, outside of what git keeps. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export function outputFolder(): string {
  const folder = join(import.meta.dirname, '..', '.output');
  mkdirSync(join(folder, 'images'), { recursive: true });
  mkdirSync(join(folder, 'failures'), { recursive: true });
  return folder;
}

/** Notes a value for the end of `npm test`; the title names the unit. */
export function measure(title: string, value: number): void {
  appendFileSync(join(outputFolder(), 'figures.jsonl'), `${JSON.stringify({ [title]: Math.round(value) })}\n`);
}
