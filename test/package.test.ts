/** The manifest: what it names exists, and everything it contributes carries the product's prefix. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const prefix = 'logicAppsWorkbench.';

interface Titled {
  readonly command: string;
  readonly title?: string;
  readonly category?: string;
}

interface Setting {
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly scope?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon?: string;
  readonly activationEvents: readonly string[];
  readonly capabilities?: { readonly untrustedWorkspaces?: { readonly supported: boolean | string } };
  readonly contributes: {
    readonly commands?: readonly Titled[];
    readonly keybindings?: readonly Titled[];
    readonly menus?: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly configuration?: Configuration | readonly Configuration[];
    readonly debuggers?: readonly { readonly type: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly customEditors?: readonly { readonly viewType: string }[];
  };
}

interface Configuration {
  readonly properties: Readonly<Record<string, Setting>>;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { contributes } = manifest;
const commands = contributes.commands ?? [];
const commandNames = new Set(commands.map(({ command }) => command));

describe('the manifest', () => {
  it('names only files that exist and are packaged', async () => {
    const packaged = new Set(await listFiles({ cwd: root, packageManager: PackageManager.None }));
    const built = (path: string) => path.startsWith('dist/');
    const missing = pathsIn(manifest).filter(
      (path) => !built(path) && !(packaged.has(path) && existsSync(join(root, path))),
    );
    expect(missing).toEqual([]);
  });

  it('ships what the extension needs and no more', async () => {
    const packaged = await listFiles({ cwd: root, packageManager: PackageManager.None });
    const strays = packaged.filter(
      (path) =>
        /\.(map|ts|tsx|mjs|vsix)$|(^|\/)(test|scripts|node_modules|examples)\//.test(path) &&
        !/^dist\/packages\/[^/]+\.mjs$/.test(path),
    );
    expect([...strays, ...packaged.filter((path) => ['dist/cli.js', 'dist/dap.js'].includes(path))]).toEqual([]);
  });

  it('prefixes commands, settings, views and editors', () => {
    const settings = [contributes.configuration ?? []].flat().flatMap(({ properties }) => Object.keys(properties));
    const views = Object.values(contributes.views ?? {}).flat();
    const editors = contributes.customEditors ?? [];
    const names = [
      ...commandNames,
      ...settings,
      ...views.map(({ id }) => id),
      ...editors.map(({ viewType }) => viewType),
    ];
    expect(names.filter((name) => !name.startsWith(prefix))).toEqual([]);
    expect(contributes.debuggers?.map(({ type }) => type)).toEqual(['logicAppsWorkbench']);
  });

  it('titles every command and describes every setting', () => {
    expect(commands.filter(({ title, category }) => !title || category !== 'Logic Apps')).toEqual([]);
    const settings = [contributes.configuration ?? []].flat().flatMap(({ properties }) => Object.entries(properties));
    const silent = settings.filter(([, setting]) => !setting.description && !setting.markdownDescription);
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('puts only its own commands into menus and on keys', () => {
    const used = [...Object.values(contributes.menus ?? {}).flat(), ...(contributes.keybindings ?? [])];
    const unknown = used.flatMap(({ command }) =>
      command === undefined || commandNames.has(command) ? [] : [command],
    );
    expect(unknown).toEqual([]);
  });

  it('starts the extension only where there is a Logic Apps project', () => {
    expect(manifest.activationEvents.filter((event) => ['*', 'onStartupFinished'].includes(event))).toEqual([]);
    expect(manifest.activationEvents.some((event) => event.startsWith('workspaceContains:'))).toBe(true);
  });

  it('says that untrusted workspaces are supported in part', () => {
    expect(manifest.capabilities?.untrustedWorkspaces?.supported).toBe('limited');
  });
});

/** Every text of the manifest that is a path: `./…`, or a picture, page, schema or grammar. */
function pathsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    const isPath = /^\.\/|^[\w-]+(\/[\w.-]+)+\.(svg|png|md|json)$/.test(value) && !value.includes('*');
    return isPath ? [value.replace(/^\.\//, '')] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}
