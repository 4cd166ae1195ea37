import { describe, expect, it } from 'vitest';
import { connectionUsage } from '../../../language/project/connectionUsage';
import { ProjectDocument } from '../../../language/project/document';
import { fileKind } from '../../../language/project/fileKind';
import { projectOf } from '../../../language/project/project';

function usageOf(files: Readonly<Record<string, unknown>>) {
  const documents = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      new ProjectDocument(typeof content === 'string' ? content : JSON.stringify(content), fileKind(path)),
    ]),
  );
  return connectionUsage(projectOf(documents, []));
}

const send = (connectionName: string) => ({
  type: 'ServiceProvider',
  inputs: { serviceProviderConfiguration: { connectionName, operationId: 'sendMessage' } },
});
const workflow = (actions: object) => ({ definition: { triggers: {}, actions } });
const bus = (connectionString: string) => ({
  serviceProviderConnections: {
    bus: { parameterValues: { connectionString }, serviceProvider: { id: '/serviceProviders/serviceBus' } },
  },
});

describe('connections of a project', () => {
  it('are listed with where they are used, in any case', () => {
    const { connections, missing } = usageOf({
      'connections.json': bus('x'),
      'first/workflow.json': workflow({ Send: send('bus') }),
      'second/workflow.json': workflow({ Send_again: send('BUS') }),
    });
    expect(connections[0]?.uses.map((use) => `${use.workflow}/${use.operation.name}`)).toEqual([
      'first/Send',
      'second/Send_again',
    ]);
    expect(missing).toEqual([]);
  });

  it('tell which app settings are not set, also those behind parameters', () => {
    const settings = (connectionString: string, files: object) =>
      usageOf({ 'connections.json': bus(connectionString), ...files }).connections[0]?.settings;
    expect(settings("@appsetting('A')", { 'local.settings.json': { Values: { a: '1' } } })).toEqual([
      { name: 'A', isSet: true },
    ]);
    expect(settings("@appsetting('A')", { 'local.settings.json': { Values: {} } })).toEqual([
      { name: 'A', isSet: false },
    ]);
    expect(settings("@appsetting('A')", {})).toEqual([{ name: 'A', isSet: false }]);
    expect(settings("@appsetting('WORKFLOWS_LOCATION_NAME')", {})).toEqual([
      { name: 'WORKFLOWS_LOCATION_NAME', isSet: true },
    ]);
    const parameters = { 'parameters.json': { p: { type: 'String', value: "@appsetting('B')" } } };
    expect(settings("@parameters('p')", parameters)).toEqual([{ name: 'B', isSet: false }]);
  });

  it('tell parameters that are missing', () => {
    const { connections } = usageOf({ 'connections.json': bus("@parameters('p')"), 'parameters.json': {} });
    expect(connections[0]?.missingParameters).toEqual(['p']);
  });

  it('that are used but not there are listed apart, computed names are not', () => {
    const { missing } = usageOf({
      'connections.json': bus('x'),
      'first/workflow.json': workflow({ Send: send('other'), Computed: send("@parameters('name')") }),
    });
    expect(missing.map((each) => [each.key, each.uses.length])).toEqual([['other', 1]]);
  });

  it('survive a file that is no JSON', () => {
    expect(usageOf({ 'connections.json': '{ "serviceProviderConnections": { "bus"' }).missing).toEqual([]);
  });
});
