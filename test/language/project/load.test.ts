import { describe, expect, it } from 'vitest';
import { findProjects, loadProject } from '../../../language/project/load';
import type { FileReader } from '../../../language/project/load';

const workflow =
  '{"definition":{"$schema":"https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#","triggers":{},"actions":{}}}';

function readerOf(files: Readonly<Record<string, string>>): FileReader {
  return {
    list: async (folder) => {
      const names = new Map<string, boolean>();
      for (const path of Object.keys(files)) {
        if (!path.startsWith(`${folder}/`)) continue;
        const [name = '', ...rest] = path.slice(folder.length + 1).split('/');
        names.set(name, rest.length > 0);
      }
      return [...names].map(([name, isFolder]) => ({ name, isFolder }));
    },
    read: async (file) => files[file],
  };
}

describe('finding projects', () => {
  it('takes folders whose sub-folders hold workflows, at any depth', async () => {
    const reader = readerOf({
      '/r/apps/one/w/workflow.json': workflow,
      '/r/apps/two/w/workflow.json': '',
      '/r/apps/two/host.json': '{}',
      '/r/apps/three/w/workflow.json': '{"github": "something else"}',
      '/r/node_modules/x/w/workflow.json': workflow,
      '/r/apps/one/workflow-designtime/host.json': '{}',
      '/r/.git/y/w/workflow.json': workflow,
    });
    expect(await findProjects(reader, '/r')).toEqual(['/r/apps/one', '/r/apps/two']);
  });

  it('takes the folder itself', async () => {
    expect(await findProjects(readerOf({ '/r/w/workflow.json': workflow }), '/r')).toEqual(['/r']);
  });
});

describe('reading a project', () => {
  it('knows its files, and tells a missing one from an empty one', async () => {
    const project = await loadProject(
      readerOf({
        '/r/w/workflow.json': workflow,
        '/r/w/readme.json': '{}',
        '/r/connections.json': JSON.stringify({
          managedApiConnections: { mail: { api: { id: '/x/managedApis/office365' }, displayName: 'Mail' } },
          serviceProviderConnections: { bus: { serviceProvider: { id: '/serviceProviders/serviceBus' } } },
          odd: { x: 1 },
        }),
        '/r/local.settings.json': '{"Values":{"A":"secret"}}',
        '/r/Artifacts/Maps/m.xslt': '',
        '/r/artifacts/Schemas/s.xsd': '',
        '/r/Artifacts/Other/o.txt': '',
      }),
      '/r',
    );
    expect([...project.workflows.keys()]).toEqual(['w']);
    expect(project.connections?.entries.map(({ section, key, connector }) => [section, key, connector])).toEqual([
      ['managedApiConnections', 'mail', 'office365'],
      ['serviceProviderConnections', 'bus', 'serviceBus'],
    ]);
    expect(project.settings?.entries.map((each) => each.name)).toEqual(['A']);
    expect(project.parameters).toBeUndefined();
    expect(project.artifacts).toEqual({ maps: ['m.xslt'], schemas: ['s.xsd'], rules: [] });
  });

  it('keeps what can be read of malformed files', async () => {
    const project = await loadProject(
      readerOf({
        '/r/w/workflow.json': '{',
        '/r/host.json': '',
        '/r/connections.json': '[1]',
        '/r/parameters.json': '{"a":',
      }),
      '/r',
    );
    expect(project.connections?.entries).toEqual([]);
    expect(project.parameters?.entries.map((each) => each.name)).toEqual(['a']);
    expect(project.workflows.get('w')?.workflow).toBeUndefined();
  });
});
