/**
 * Azure Blob Storage, the built-in connector. Names and shapes as its operations have them in Azure (Microsoft's reference of built-in
 * connectors, `azureblob`).
 */
import type { ConnectorManifest } from '../../../language/catalog/manifest';
import { arrayOf, parametersOf, resultOf } from '../schemas';
import type { Field } from '../schemas';

const containerName: Field = { title: 'Container name', description: 'The container of the blob.' };
const blobName: Field = { title: 'Blob name', description: 'The name of the blob, with its folders.' };
const pageMarker: Field = {
  title: 'Page marker',
  description: 'Where the last page ended: the pageMarker it gave.',
  optional: true,
};
const override: Field = {
  title: 'Override if it exists',
  description: 'Whether a blob of this name is replaced. Without it, the action fails when there is one.',
  type: 'boolean',
  default: true,
  optional: true,
};

const propertyMembers = {
  creationTime: 'string',
  blobType: 'string',
  blobFullPathWithContainer: 'string',
  contentDisposition: 'string',
  contentMD5: 'string',
  contentType: 'string',
  contentLanguage: 'string',
  eTag: 'string',
} as const;
const properties = resultOf(propertyMembers);
const metadata = { type: 'object' };
const named = resultOf({ name: 'string', ...propertyMembers });

export const azureBlob: ConnectorManifest = {
  id: 'AzureBlob',
  title: 'Azure Blob Storage',
  parameterSets: [
    {
      name: 'connectionString',
      title: 'Connection string',
      parameters: [
        {
          name: 'connectionString',
          title: 'Connection string',
          description: 'Of the storage account. "UseDevelopmentStorage=true" is a local Azurite.',
          required: true,
          secret: true,
        },
      ],
    },
    {
      name: 'ManagedServiceIdentity',
      title: 'Managed identity',
      parameters: [
        {
          name: 'blobStorageEndpoint',
          title: 'Blob storage endpoint',
          description: 'https://<account>.blob.core.windows.net',
          required: true,
          secret: false,
        },
      ],
    },
  ],
  operations: [
    {
      id: 'whenABlobIsAddedOrModified',
      title: 'When a blob is added or updated',
      description: 'Starts a run for each blob that is new or has changed.',
      kind: 'push',
      parameters: parametersOf({
        path: {
          title: 'Blob path',
          description: 'Container and, behind it, the start of the names: "orders" or "orders/new/{name}".',
        },
      }),
      body: resultOf({
        name: 'string',
        containerInfo: resultOf({ name: 'string', properties: 'any' }),
        properties,
        metadata,
      }),
    },
    {
      id: 'readBlob',
      title: 'Read blob content',
      description: 'Reads a blob.',
      kind: 'action',
      parameters: parametersOf({
        containerName,
        blobName,
        inferContentType: {
          title: 'Infer content type',
          description: "Take the content's type from the name of the blob when the blob itself has none.",
          type: 'boolean',
          optional: true,
        },
      }),
      body: resultOf({ content: 'any', properties, metadata }),
    },
    {
      id: 'uploadBlob',
      title: 'Upload blob to storage container',
      description: 'Writes a blob.',
      kind: 'action',
      parameters: parametersOf({
        containerName,
        blobName,
        content: { title: 'Content', description: 'What the blob will hold.', type: 'any' },
        overrideIfExists: override,
      }),
      body: resultOf({ properties, metadata }),
    },
    {
      id: 'deleteBlob',
      title: 'Delete blob',
      description: 'Deletes a blob.',
      kind: 'action',
      parameters: parametersOf({ containerName, blobName }),
    },
    {
      id: 'blobExists',
      title: 'Check whether blob exists',
      description: 'Tells whether a blob exists, and its properties.',
      kind: 'action',
      parameters: parametersOf({ containerName, blobName }),
      body: resultOf({ isBlobExists: 'boolean', properties, metadata }),
    },
    {
      id: 'getBlobMetadata',
      title: 'Get blob metadata',
      description: 'Reads the properties of a blob.',
      kind: 'action',
      parameters: parametersOf({ containerName, blobName }),
      body: named,
    },
    {
      id: 'copyBlob',
      title: 'Copy blob',
      description: 'Copies a blob within the storage account.',
      kind: 'action',
      parameters: parametersOf({
        sourceContainerName: { title: 'Source container name', description: 'The container to copy from.' },
        sourceBlobName: { title: 'Source blob name', description: 'The blob to copy.' },
        destinationContainerName: { title: 'Destination container name', description: 'The container to copy to.' },
        destinationBlobName: { title: 'Destination blob name', description: 'The name of the copy.' },
        overrideIfExists: override,
      }),
      body: named,
    },
    {
      id: 'listBlobs',
      title: 'List blobs',
      description: 'Lists the blobs of a container, a page at a time.',
      kind: 'action',
      parameters: parametersOf({
        containerName,
        blobNamePrefix: { title: 'Blob name prefix', description: 'How the names begin.', optional: true },
        pageMarker,
        excludeSubFolderBlobs: {
          title: 'Exclude blobs in subfolders',
          description: 'List only what stands directly in the folder.',
          type: 'boolean',
          optional: true,
        },
      }),
      body: resultOf({
        blobs: arrayOf(resultOf({ name: 'string', ...propertyMembers, lastModifiedTime: 'string' })),
        pageMarker: 'string',
      }),
    },
    {
      id: 'listContainers',
      title: 'List containers',
      description: 'Lists the containers of the storage account, a page at a time.',
      kind: 'action',
      parameters: parametersOf({ pageMarker }),
      body: resultOf({
        containers: arrayOf(resultOf({ name: 'string', eTag: 'string', lastModifiedTime: 'string' })),
        pageMarker: 'string',
      }),
    },
    {
      id: 'getContainerMetadata',
      title: 'Get container metadata',
      description: 'Reads the properties of a container.',
      kind: 'action',
      parameters: parametersOf({ containerName }),
      body: resultOf({ name: 'string', eTag: 'string', lastModifiedTime: 'string' }),
    },
  ],
};
