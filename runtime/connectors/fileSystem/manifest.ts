/**
 * File System, the built-in connector. Names and shapes as its operations have them in Azure (Microsoft's reference of built-in
 * connectors, `filesystem`). On this machine the root folder is a folder that the machine can see.
 */
import type { ConnectorManifest } from '../../../language/catalog/manifest';
import { arrayOf, parametersOf, resultOf } from '../schemas';
import type { Field } from '../schemas';

const filePath: Field = { title: 'File path', description: 'From the root folder of the connection.' };
const folderPath: Field = { title: 'Folder path', description: 'From the root folder of the connection.' };
const content: Field = { title: 'File content', description: 'What the file will hold.', type: 'any' };
const inferContentType: Field = {
  title: 'Infer content type',
  description: "Take the content's type from the name of the file.",
  type: 'boolean',
  default: true,
  optional: true,
};
const written = resultOf({ name: 'string', path: 'string', size: 'integer' });
const file = resultOf({
  name: 'string',
  path: 'string',
  size: 'integer',
  contentType: 'string',
  createdTime: 'string',
  lastUpdatedTime: 'string',
});
const watched = parametersOf({
  folderPath,
  maxFileCount: {
    title: 'Maximum number of files',
    description: 'How many files one look brings at most.',
    type: 'integer',
    default: 10,
    optional: true,
  },
  oldFileCutOffTimestamp: {
    title: 'Cutoff timestamp',
    description: 'Files that are older than this time, such as 2025-01-31T00:00:00Z, are passed over.',
    optional: true,
  },
});

export const fileSystem: ConnectorManifest = {
  id: 'FileSystem',
  title: 'File System',
  parameterSets: [
    {
      name: '',
      title: 'Mounted folder',
      parameters: [
        {
          name: 'mountPath',
          title: 'Mount path',
          description: 'The folder that all paths start from. On this machine: any folder of it.',
          required: true,
          secret: false,
        },
      ],
    },
  ],
  operations: [
    {
      id: 'whenFilesAreAdded',
      title: 'When files are added',
      description: 'Starts a run when files have come into a folder.',
      kind: 'polling',
      batch: true,
      parameters: watched,
      body: file,
    },
    {
      id: 'whenFilesAreAddedOrModified',
      title: 'When files are added or modified',
      description: 'Starts a run when files have come into a folder or have changed there.',
      kind: 'polling',
      batch: true,
      parameters: watched,
      body: file,
    },
    {
      id: 'createFile',
      title: 'Create file',
      description: 'Writes a new file; fails when there is one.',
      kind: 'action',
      parameters: parametersOf({ filePath, body: { ...content, optional: true } }),
      body: written,
    },
    {
      id: 'updateFile',
      title: 'Update file',
      description: 'Replaces what a file holds.',
      kind: 'action',
      parameters: parametersOf({ filePath, body: content }),
      body: written,
    },
    {
      id: 'appendFile',
      title: 'Append file',
      description: 'Writes at the end of a file.',
      kind: 'action',
      parameters: parametersOf({
        filePath,
        body: content,
        createFileIfNotPresent: {
          title: 'Create the file if it does not exist',
          description: 'Without it, the action fails when there is no file.',
          type: 'boolean',
          optional: true,
        },
      }),
    },
    {
      id: 'copyFile',
      title: 'Copy file',
      description: 'Copies a file.',
      kind: 'action',
      parameters: parametersOf({
        source: { title: 'Source', description: 'The file to copy, from the root folder.' },
        destination: { title: 'Destination', description: 'The path of the copy, from the root folder.' },
        overwrite: {
          title: 'Overwrite',
          description: 'Whether a file at the destination is replaced.',
          type: 'boolean',
          optional: true,
        },
      }),
    },
    {
      id: 'renameFile',
      title: 'Rename file',
      description: 'Gives a file another name in its folder.',
      kind: 'action',
      parameters: parametersOf({ filePath, newName: { title: 'New name', description: 'The name without a folder.' } }),
    },
    {
      id: 'deleteFile',
      title: 'Delete file',
      description: 'Deletes a file.',
      kind: 'action',
      parameters: parametersOf({
        filePath,
        skipIfFileNotPresent: {
          title: 'Skip if the file does not exist',
          description: 'Without it, the action fails when there is no file.',
          type: 'boolean',
          optional: true,
        },
      }),
    },
    ...(['getFileContent', 'getFileContentV2'] as const).map((id) => ({
      id,
      title: id === 'getFileContent' ? 'Get file content' : 'Get file content V2',
      description: 'Reads a file.',
      kind: 'action' as const,
      parameters: parametersOf({ filePath, inferContentType }),
      body: {},
    })),
    {
      id: 'getFileMetadata',
      title: 'Get file metadata',
      description: 'Reads size and times of a file.',
      kind: 'action',
      parameters: parametersOf({ filePath }),
      body: file,
    },
    {
      id: 'listFolder',
      title: 'List files and subfolders',
      description: 'Lists what is in a folder.',
      kind: 'action',
      parameters: parametersOf({
        folderPath,
        enableRecursiveListing: {
          title: 'With subfolders',
          description: 'List what is in subfolders too.',
          type: 'boolean',
          optional: true,
        },
      }),
      body: arrayOf(
        resultOf({
          name: 'string',
          path: 'string',
          createdTime: 'string',
          lastUpdatedTime: 'string',
          isFolder: 'boolean',
        }),
      ),
    },
  ],
};
