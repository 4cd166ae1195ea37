import { describe, expect, it } from 'vitest';
import type { Diagnostic, Location, SymbolInformation } from 'vscode-languageserver/node';
import { Client, uriOf } from './client';
import type { Files } from './client';

const workflow = (inputs: string): string =>
  `{"definition":{"$schema":"https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",` +
  `"triggers":{"manual":{"type":"Request","kind":"Http"}},"actions":{"A":${inputs}}},"kind":"Stateful"}`;
const uses = (name: string): string => workflow(`{"type":"Compose","inputs":"@parameters('${name}')","runAfter":{}}`);
const calls = (name: string): string =>
  workflow(`{"type":"Workflow","inputs":{"host":{"workflow":{"id":"${name}"}}},"runAfter":{}}`);
const parameter = (name: string): string => `{"${name}":{"type":"Int","value":1}}`;
const codes = (found: readonly Diagnostic[]): unknown[] => found.map((each) => each.code);

async function changed(client: Client, ...paths: string[]): Promise<void> {
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: paths.map((path) => ({ uri: uriOf(path), type: 2 })),
  });
}

describe('a workspace', () => {
  it('checks files that are not open, each in its own project', async () => {
    const files: Files = {
      'one/w/workflow.json': uses('x'),
      'one/parameters.json': parameter('x'),
      'two/w/workflow.json': uses('x'),
      'two/parameters.json': parameter('y'),
    };
    const { client } = await Client.start(files);
    expect(codes(await client.diagnostics('one/w/workflow.json'))).toEqual([]);
    expect(codes(await client.diagnostics('two/w/workflow.json'))).toEqual(['parameter-unknown']);
  });

  it('follows files that change on disk, appear and go', async () => {
    const files: Files = { 'app/w/workflow.json': calls('child'), 'app/host.json': '{}' };
    const { client } = await Client.start(files);
    expect(codes(await client.diagnostics('app/w/workflow.json'))).toEqual(['workflow-unknown']);
    files['app/child/workflow.json'] = workflow('{"type":"Compose","inputs":1,"runAfter":{}}');
    await changed(client, 'app/child/workflow.json');
    await client.settled('app/w/workflow.json', (found) => found.length === 0);
    delete files['app/child/workflow.json'];
    await changed(client, 'app/child/workflow.json');
    await client.settled('app/w/workflow.json', (found) => found.length === 1);
  });

  it('prefers what is open and unsaved, until it is closed', async () => {
    const files: Files = { 'app/w/workflow.json': uses('x'), 'app/parameters.json': parameter('x') };
    const { client } = await Client.start(files);
    expect(await client.diagnostics('app/w/workflow.json')).toEqual([]);
    await client.open('app/parameters.json', parameter('y'));
    await client.settled('app/w/workflow.json', (found) => codes(found).includes('parameter-unknown'));
    await client.close('app/parameters.json');
    await client.settled('app/w/workflow.json', (found) => found.length === 0);
  });

  it('goes to the workflow that is called, and finds operations by name', async () => {
    const files: Files = { 'app/w/workflow.json': calls('child'), 'app/child/workflow.json': calls('w') };
    const { client } = await Client.start(files);
    const position = await client.open('app/w/workflow.json', calls('ch|ild'));
    const [target] = await client.at<Location[]>('definition', 'app/w/workflow.json', position);
    expect(target?.uri).toBe(uriOf('app/child/workflow.json'));
    const symbols = await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'mnl' });
    expect(symbols.map((each) => each.containerName).sort()).toEqual(['child', 'w']);
  });

  it('honours severities of the settings', async () => {
    const files: Files = { 'app/w/workflow.json': calls('child'), 'app/host.json': '{}' };
    const { client } = await Client.start(
      files,
      {},
      { diagnostics: { severity: { 'workflow-unknown': 'off', nonsense: 'error' } } },
    );
    expect(await client.diagnostics('app/w/workflow.json')).toEqual([]);
  });
});
