/** The Connections view of the activity bar. */
import { describe, expect } from 'vitest';
import { test } from '../driver/window';

describe('the Connections view', () => {
  test('lists connections, their use, and what is missing', async ({ workbench, project }) => {
    await workbench.openFolder(project.folder);
    await workbench.openFile('connections.json');
    await workbench.openView('Logic Apps');
    const connections = workbench.tree('Connections');
    await connections.row('reportStorage').waitFor();
    const rows = (await connections.rows()).join('\n');
    expect(rows).toContain('serviceBus');
    await connections.expand('reportStorage');
    await connections.row('reportStorage_connectionString').waitFor();
    await workbench.screenshot('connections');
  });
});
