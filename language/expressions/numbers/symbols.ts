/** The separators of cultures, from the platform's own tables (Intl, which browsers and Node share). */
import { invariantSymbols } from './parse';
import type { NumberSymbols } from './parse';

const known = new Map<string, NumberSymbols | undefined>();

/** Undefined for a name that is no culture; the empty name is the invariant culture. */
export function symbolsOf(culture: string): NumberSymbols | undefined {
  if (culture === '') return invariantSymbols;
  const name = culture.toLowerCase();
  if (!known.has(name)) known.set(name, read(culture));
  return known.get(name);
}

function read(culture: string): NumberSymbols | undefined {
  if (!isSupported(culture)) return undefined;
  // Some cultures group numbers of five digits and more only.
  const parts = new Intl.NumberFormat(culture, { useGrouping: true, numberingSystem: 'latn' }).formatToParts(1234567.5);
  const decimal = parts.find((part) => part.type === 'decimal')?.value ?? '.';
  const group = parts.find((part) => part.type === 'group')?.value ?? ',';
  return { decimal, group, infinity: '∞' };
}

function isSupported(culture: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(culture).length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
