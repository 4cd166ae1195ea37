/** The extension is installed from its package and starts by itself on a project. */
import { describe, expect } from 'vitest';
import { activationTime } from '../driver/extensions';
import { measure } from '../driver/output';
import { test } from '../driver/window';

describe('VS Code on the example', () => {
  test('activates the extension', async ({ workbench, project }) => {
    await workbench.openFolder(project.folder);
    await workbench.openFile('process-order/workflow.json');
    const time = await activationTime(workbench);
    measure('activation, by VS Code (ms)', time);
    expect(time).toBeGreaterThanOrEqual(0);
  });
});
