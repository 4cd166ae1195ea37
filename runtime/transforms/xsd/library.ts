/**
 * libxml2 as WebAssembly. It is a megabyte and loads asynchronously, so it is a bundle of its own beside ours, read when a workflow first
 * validates; where the sources run unbundled it is the package.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as libxml2 from 'libxml2-wasm';

export type XmlLibrary = typeof libxml2;

/** As scripts/build.mjs names it. */
const BUNDLE = 'packages/libxml2-wasm.mjs';
const PACKAGE: string = 'libxml2-wasm';
let loading: Promise<XmlLibrary> | undefined;

export function xmlLibrary(): Promise<XmlLibrary> {
  return (loading ??= load());
}

async function load(): Promise<XmlLibrary> {
  const bundle = join(__dirname, BUNDLE);
  // Not a literal, so that bundlers leave the import as it is.
  const name = existsSync(bundle) ? pathToFileURL(bundle).href : PACKAGE;
  const loaded: unknown = await import(name);
  if (isLibrary(loaded)) return loaded;
  throw new Error(`'${BUNDLE}' is not what it should be.`);
}

function isLibrary(value: unknown): value is XmlLibrary {
  return typeof value === 'object' && value !== null && 'XsdValidator' in value && 'XmlDocument' in value;
}
