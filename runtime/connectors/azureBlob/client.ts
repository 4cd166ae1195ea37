/** Azure Blob Storage through Microsoft's client: a storage account in Azure, or an Azurite on this machine. */
import type { BlobClient, BlobItem, BlobServiceClient, ContainerClient, RestError } from '@azure/storage-blob';
import { objectOf } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { decodeBody } from '../../transforms/messageBody';
import { ConnectorError, badRequest, connectionValue } from '../connector';
import type { ConnectorConnection, Parameters } from '../connector';
import { contentTypeOf } from '../contentTypes';
import { newSince } from '../seen';

const OCTET_STREAM = 'application/octet-stream';
/** Of one page, as the service has it by default. */
const PAGE = 5000;

type Operation = (
  service: BlobServiceClient,
  parameters: Parameters,
  signal: AbortSignal,
) => Promise<Value | undefined>;

const operations: Readonly<Record<string, Operation>> = {
  readBlob,
  uploadBlob,
  deleteBlob,
  blobExists,
  getBlobMetadata,
  copyBlob,
  listBlobs,
  listContainers,
  getContainerMetadata,
};

export async function connect(values: ObjectValue): Promise<ConnectorConnection> {
  const service = await serviceOf(values);
  const actions = Object.entries(operations).map(
    ([id, operation]) =>
      [
        id,
        (parameters: Parameters, signal: AbortSignal) => refusing(() => operation(service, parameters, signal)),
      ] as const,
  );
  return {
    actions: Object.fromEntries(actions),
    triggers: {
      whenABlobIsAddedOrModified: {
        look: (parameters, memory, signal) => refusing(() => look(service, parameters, memory, signal)),
      },
    },
  };
}

async function serviceOf(values: ObjectValue): Promise<BlobServiceClient> {
  const connectionString = connectionValue(values, 'connectionString');
  if (connectionString === undefined) {
    throw new ConnectorError(
      400,
      'NotSupportedLocally',
      "On this machine, the connector 'AzureBlob' connects with a connection string; this connection has none. " +
        'Give it one for your local settings, or mock the action in a scenario.',
    );
  }
  const { BlobServiceClient } = await import('@azure/storage-blob');
  try {
    // Retries are the workflow's.
    return BlobServiceClient.fromConnectionString(connectionString, { retryOptions: { maxTries: 1 } });
  } catch {
    // The client's message may quote the connection string.
    throw badRequest('The connection string of the connection is not one of a storage account.');
  }
}

async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isRestError(error)) throw error;
    // An answer to a HEAD request has no body: the code is in a header.
    const code = error.response?.headers.get('x-ms-error-code') ?? error.code ?? 'BlobStorageError';
    const reason = firstLine(error.message) || `The storage account refused with status ${error.statusCode}: ${code}.`;
    // No status: the service was not reached.
    throw new ConnectorError(error.statusCode ?? 502, code, reason);
  }
}

/** The class is known only once the package has been loaded. */
function isRestError(error: unknown): error is RestError {
  return error instanceof Error && error.name === 'RestError';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}

function blobOf(service: BlobServiceClient, parameters: Parameters): BlobClient {
  return service.getContainerClient(parameters.text('containerName')).getBlobClient(parameters.text('blobName'));
}

async function readBlob(service: BlobServiceClient, parameters: Parameters, signal: AbortSignal): Promise<Value> {
  const blob = blobOf(service, parameters);
  const properties = await blob.getProperties({ abortSignal: signal });
  // Reading nothing is an error to the client.
  const bytes =
    properties.contentLength === 0
      ? Buffer.alloc(0)
      : await blob.downloadToBuffer(0, undefined, { abortSignal: signal });
  const own = properties.contentType ?? OCTET_STREAM;
  const type = own === OCTET_STREAM && parameters.flag('inferContentType', false) ? contentTypeOf(blob.name) : own;
  const decoded = decodeBody(bytes, type);
  return objectOf({
    content: decoded.ok ? (decoded.value ?? '') : bytes.toString('utf8'),
    properties: propertiesOf(blob, properties),
    metadata: metadataOf(properties.metadata),
  });
}

async function uploadBlob(service: BlobServiceClient, parameters: Parameters, signal: AbortSignal): Promise<Value> {
  const container = service.getContainerClient(parameters.text('containerName'));
  const blob = container.getBlockBlobClient(parameters.text('blobName'));
  const { bytes, contentType } = parameters.content('content');
  await blob.upload(bytes, bytes.length, {
    abortSignal: signal,
    blobHTTPHeaders: { blobContentType: contentType ?? OCTET_STREAM },
    ...(parameters.flag('overrideIfExists', true) ? {} : { conditions: { ifNoneMatch: '*' } }),
  });
  const properties = await blob.getProperties({ abortSignal: signal });
  return objectOf({ properties: propertiesOf(blob, properties), metadata: metadataOf(properties.metadata) });
}

async function deleteBlob(service: BlobServiceClient, parameters: Parameters, signal: AbortSignal): Promise<undefined> {
  await blobOf(service, parameters).delete({ abortSignal: signal });
}

async function blobExists(service: BlobServiceClient, parameters: Parameters, signal: AbortSignal): Promise<Value> {
  const blob = blobOf(service, parameters);
  if (!(await blob.exists({ abortSignal: signal }))) return objectOf({ isBlobExists: false });
  const properties = await blob.getProperties({ abortSignal: signal });
  return objectOf({
    isBlobExists: true,
    properties: propertiesOf(blob, properties),
    metadata: metadataOf(properties.metadata),
  });
}

async function getBlobMetadata(
  service: BlobServiceClient,
  parameters: Parameters,
  signal: AbortSignal,
): Promise<Value> {
  const blob = blobOf(service, parameters);
  return named(blob, await blob.getProperties({ abortSignal: signal }));
}

async function copyBlob(service: BlobServiceClient, parameters: Parameters, signal: AbortSignal): Promise<Value> {
  const source = service
    .getContainerClient(parameters.text('sourceContainerName'))
    .getBlobClient(parameters.text('sourceBlobName'));
  const target = service
    .getContainerClient(parameters.text('destinationContainerName'))
    .getBlobClient(parameters.text('destinationBlobName'));
  const poller = await target.beginCopyFromURL(source.url, {
    abortSignal: signal,
    intervalInMs: 200,
    ...(parameters.flag('overrideIfExists', true) ? {} : { conditions: { ifNoneMatch: '*' } }),
  });
  await poller.pollUntilDone();
  return named(target, await target.getProperties({ abortSignal: signal }));
}

async function listBlobs(service: BlobServiceClient, parameters: Parameters, signal: AbortSignal): Promise<Value> {
  const container = service.getContainerClient(parameters.text('containerName'));
  const prefix = parameters.optionalText('blobNamePrefix') ?? '';
  const options = { prefix, abortSignal: signal };
  const pages = parameters.flag('excludeSubFolderBlobs', false)
    ? container.listBlobsByHierarchy('/', options)
    : container.listBlobsFlat(options);
  const marker = parameters.optionalText('pageMarker');
  for await (const { segment, continuationToken } of pages.byPage({
    maxPageSize: PAGE,
    ...(marker === undefined ? {} : { continuationToken: marker }),
  })) {
    const blobs = segment.blobItems.map((item) => listed(container, item));
    return objectOf({ blobs, pageMarker: continuationToken || undefined });
  }
  return objectOf({ blobs: [] });
}

async function listContainers(service: BlobServiceClient, parameters: Parameters, signal: AbortSignal): Promise<Value> {
  const marker = parameters.optionalText('pageMarker');
  const pages = service.listContainers({ abortSignal: signal });
  for await (const { containerItems, continuationToken } of pages.byPage({
    maxPageSize: PAGE,
    ...(marker === undefined ? {} : { continuationToken: marker }),
  })) {
    const containers = containerItems.map(({ name, properties }) =>
      objectOf({ name, eTag: properties.etag, lastModifiedTime: properties.lastModified.toISOString() }),
    );
    return objectOf({ containers, pageMarker: continuationToken || undefined });
  }
  return objectOf({ containers: [] });
}

async function getContainerMetadata(
  service: BlobServiceClient,
  parameters: Parameters,
  signal: AbortSignal,
): Promise<Value> {
  const container = service.getContainerClient(parameters.text('containerName'));
  const { etag, lastModified } = await container.getProperties({ abortSignal: signal });
  return objectOf({ name: container.containerName, eTag: etag, lastModifiedTime: lastModified?.toISOString() });
}

/**
 * Every blob below the path that has no receipt yet, one run each. Azure's host keeps receipts of its own: there too, blobs that are in
 * the container when the trigger is first armed start runs (Azure Functions, blob trigger, "blob receipts").
 */
async function look(service: BlobServiceClient, parameters: Parameters, memory: Value, signal: AbortSignal) {
  const [containerName = '', ...rest] = parameters.text('path').replace(/^\//, '').split('/');
  const container = service.getContainerClient(containerName);
  // A pattern such as {name} stands for any name: what comes before it is the prefix.
  const prefix = /^[^{]*/.exec(rest.join('/'))?.[0] ?? '';
  const blobs: { readonly name: string; readonly stamp: string; readonly item: BlobItem }[] = [];
  for await (const item of container.listBlobsFlat({ prefix, includeMetadata: true, abortSignal: signal })) {
    blobs.push({ name: item.name, stamp: item.properties.etag, item });
  }
  const { found, memory: seen } = newSince(blobs, memory, { changes: true });
  const bodies = found.map(({ item }) =>
    objectOf({
      name: item.name,
      containerInfo: objectOf({ name: containerName }),
      properties: propertiesOf(container.getBlobClient(item.name), item.properties),
      metadata: metadataOf(item.metadata),
    }),
  );
  return { bodies, memory: seen };
}

/** Of a blob, by whichever operation they came. */
interface Properties {
  readonly createdOn?: Date | undefined;
  readonly blobType?: string | undefined;
  readonly contentDisposition?: string | undefined;
  readonly contentMD5?: Uint8Array | undefined;
  readonly contentType?: string | undefined;
  readonly contentLanguage?: string | undefined;
  readonly etag?: string | undefined;
}

function propertiesOf(blob: BlobClient, properties: Properties): ObjectValue {
  const { createdOn, blobType, contentDisposition, contentMD5, contentType, contentLanguage, etag } = properties;
  return objectOf({
    creationTime: createdOn?.toISOString(),
    blobType,
    blobFullPathWithContainer: `${blob.containerName}/${blob.name}`,
    contentDisposition,
    contentMD5: contentMD5 && Buffer.from(contentMD5).toString('base64'),
    contentType,
    contentLanguage,
    eTag: etag,
  });
}

function named(blob: BlobClient, properties: Properties): Value {
  return new Map<string, Value>([['name', blob.name], ...propertiesOf(blob, properties)]);
}

function listed(container: ContainerClient, item: BlobItem): Value {
  return new Map<string, Value>([
    ['name', item.name],
    ...propertiesOf(container.getBlobClient(item.name), item.properties),
    ['lastModifiedTime', item.properties.lastModified.toISOString()],
  ]);
}

function metadataOf(metadata: Readonly<Record<string, string>> | undefined): Value {
  return objectOf(metadata ?? {});
}
