/** A folder that the user has not trusted: writing is helped, nothing runs. */
import { describe } from 'vitest';
import { startServer } from '../driver/server';
import { test as base } from '../driver/window';

const workflow = 'process-order/workflow.json';

const test = base.extend({
  address: async ({}, use: (address: string) => Promise<void>) => {
    const server = await startServer('trust', { 'security.workspace.trust.startupPrompt': 'never' }, true);
    await use(server.address);
    await server.stop();
  },
});

describe('an untrusted workspace', () => {
  test('has language features, and running is refused with the reason', async ({ workbench, project }) => {
    const { editor } = workbench;
    project.replace(workflow, `"value": "@outputs('Line_amount')"`, `"value": "@outputs('Line_amuont')"`);
    await workbench.openFolder(project.folder);
    await workbench.openWorkflow(workflow);
    await editor.goTo(project.position(workflow, "outputs('Line_a|muont')"));
    await editor.squiggle('error').first().waitFor();
    await workbench.runCommand('Logic Apps: Copy Callback URL');
    await workbench.notification('untrusted workspace').waitFor();
  });
});
