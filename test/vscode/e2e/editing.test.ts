/** Writing a workflow: problems and their fixes, completion, hover. */
import { describe, expect } from 'vitest';
import { test } from '../driver/window';

const workflow = 'process-order/workflow.json';

describe('writing a workflow', () => {
  test('a misspelt reference is underlined, explained and mended', async ({ workbench, project }) => {
    const { editor } = workbench;
    project.replace(workflow, `"value": "@outputs('Line_amount')"`, `"value": "@outputs('Line_amuont')"`);
    await workbench.openFolder(project.folder);
    await workbench.openWorkflow(workflow);
    const place = project.position(workflow, "outputs('Line_a|muont')");
    await editor.goTo(place);
    await editor.squiggle('error').first().waitFor();
    expect(await editor.hoverAt(place)).toContain('Line_amuont');
    await workbench.screenshot('diagnostics');
    await editor.dismiss();
    await editor.quickFix('Line_amount');
    await editor.squiggle('error').first().waitFor({ state: 'hidden' });
    await editor.save();
    expect(project.read(workflow)).not.toContain('Line_amuont');
  });

  test('completion offers the actions that have run before', async ({ workbench, project }) => {
    const { editor } = workbench;
    await workbench.openFolder(project.folder);
    await workbench.openWorkflow(workflow);
    await editor.goTo(project.position(workflow, `"subject": "|Please approve`));
    await editor.type("@{body('");
    const offered = await editor.completions();
    await workbench.screenshot('completion');
    expect(offered).toEqual(expect.arrayContaining(['Order_summary']));
    expect(offered).not.toContain('Respond_pending');
  });

  test('a function shows its documentation', async ({ workbench, project }) => {
    await workbench.openFolder(project.folder);
    await workbench.openWorkflow(workflow);
    const place = project.position(workflow, '@toUpper(coal|esce(');
    await workbench.editor.goTo(place);
    await expect.poll(() => workbench.editor.hoverAt(place), { timeout: 20_000 }).toContain('coalesce');
    await workbench.screenshot('hover');
  });
});
