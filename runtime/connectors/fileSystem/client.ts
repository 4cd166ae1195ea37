/** File System on this machine: operations on the files below the connection's root folder. */
import { constants } from 'node:fs';
import {
  appendFile,
  copyFile,
  mkdir,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Stats } from 'node:fs';
import { objectOf } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { decodeBody } from '../../transforms/messageBody';
import { ConnectorError, badRequest, connectionValue } from '../connector';
import type { ConnectorConnection, ConnectorTrigger, Parameters } from '../connector';
import { contentTypeOf } from '../contentTypes';
import { newSince } from '../seen';

/** How many files one look brings when the trigger does not say; Azure's default. */
const MAX_FILES = 10;

export async function connect(values: ObjectValue): Promise<ConnectorConnection> {
  const root = connectionValue(values, 'mountPath') ?? connectionValue(values, 'rootFolder');
  if (root === undefined) throw badRequest("The connection has neither 'mountPath' nor 'rootFolder'.");
  const folder = new RootFolder(await refusing(root, () => realpath(root)));
  const content = (parameters: Parameters): Promise<Value | undefined> => getContent(folder, parameters);
  return {
    actions: {
      createFile: (parameters) => write(folder, parameters, 'wx'),
      updateFile: (parameters) => write(folder, parameters, 'r+'),
      appendFile: (parameters) => append(folder, parameters),
      copyFile: (parameters) => copy(folder, parameters),
      renameFile: (parameters) => renameFile(folder, parameters),
      deleteFile: (parameters) => deleteFile(folder, parameters),
      getFileContent: content,
      getFileContentV2: content,
      getFileMetadata: async (parameters) => metadata(await folder.entry(parameters.text('filePath'))),
      listFolder: (parameters) => list(folder, parameters),
    },
    triggers: { whenFilesAreAdded: added(folder, false), whenFilesAreAddedOrModified: added(folder, true) },
  };
}

interface Entry {
  /** From the root folder, with forward slashes. */
  readonly path: string;
  readonly stats: Stats;
}

/** Paths of workflows, kept below the root folder. */
class RootFolder {
  /** `root`: absolute, without links. */
  constructor(private readonly root: string) {}

  /** The file of this machine that a path of the workflow names; links may not lead out of the root folder either. */
  async file(path: string): Promise<string> {
    const file = resolve(this.root, `.${sep}${path.replaceAll(/[\\/]+/g, sep)}`);
    for (const each of [file, await realPlace(file)]) {
      const inside = relative(this.root, each);
      if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
        throw badRequest(`The path '${path}' leads out of the root folder of the connection.`);
      }
    }
    return file;
  }

  async entry(path: string): Promise<Entry> {
    const file = await this.file(path);
    return { path: path.replaceAll('\\', '/'), stats: await refusing(path, () => stat(file)) };
  }

  async entries(path: string): Promise<readonly Entry[]> {
    const file = await this.file(path);
    const names = await refusing(path, () => readdir(file));
    const segments = path.split(/[\\/]/).filter((each) => each !== '' && each !== '.');
    const entries = await Promise.all(
      names.map(async (name) => {
        // A file may go between listing and looking.
        const stats = await stat(join(file, name)).catch(() => undefined);
        return stats && { path: [...segments, name].join('/'), stats };
      }),
    );
    return entries.filter((each) => each !== undefined);
  }
}

/** Where a file, or the deepest folder above it that exists, really is. */
async function realPlace(file: string): Promise<string> {
  return realpath(file).catch(() => (dirname(file) === file ? file : realPlace(dirname(file))));
}

/** Lets what the file system refuses become an error of the connector. */
async function refusing<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    switch (code) {
      case 'ENOENT':
        throw new ConnectorError(404, 'FileNotFound', `There is no '${path}'.`);
      case 'EEXIST':
        throw new ConnectorError(409, 'FileAlreadyExists', `'${path}' exists already.`);
      case 'EACCES':
      case 'EPERM':
        throw new ConnectorError(403, 'Forbidden', `'${path}' may not be opened.`);
      case 'EISDIR':
      case 'ENOTDIR':
        throw badRequest(`'${path}' is ${code === 'EISDIR' ? 'a folder' : 'no folder'}.`);
      default:
        throw error;
    }
  }
}

async function write(folder: RootFolder, parameters: Parameters, flag: 'wx' | 'r+'): Promise<Value> {
  const path = parameters.text('filePath');
  const file = await folder.file(path);
  await refusing(path, async () => {
    if (flag === 'wx') await mkdir(dirname(file), { recursive: true });
    else await stat(file);
    await writeFile(file, parameters.content('body').bytes, { flag: flag === 'wx' ? 'wx' : 'w' });
  });
  const { stats } = await folder.entry(path);
  return objectOf({ name: basename(file), path, size: stats.size });
}

async function append(folder: RootFolder, parameters: Parameters): Promise<undefined> {
  const path = parameters.text('filePath');
  const file = await folder.file(path);
  await refusing(path, async () => {
    if (!parameters.flag('createFileIfNotPresent', false)) await stat(file);
    await appendFile(file, parameters.content('body').bytes);
  });
}

async function copy(folder: RootFolder, parameters: Parameters): Promise<undefined> {
  const [source, destination] = [parameters.text('source'), parameters.text('destination')];
  const [from, to] = [await folder.file(source), await folder.file(destination)];
  const mode = parameters.flag('overwrite', false) ? 0 : constants.COPYFILE_EXCL;
  await refusing(source, () => stat(from));
  await refusing(destination, () => copyFile(from, to, mode));
}

async function renameFile(folder: RootFolder, parameters: Parameters): Promise<undefined> {
  const [path, newName] = [parameters.text('filePath'), parameters.text('newName')];
  if (/[\\/]/.test(newName)) throw badRequest(`The new name '${newName}' has a folder.`);
  const file = await folder.file(path);
  await refusing(path, () => rename(file, join(dirname(file), newName)));
}

async function deleteFile(folder: RootFolder, parameters: Parameters): Promise<undefined> {
  const path = parameters.text('filePath');
  const file = await folder.file(path);
  await refusing(path, () => rm(file, { force: parameters.flag('skipIfFileNotPresent', false) }));
}

async function getContent(folder: RootFolder, parameters: Parameters): Promise<Value | undefined> {
  const path = parameters.text('filePath');
  const file = await folder.file(path);
  const bytes = await refusing(path, () => readFile(file));
  const type = parameters.flag('inferContentType', true) ? contentTypeOf(path) : undefined;
  const decoded = decodeBody(bytes, type);
  return decoded.ok ? decoded.value : bytes.toString('utf8');
}

function metadata({ path, stats }: Entry): Value {
  return objectOf({
    name: basename(path),
    path,
    size: stats.size,
    contentType: contentTypeOf(path),
    createdTime: stats.birthtime.toISOString(),
    lastUpdatedTime: stats.mtime.toISOString(),
  });
}

async function list(folder: RootFolder, parameters: Parameters): Promise<Value> {
  const withSubfolders = parameters.flag('enableRecursiveListing', false);
  const listed: Value[] = [];
  const waiting = [parameters.text('folderPath')];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    for (const { path: entry, stats } of await folder.entries(path)) {
      const isFolder = stats.isDirectory();
      if (isFolder && withSubfolders) waiting.push(entry);
      listed.push(
        objectOf({
          name: basename(entry),
          path: entry,
          createdTime: stats.birthtime.toISOString(),
          lastUpdatedTime: stats.mtime.toISOString(),
          isFolder,
        }),
      );
    }
  }
  return listed;
}

/** The first look only remembers: what was there before the trigger does not start a run. */
function added(folder: RootFolder, changes: boolean): ConnectorTrigger {
  return {
    async look(parameters, memory) {
      const entries = await folder.entries(parameters.text('folderPath'));
      const cutOff = Date.parse(parameters.optionalText('oldFileCutOffTimestamp') ?? '');
      const files = entries
        .filter(({ stats }) => stats.isFile() && !(stats.mtimeMs < cutOff))
        .map((entry) => ({ entry, name: basename(entry.path), stamp: entry.stats.mtime.toISOString() }))
        .sort((one, other) => one.stamp.localeCompare(other.stamp));
      if (memory === null) return { bodies: [], memory: newSince(files, null, { changes }).memory };
      const most = parameters.count('maxFileCount', MAX_FILES);
      const { found, memory: seen, more } = newSince(files, memory, { changes, most });
      return { bodies: found.length === 0 ? [] : [found.map(({ entry }) => metadata(entry))], memory: seen, more };
    },
  };
}
