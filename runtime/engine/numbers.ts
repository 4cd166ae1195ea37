/** Whole numbers out of nodes and values, for settings. */
import type { JsonNode } from '../../language/json/tree';
import type { Value } from '../../language/json/value';
import { Double } from '../../language/json/value';

/** The whole number in a node or value, written as a number or as digits in a string; undefined when there is none. */
export function numberOf(source: JsonNode | Value | undefined): number | undefined {
  const found = raw(source);
  return found !== undefined && Number.isFinite(found) ? Math.trunc(found) : undefined;
}

function raw(source: JsonNode | Value | undefined): number | undefined {
  if (typeof source === 'number') return source;
  if (typeof source === 'bigint') return Number(source);
  if (source instanceof Double) return source.value;
  if (typeof source === 'string') return digits(source);
  if (typeof source !== 'object' || source === null || !('kind' in source)) return undefined;
  if (source.kind === 'number') return Number(source.text);
  return source.kind === 'string' ? digits(source.value) : undefined;
}

function digits(text: string): number | undefined {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
