/** The designer: draws the workflow, shows a step's details, follows the text and the theme. */
import { describe, expect } from 'vitest';
import { test } from '../driver/window';

const workflow = 'process-order/workflow.json';

describe('the designer', () => {
  test('draws the workflow and follows its text', async ({ workbench, project }) => {
    await workbench.openFolder(project.folder);
    await workbench.openWorkflow(workflow);
    await workbench.hideParts();
    await workbench.runCommand('Logic Apps: Open Designer');
    const designer = workbench.designer();
    for (const name of ['When an order arrives', 'Price each line', 'Is bulk line', 'Ship by country']) {
      await designer.node(name).waitFor();
    }
    await designer.fit();
    await workbench.screenshot('designer');

    await designer.node('Ship by country').click();
    await designer.details('Ship_by_country').waitFor();
    await workbench.screenshot('designer-details');

    await workbench.focusFirstEditor();
    await workbench.editor.goTo(project.position(workflow, '"Line_amount|": {'));
    await workbench.editor.type('s');
    await designer.node('Line amounts').waitFor();
  });

  test('takes the colours of the theme', async ({ workbench, project }) => {
    await workbench.openFolder(project.folder);
    await workbench.openWorkflow(workflow);
    await workbench.runCommand('Logic Apps: Open Designer');
    const designer = workbench.designer();
    await designer.node('Ship by country').waitFor();
    const dark = await designer.background();
    project.write('.vscode/settings.json', '{ "workbench.colorTheme": "Default Light Modern" }');
    await expect.poll(() => designer.background()).not.toBe(dark);
    await workbench.screenshot('designer-light');
  });
});
