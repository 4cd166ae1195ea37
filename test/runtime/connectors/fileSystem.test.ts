import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeProject } from '../host/projects';
import { ConnectorProject, fired } from './play';

let root = '';
let project: ConnectorProject;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'files-'));
  project = new ConnectorProject('FileSystem', { mountPath: root });
});
afterEach(async () => {
  await project.close();
  rmSync(root, { recursive: true, force: true });
});

describe('File System', () => {
  it('writes, appends, reads, lists, renames and deletes', async () => {
    const ended = await project.run({
      Create: { operation: 'createFile', parameters: { filePath: 'out/order.json', body: { id: 1 } } },
      Append: {
        operation: 'appendFile',
        parameters: { filePath: 'out/log.txt', body: 'line', createFileIfNotPresent: true },
      },
      Read: { operation: 'getFileContent', parameters: { filePath: 'out/order.json' } },
      As_bytes: { operation: 'getFileContentV2', parameters: { filePath: 'out/log.txt', inferContentType: false } },
      Rename: { operation: 'renameFile', parameters: { filePath: 'out/log.txt', newName: 'old.txt' } },
      Copy: { operation: 'copyFile', parameters: { source: 'out/old.txt', destination: 'copy.txt' } },
      List: { operation: 'listFolder', parameters: { folderPath: '.', enableRecursiveListing: true } },
      Delete: { operation: 'deleteFile', parameters: { filePath: 'out/old.txt' } },
      Gone: { operation: 'getFileMetadata', parameters: { filePath: 'out/old.txt' } },
    });
    expect(ended['Create']?.body).toEqual({ name: 'order.json', path: 'out/order.json', size: 8 });
    expect(ended['Read']?.body).toEqual({ id: 1 });
    expect(ended['As_bytes']?.body).toEqual({ '$content-type': 'application/octet-stream', $content: 'bGluZQ==' });
    const listed = (ended['List']?.body as { path: string; isFolder: boolean }[]).map((each) => each.path);
    expect(listed.sort()).toEqual(['copy.txt', 'out', 'out/old.txt', 'out/order.json']);
    expect(ended['Gone']).toMatchObject({ status: 'Failed', code: 'FileNotFound' });
    expect(readFileSync(join(root, 'copy.txt'), 'utf8')).toBe('line');
  });

  it('does not overwrite what it creates, nor update what is not there', async () => {
    writeFileSync(join(root, 'there.txt'), 'old');
    const ended = await project.run({
      Create: { operation: 'createFile', parameters: { filePath: 'there.txt', body: 'new' } },
      Update: { operation: 'updateFile', parameters: { filePath: 'not.txt', body: 'new' } },
    });
    expect(ended['Create']).toMatchObject({ status: 'Failed', code: 'FileAlreadyExists' });
    expect(ended['Update']).toMatchObject({ status: 'Failed', code: 'FileNotFound' });
    expect(readFileSync(join(root, 'there.txt'), 'utf8')).toBe('old');
  });

  it('stays below its root folder', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'secret.txt'), 'secret');
    symlinkSync(outside, join(root, 'link'));
    const ended = await project.run({
      Up: { operation: 'getFileContent', parameters: { filePath: `../${outside.split('/').at(-1)}/secret.txt` } },
      Link: { operation: 'getFileContent', parameters: { filePath: 'link/secret.txt' } },
      Absolute: { operation: 'getFileContent', parameters: { filePath: join(outside, 'secret.txt') } },
    });
    rmSync(outside, { recursive: true });
    expect(ended['Up']?.error?.message).toContain('leads out of the root folder');
    expect(ended['Link']?.error?.message).toContain('leads out of the root folder');
    expect(ended['Absolute']?.status).toBe('Failed');
  });

  it('starts a run for files that come, not for those that were there', async () => {
    mkdirSync(join(root, 'in'));
    writeFileSync(join(root, 'in', 'old.txt'), 'x');
    const trigger = {
      type: 'ServiceProvider',
      recurrence: { frequency: 'Second', interval: 1 },
      inputs: {
        parameters: { folderPath: 'in' },
        serviceProviderConfiguration: project.configuration('whenFilesAreAdded'),
      },
      splitOn: "@triggerOutputs()?['body']",
    };
    const { folder } = makeProject(
      { flow: { triggers: { Files: trigger }, actions: { Done: { type: 'Compose', inputs: 1, runAfter: {} } } } },
      project.files,
    );
    const host = await project.host(folder, true);
    // The first look, which only remembers, ends before files are counted as new.
    const write = setInterval(() => writeFileSync(join(root, 'in', `${Date.now()}.json`), '{}'), 500);
    const outputs = await fired(host).finally(() => clearInterval(write));
    expect(outputs.body).toMatchObject({ contentType: 'application/json', size: 2 });
  });
});
