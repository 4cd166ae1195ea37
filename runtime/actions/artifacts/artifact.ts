/** Files of a project's `Artifacts` folder, by the names that actions use for them: with or without extension, in any case. */
import { decodeText } from '../../../language/json/content';
import { isObject } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { StepFailure } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';

export type ArtifactFolder = 'Maps' | 'Schemas' | 'Rules';

export interface Artifact {
  /** With its extension. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Rejects with a `StepFailure` that names what is there instead. */
export async function readArtifact(step: ActionStep, folder: ArtifactFolder, name: string): Promise<Artifact> {
  const { files } = step.run.services.ports;
  const path = `Artifacts/${folder}`;
  const names = await files.list(path);
  const wanted = name.toLowerCase();
  const found =
    names.find((each) => each.toLowerCase() === wanted) ??
    names.find((each) => each.replace(/\.[^.]*$/, '').toLowerCase() === wanted);
  const bytes = found === undefined ? undefined : await files.read(`${path}/${found}`);
  if (found === undefined || bytes === undefined) {
    const there = names.length === 0 ? 'the folder holds none' : `there are ${names.join(', ')}`;
    throw new StepFailure(
      'ArtifactNotFound',
      `The artifact '${name}' of action '${step.name}' is not in ${path}; ${there}.`,
    );
  }
  return { name: found, bytes };
}

/** The name in `map` or `schema`, in the form of Standard or of an integration account. */
export function artifactName(inputs: Value, kind: 'map' | 'schema', action: string): string {
  const members = isObject(inputs) ? inputs : new Map<string, Value>();
  const account = members.get('integrationAccount');
  const holder = members.get(kind) ?? (isObject(account) ? account.get(kind) : undefined);
  const name = isObject(holder) ? holder.get('name') : undefined;
  if (typeof name === 'string' && name !== '') return name;
  throw new StepFailure('InvalidTemplate', `The action '${action}' names no ${kind}.`);
}

/** The text of an artifact, in UTF-8 or, when a byte-order mark says so, UTF-16. */
export function artifactText({ bytes }: Artifact): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodeText(bytes.subarray(2), 'text/plain;charset=utf-16le') ?? '';
  if (first === 0xfe && second === 0xff) return decodeText(bytes.subarray(2), 'text/plain;charset=utf-16be') ?? '';
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}
