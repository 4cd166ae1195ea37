/** Header collections as the platform keeps them: an object of strings in the order they came. */
import { isArray, isObject } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { textOf } from '../engine/text';

export type HeaderList = readonly (readonly [string, string])[];

/** A header's value by its name in any case. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  const lower = name.toLowerCase();
  return headers.find(([each]) => each.toLowerCase() === lower)?.[1];
}

/** Evaluated `headers` of an action, with null ones left out; a list becomes one value with commas. */
export function headerList(value: Value | undefined): [string, string][] {
  if (!isObject(value)) return [];
  return [...value].flatMap(([name, each]): [string, string][] => {
    if (each === null) return [];
    return [[name, isArray(each) ? each.map(textOf).join(',') : textOf(each)]];
  });
}

/** Headers as a value; repeated ones are joined with a comma. Names keep their spelling unless `spelling` changes it. */
export function headerObject(headers: HeaderList, spelling: (name: string) => string = (name) => name): ObjectValue {
  const object = new Map<string, Value>();
  const names = new Map<string, string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    let key = names.get(lower);
    if (key === undefined) names.set(lower, (key = spelling(name)));
    const before = object.get(key);
    object.set(key, typeof before === 'string' ? `${before},${value}` : value);
  }
  return object;
}

/** `content-type` as `Content-Type`: the host shows headers in this spelling, whatever came over the wire. */
export function wellKnownSpelling(name: string): string {
  return spellings.get(name) ?? spellings.get(name.toLowerCase()) ?? name;
}

const special: Readonly<Record<string, string>> = {
  etag: 'ETag',
  'www-authenticate': 'WWW-Authenticate',
  'content-md5': 'Content-MD5',
  te: 'TE',
};
const known = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'accept-ranges',
  'age',
  'allow',
  'authorization',
  'cache-control',
  'connection',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-range',
  'content-type',
  'cookie',
  'date',
  'expect',
  'expires',
  'from',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'last-modified',
  'location',
  'max-forwards',
  'origin',
  'pragma',
  'range',
  'referer',
  'retry-after',
  'server',
  'set-cookie',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'vary',
  'via',
  'warning',
]);

/** By lower-case name, and by the spelling itself, in which most headers come. */
const spellings = new Map<string, string>();
for (const name of [...known, ...Object.keys(special)]) {
  const spelling =
    special[name] ??
    name.replace(/(^|-)([a-z])/g, (_match, dash: string, letter: string) => dash + letter.toUpperCase());
  spellings.set(name, spelling).set(spelling, spelling);
}
