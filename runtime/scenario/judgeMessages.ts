/** Judges what went over the wire: the caller's answer, and the calls that the workflow made. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseValue } from '../../language/json/parse';
import { isArray, isObject } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import type { OutgoingResponse } from '../engine/contract';
import { numberOf } from '../engine/numbers';
import { headerOf } from '../transforms/headers';
import type { HeaderList } from '../transforms/headers';
import { ScenarioError } from './fields';
import { mismatches, oneOf } from './match';
import type { Mismatch } from './match';
import type { SeenRequest } from './observation';

export function judgeCounts(expected: Value, requests: readonly SeenRequest[]): Mismatch[] {
  if (!isObject(expected)) return [];
  return [...expected].flatMap(([name, count]) =>
    mismatches(`requestCounts.${name}`, count, requests.filter(({ action }) => action === name).length),
  );
}

export function judgeConcurrent(expected: Value, concurrent: number): Mismatch[] {
  if (!isObject(expected)) return [];
  const atMost = numberOf(expected.get('atMost')) ?? Infinity;
  const atLeast = numberOf(expected.get('atLeast')) ?? 0;
  const message = `${concurrent} calls were under way at once`;
  return concurrent > atMost || concurrent < atLeast ? [{ path: 'concurrentRequests', message }] : [];
}

function textOfBytes(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}

function jsonOfBytes(bytes: Uint8Array | undefined): Value | undefined {
  const parsed = parseValue(textOfBytes(bytes));
  return parsed.ok ? parsed.value : undefined;
}

export function judgeResponse(
  path: string,
  expected: Value,
  response: OutgoingResponse | undefined,
  folder: string,
): Mismatch[] {
  if (!isObject(expected)) return [];
  if (response === undefined) {
    return expected.get('onlyWhen') === 'http-trigger' ? [] : [{ path, message: 'the caller got no answer' }];
  }
  return [...expected].flatMap(([name, value]): Mismatch[] => {
    switch (name) {
      case 'status':
        return oneOf(`${path}.status`, value, response.statusCode);
      case 'body':
        return mismatches(`${path}.body`, value, jsonOfBytes(response.body), true);
      case 'bodyText':
        return mismatches(`${path}.bodyText`, value, textOfBytes(response.body));
      case 'bodyTextFile':
        return mismatches(`${path}.bodyText`, fileText(folder, value), textOfBytes(response.body));
      case 'bodyXmlFile':
        return mismatches(`${path}.body`, sameXml(fileText(folder, value)), sameXml(textOfBytes(response.body)));
      default:
        return judgeMessage(path, name, value, response.headers);
    }
  });
}

/** Reads a file that a case names. Throws a `ScenarioError` when it cannot be read. */
function fileText(folder: string, name: Value): string {
  const file = typeof name === 'string' ? name : '';
  try {
    return readFileSync(resolve(folder, file), 'utf8');
  } catch {
    throw new ScenarioError(`The file '${file}' cannot be read.`);
  }
}

/** XML in one form: without declaration, comments and space between tags, attributes in order of their names. */
function sameXml(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, '')
    .replace(/>\s+</g, '><')
    .replace(
      /<([^\s/>!]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))+)\s*(\/?)>/g,
      (_all, name: string, attributes: string, close: string) => {
        const parts = attributes.match(/[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*')/g) ?? [];
        const sorted = parts.map((part) => part.replace(/\s*=\s*/, '=').replace(/'([^"']*)'$/, '"$1"')).sort();
        return `<${name} ${sorted.join(' ')}${close}>`;
      },
    )
    .replace(/<([^\s/>!]+)((?:\s[^<>]*)?)><\/\1>/g, '<$1$2/>')
    .replace(/\s+\/>/g, '/>')
    .trim();
}

/** What responses and requests have in common. */
function judgeMessage(path: string, name: string, value: Value, headers: HeaderList): Mismatch[] {
  switch (name) {
    case 'headers':
      return isObject(value)
        ? [...value].flatMap(([header, wanted]) =>
            mismatches(`${path}.headers.${header}`, wanted, headerOf(headers, header)),
          )
        : [];
    case 'headersAbsent':
      return isArray(value)
        ? value.flatMap((header) =>
            typeof header === 'string' && headerOf(headers, header) !== undefined
              ? [{ path: `${path}.headers.${header}`, message: 'must be absent' }]
              : [],
          )
        : [];
    case 'headersPrefixPresent':
    case 'headersPrefixAbsent': {
      const prefixes = (isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
      return prefixes.flatMap((prefix) => {
        const present = headers.some(([header]) => header.toLowerCase().startsWith(prefix.toLowerCase()));
        const fine = name === 'headersPrefixPresent' ? present : !present;
        return fine
          ? []
          : [{ path: `${path}.headers`, message: `names with '${prefix}' are ${present ? 'present' : 'absent'}` }];
      });
    }
    case 'contentType':
      return mismatches(`${path}.contentType`, value, headerOf(headers, 'content-type'));
    default:
      return [];
  }
}

export function judgeSeen(path: string, expected: Value, requests: readonly SeenRequest[]): Mismatch[] {
  if (!isObject(expected)) return [];
  const judged = requests.map((request) => judgeRequest(path, expected, request));
  const fitting = judged.filter((found) => found.length === 0).length;
  const count = numberOf(expected.get('count'));
  if (count !== undefined)
    return fitting === count ? [] : [{ path, message: `${fitting} calls fit, expected ${count}` }];
  if (fitting > 0) return [];
  const nearest = judged.reduce<Mismatch[] | undefined>(
    (best, found) => (best === undefined || found.length < best.length ? found : best),
    undefined,
  );
  return [
    { path, message: `no call fits${nearest?.[0] === undefined ? '' : ` (${nearest[0].path} ${nearest[0].message})`}` },
  ];
}

function judgeRequest(path: string, expected: ObjectValue, request: SeenRequest): Mismatch[] {
  const url = URL.parse(request.url, 'http://connector');
  return [...expected].flatMap(([name, value]): Mismatch[] => {
    switch (name) {
      case 'action':
        return mismatches(`${path}.action`, value, request.action);
      case 'kind':
        return mismatches(`${path}.kind`, value, request.kind);
      case 'operationId':
        return mismatches(`${path}.operationId`, value, request.operationId);
      case 'method':
        return mismatches(`${path}.method`, value, request.method);
      case 'path':
        return mismatches(`${path}.path`, value, url?.pathname);
      case 'query': {
        const query = new Map<string, Value>(url?.searchParams ?? []);
        return mismatches(`${path}.query`, value, query);
      }
      case 'body':
        return mismatches(`${path}.body`, value, jsonOfBytes(request.body), true);
      case 'bodyText':
        return mismatches(`${path}.bodyText`, value, textOfBytes(request.body));
      case 'bodyContains': {
        const text = textOfBytes(request.body);
        const parts = (isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
        return parts.flatMap((part) =>
          text.includes(part) ? [] : [{ path: `${path}.body`, message: `does not contain '${part}'` }],
        );
      }
      case 'payload':
        return mismatches(`${path}.payload`, value, request.payload, true);
      default:
        return judgeMessage(path, name, value, request.headers);
    }
  });
}
