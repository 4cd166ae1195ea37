import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeProject } from '../host/projects';
import { startAzurite } from './azurite';
import type { Azurite } from './azurite';
import { ConnectorProject, fired } from './play';

let azurite: Azurite;
let service: BlobServiceClient;
let project: ConnectorProject;
let containerName = '';
let containers = 0;

beforeAll(async () => {
  azurite = await startAzurite();
  service = BlobServiceClient.fromConnectionString(azurite.connectionString);
}, 30_000);
afterAll(() => azurite.stop());

beforeEach(async () => {
  containers += 1;
  containerName = `orders-${containers}`;
  await service.createContainer(containerName);
  project = new ConnectorProject('AzureBlob', { connectionString: azurite.connectionString });
});
afterEach(() => project.close());

describe('Azure Blob Storage', () => {
  it('writes what a workflow made, and reads it as it was', async () => {
    const blob = (blobName: string, content?: unknown) => ({
      containerName,
      blobName,
      ...(content === undefined ? {} : { content }),
    });
    const ended = await project.run({
      Write_json: { operation: 'uploadBlob', parameters: blob('a.json', { total: 60 }) },
      Write_text: { operation: 'uploadBlob', parameters: blob('notes/b.txt', 'Grüße') },
      Write_bytes: {
        operation: 'uploadBlob',
        parameters: blob('c.bin', { '$content-type': 'image/png', $content: 'iVBORw==' }),
      },
      Json: { operation: 'readBlob', parameters: blob('a.json') },
      Text: { operation: 'readBlob', parameters: blob('notes/b.txt') },
      Bytes: { operation: 'readBlob', parameters: blob('c.bin') },
    });
    expect(ended['Json']?.body).toMatchObject({
      content: { total: 60 },
      properties: { blobFullPathWithContainer: `${containerName}/a.json`, blobType: 'BlockBlob' },
    });
    expect(ended['Text']?.body).toMatchObject({ content: 'Grüße' });
    expect(ended['Bytes']?.body).toMatchObject({ content: { '$content-type': 'image/png', $content: 'iVBORw==' } });
    expect(
      (await service.getContainerClient(containerName).getBlobClient('a.json').downloadToBuffer()).toString(),
    ).toBe('{"total":60}');
  });

  it('lists, copies, looks and deletes', async () => {
    const container = service.getContainerClient(containerName);
    await container.getBlockBlobClient('in/one.txt').upload('1', 1);
    await container.getBlockBlobClient('two.txt').upload('2', 1);
    const ended = await project.run({
      All: { operation: 'listBlobs', parameters: { containerName } },
      Below: { operation: 'listBlobs', parameters: { containerName, blobNamePrefix: 'in/' } },
      Copy: {
        operation: 'copyBlob',
        parameters: {
          sourceContainerName: containerName,
          sourceBlobName: 'two.txt',
          destinationContainerName: containerName,
          destinationBlobName: 'three.txt',
        },
      },
      Delete: { operation: 'deleteBlob', parameters: { containerName, blobName: 'two.txt' } },
      Gone: { operation: 'blobExists', parameters: { containerName, blobName: 'two.txt' } },
      There: { operation: 'blobExists', parameters: { containerName, blobName: 'three.txt' } },
      Containers: { operation: 'listContainers', parameters: {} },
    });
    const names = (name: string) => (ended[name]?.body as { blobs: { name: string }[] }).blobs.map((each) => each.name);
    expect(names('All')).toEqual(['in/one.txt', 'two.txt']);
    expect(names('Below')).toEqual(['in/one.txt']);
    expect(ended['Copy']?.body).toMatchObject({ name: 'three.txt' });
    expect(ended['Gone']?.body).toEqual({ isBlobExists: false });
    expect(ended['There']?.body).toMatchObject({ isBlobExists: true });
    expect(JSON.stringify(ended['Containers']?.body)).toContain(containerName);
  });

  it('fails with the status and reason of the service', async () => {
    const ended = await project.run({
      Read: { operation: 'readBlob', parameters: { containerName, blobName: 'nothing' } },
      Nameless: { operation: 'readBlob', parameters: { containerName } },
      Twice: { operation: 'uploadBlob', parameters: { containerName, blobName: 'x', content: 'a' } },
      Refused: {
        operation: 'uploadBlob',
        parameters: { containerName, blobName: 'x', content: 'b', overrideIfExists: false },
      },
      Unknown: { operation: 'setBlobTier', parameters: { containerName, blobName: 'x' } },
    });
    expect(ended['Read']).toMatchObject({ status: 'Failed', code: 'BlobNotFound' });
    expect(ended['Nameless']?.error?.message).toBe("The parameter 'blobName' is missing.");
    expect(ended['Refused']).toMatchObject({ status: 'Failed', code: 'BlobAlreadyExists' });
    expect(ended['Unknown']).toMatchObject({ status: 'Failed', code: 'NotSupportedLocally' });
  });

  it('says that an account cannot be reached, without telling its key', async () => {
    const unreachable = azurite.connectionString.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9');
    const elsewhere = new ConnectorProject('AzureBlob', { connectionString: unreachable });
    const ended = await elsewhere.run({ List: { operation: 'listBlobs', parameters: { containerName } } });
    await elsewhere.close();
    expect(ended['List']?.status).toBe('Failed');
    expect(ended['List']?.error?.message).toMatch(/ECONNREFUSED|EADDRNOTAVAIL/);
    expect(JSON.stringify(ended)).not.toContain(/AccountKey=([^;]+)/.exec(unreachable)?.[1]);
  });

  it('starts a run for a blob', async () => {
    await service.getContainerClient(containerName).getBlockBlobClient('new/one.txt').upload('1', 1);
    const trigger = {
      type: 'ServiceProvider',
      inputs: {
        parameters: { path: `${containerName}/new/{name}` },
        serviceProviderConfiguration: project.configuration('whenABlobIsAddedOrModified'),
      },
    };
    const { folder } = makeProject(
      { flow: { triggers: { A_blob: trigger }, actions: { Done: { type: 'Compose', inputs: 1, runAfter: {} } } } },
      project.files,
    );
    const host = await project.host(folder, true);
    expect(await fired(host)).toMatchObject({
      body: { name: 'new/one.txt', containerInfo: { name: containerName }, properties: { blobType: 'BlockBlob' } },
    });
  });
});
