/** The bodies of a case as bytes with their Content-Type. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { stringify } from '../../language/json/stringify';
import type { CaseBody } from './case';
import { ScenarioError } from './fields';

export interface BodyBytes {
  readonly bytes: Uint8Array;
  /** What goes out as Content-Type unless the case says otherwise; undefined for raw bytes. */
  readonly contentType: string | undefined;
}

/** `folder`: where the case's file lies. Rejects with a `ScenarioError` when a file cannot be read. */
export async function bytesOf(body: CaseBody | undefined, folder: string): Promise<BodyBytes | undefined> {
  switch (body?.kind) {
    case undefined:
      return undefined;
    case 'json':
      return { bytes: Buffer.from(stringify(body.value)), contentType: 'application/json; charset=utf-8' };
    case 'text':
      return { bytes: Buffer.from(body.text), contentType: 'text/plain; charset=utf-8' };
    case 'base64':
      return { bytes: Buffer.from(body.base64, 'base64'), contentType: undefined };
    case 'file':
      try {
        return { bytes: await readFile(resolve(folder, body.path)), contentType: typeOfFile(body.path) };
      } catch {
        throw new ScenarioError(`The body file '${body.path}' cannot be read.`);
      }
  }
}

function typeOfFile(path: string): string | undefined {
  const extension = /\.([^.]+)$/.exec(path)?.[1]?.toLowerCase();
  switch (extension) {
    case 'json':
      return 'application/json; charset=utf-8';
    case 'xml':
      return 'application/xml; charset=utf-8';
    case 'txt':
    case 'csv':
      return 'text/plain; charset=utf-8';
    default:
      return undefined;
  }
}
