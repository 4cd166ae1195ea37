/** The real workflows that layout and drawing are tried on; absent on other machines. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const shared = process.env['LOGICAPPS_SHARED'] ?? join(import.meta.dirname, '../../../../shared');
const folder = join(shared, 'corpus');

export const corpusIsHere = existsSync(folder);

/** Every file of the corpus that holds a workflow definition. */
export function corpusWorkflows(): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/])(workflow\.json|workflows[\\/].*\.json|consumption[\\/].*\.json)$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}
