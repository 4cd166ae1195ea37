import { describe, expect, it } from 'vitest';
import { connectionNodes } from '../../../client/features/connections/connectionTree';
import { connectorName } from '../../../client/features/connections/connectorNames';
import { ProjectDocument } from '../../../language/project/document';
import { fileKind } from '../../../language/project/fileKind';
import { projectOf } from '../../../language/project/project';

function nodes(files: Readonly<Record<string, unknown>>) {
  const documents = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      new ProjectDocument(typeof content === 'string' ? content : JSON.stringify(content), fileKind(path)),
    ]),
  );
  return connectionNodes(projectOf(documents, []));
}

const connections = {
  serviceProviderConnections: {
    bus: {
      parameterValues: { connectionString: "@appsetting('BUS')" },
      serviceProvider: { id: '/serviceProviders/serviceBus' },
      displayName: 'Orders bus',
    },
  },
};
const workflow = {
  definition: {
    triggers: {},
    actions: {
      Send: { type: 'ServiceProvider', inputs: { serviceProviderConfiguration: { connectionName: 'bus' } } },
    },
  },
};

describe('the Connections view', () => {
  it('lists a connection with its connector and its uses, which lead to the text', () => {
    const [bus] = nodes({
      'connections.json': connections,
      'local.settings.json': { Values: { BUS: 'x' } },
      'orders/workflow.json': workflow,
    });
    expect(bus).toMatchObject({ label: 'bus', description: 'Service Bus', icon: 'plug' });
    expect(bus?.severity).toBeUndefined();
    const [use] = bus?.children ?? [];
    expect(use).toMatchObject({ kind: 'use', label: 'Send', description: 'orders' });
    const { range, document, path } = use?.place ?? {};
    expect(path).toBe('orders/workflow.json');
    expect(document?.text.slice(range?.start, range?.end)).toBe('Send');
  });

  it('warns about an app setting that is not set', () => {
    const [bus] = nodes({ 'connections.json': connections, 'local.settings.json': { Values: {} } });
    expect(bus).toMatchObject({ severity: 'warning', icon: 'warning', description: 'Service Bus · not used' });
    expect(bus?.tooltip).toContain("'BUS' is not set");
    expect(bus?.children[0]).toMatchObject({ kind: 'setting', setting: 'BUS' });
  });

  it('lists a connection that is used but missing', () => {
    const [missing] = nodes({ 'orders/workflow.json': workflow });
    expect(missing).toMatchObject({
      kind: 'missing',
      label: 'bus',
      severity: 'error',
      description: 'no connections.json',
    });
  });

  it('says so when there is nothing', () => {
    expect(nodes({ 'connections.json': {} })[0]).toMatchObject({ kind: 'note', label: 'No connections' });
    expect(nodes({})[0]?.label).toContain('No connections.json');
  });

  it('says where connections.json is broken, and still lists what can be read', () => {
    const [note, bus] = nodes({ 'connections.json': '{"serviceProviderConnections": {\n"bus": {},\n' });
    expect(note).toMatchObject({ kind: 'note', severity: 'error', description: 'line 2' });
    expect(bus).toMatchObject({ label: 'bus' });
  });
});

describe('the name of a connector', () => {
  it.each([
    ['serviceBus', 'Service Bus'],
    ['AzureBlob', 'Azure Blob Storage'],
    ['office365', 'Office 365'],
    ['my-custom_api', 'My custom api'],
  ])('%s is %s', (id, name) => {
    expect(connectorName(id)).toBe(name);
  });
});
