/** The real workflows that layout and drawing are tried on; absent on other machines. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const shared = process.env['LOGICAPPS_SHARED'] ?? join(import.meta.dirname, '../../../../shared');
export const corpusFolder = join(shared, 'corpus');

export const corpusIsHere = existsSync(corpusFolder);

/** Every file of the corpus that holds a workflow definition. */
export function corpusWorkflows(): { file: string; text: string }[] {
  return readdirSync(corpusFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/])(workflow\.json|workflows[\\/].*\.json|consumption[\\/].*\.json)$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(corpusFolder, file), 'utf8') }));
}
