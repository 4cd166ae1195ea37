/** The import law of docs/architecture.md, and the customs about files that a reader relies on. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, root, roomOf, rooms, sourceFiles } from './architecture/imports';
import type { Import, Room } from './architecture/imports';

interface Law {
  /** Rooms that may be imported freely, besides the room itself. */
  readonly rooms: readonly Room[];
  /** What else of the repository may be imported. */
  readonly allows?: (target: Import) => boolean;
  readonly node: boolean;
  readonly vscode: boolean;
}

const isConnectorManifest = ({ to }: Import) => /^runtime\/connectors\/([^/]+\/manifest\/?|manifests)/.test(to);
const isEventTypes = ({ to, typeOnly }: Import) => to === 'runtime/events.ts' && typeOnly;
const isProtocol = ({ to }: Import) => /^(server|webview)\/protocol(\/|\.)/.test(to);

const law: Record<Room, Law> = {
  language: { rooms: [], node: false, vscode: false },
  runtime: { rooms: ['language'], node: true, vscode: false },
  server: { rooms: ['language'], allows: isConnectorManifest, node: true, vscode: false },
  webview: { rooms: ['language'], allows: isEventTypes, node: false, vscode: false },
  client: { rooms: ['language', 'runtime'], allows: isProtocol, node: true, vscode: true },
  cli: { rooms: ['language', 'runtime'], node: true, vscode: false },
};

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const show = ({ from, to }: Import) => `${from} → ${to}`;

function isAllowed(target: Import, room: Room): boolean {
  const { rooms: others, allows, node, vscode } = law[room];
  if (target.isFile) {
    const there = roomOf(target.to);
    return (
      there === room || there === 'schemas' || others.some((other) => other === there) || allows?.(target) === true
    );
  }
  if (target.to === 'vscode') return vscode;
  if (target.to.startsWith('node:') || builtinModules.includes(target.to)) return node;
  return true;
}

describe('import law', () => {
  it.each(rooms)('%s imports only what it may', (room) => {
    const broken = imports.filter((target) => roomOf(target.from) === room && !isAllowed(target, room));
    expect(broken.map(show)).toEqual([]);
  });

  it('every import of a file finds that file', () => {
    expect(imports.filter(({ isFile, to }) => isFile && !/\.[a-z]+$/.test(to)).map(show)).toEqual([]);
  });

  it('features of the client meet in extension.ts, never in each other', () => {
    const feature = (file: string) => /^client\/features\/([^/]+)\//.exec(file)?.[1];
    const broken = imports.filter(
      ({ from, to }) => feature(from) !== undefined && feature(to) !== undefined && feature(from) !== feature(to),
    );
    expect(broken.map(show)).toEqual([]);
  });

  it('only webview/ui knows the control toolkit', () => {
    const broken = imports.filter(
      ({ from, to }) => to.startsWith('@vscode/webview-ui-toolkit') && !from.startsWith('webview/ui/'),
    );
    expect(broken.map(show)).toEqual([]);
  });

  // Imports of types alone are gone when the code runs; a circle of them costs no reader and no bundle anything.
  it('files do not import each other in a circle', () => {
    expect(findCycles()).toEqual([]);
  });
});

describe('files', () => {
  it('are named for what they hold', () => {
    const vague = files.filter((file) => /(^|\/)(utils?|helpers?|common|manager)(\.|\/)/i.test(file));
    expect(vague).toEqual([]);
  });

  it('are named in camelCase', () => {
    expect(files.filter((file) => !/^[a-z][A-Za-z0-9]*\.tsx?$/.test(basename(file)))).toEqual([]);
  });

  it('stay below 400 lines', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 401);
    expect(long).toEqual([]);
  });
});

/** Circles of imports, each told once, beginning with its first file in the order of the alphabet. */
function findCycles(): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to, isFile, typeOnly } of imports) {
    if (isFile && !typeOnly) targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const cycles = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      const circle = path.slice(start);
      const first = circle.indexOf([...circle].sort()[0] ?? '');
      cycles.add([...circle.slice(first), ...circle.slice(0, first)].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const to of targets.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return [...cycles];
}
