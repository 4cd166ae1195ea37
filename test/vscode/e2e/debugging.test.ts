/** F5 without a launch.json: breakpoints, variables, stepping, the debug console, the run in the designer. */
import { describe, expect } from 'vitest';
import { measure } from '../driver/output';
import { test } from '../driver/window';

const workflow = 'process-order/workflow.json';

const order = {
  orderId: 'A-1',
  customer: { name: 'Example Ltd', country: 'AT' },
  lines: [
    { sku: 'LAMP', quantity: 2, unitPrice: 30 },
    { sku: 'BULB', quantity: 1, unitPrice: 5 },
  ],
};

describe('debugging a workflow', () => {
  test('F5 runs it, and a request stops at the breakpoints', async ({ workbench, project }) => {
    const { debugging, editor } = workbench;
    await workbench.openFolder(project.folder);
    await workbench.openWorkflow(workflow);
    for (const place of ['"When_an_order_arrives|": {', '"Keep_priced_line|": {']) {
      await editor.goTo(project.position(workflow, place));
      await debugging.setBreakpoint();
    }
    await editor.goTo(project.position(workflow, '"When_an_order_arrives|": {'));
    const pressed = Date.now();
    await debugging.start();
    const url = await workbench.copied(editor.codeLens('Copy callback URL'), /^http:\/\/localhost:\d+\//);
    const response = fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
    expect(await debugging.waitForStop()).toContain('When_an_order_arrives');
    measure('F5, copying the URL, request and first stop, in the window (ms)', Date.now() - pressed);

    await debugging.press('continue');
    await debugging.waitForFrame('Keep_priced_line');
    await debugging.variables.expand(/^Loop$/, /^Price_each_line: item/);
    const shown = async (): Promise<string> => (await debugging.variables.rows()).join('\n');
    await expect.poll(shown).toMatch(/sku\W+LAMP/);
    await debugging.variables.expand(/^Variables$/);
    await debugging.variables.end();
    await expect.poll(shown).toMatch(/total\W+60/);
    await workbench.screenshot('debugger');
    expect(await debugging.evaluate("@{variables('total')}")).toContain('60');

    await debugging.press('stepOut');
    await debugging.waitForFrame('[2 of 2]');
    await debugging.press('continue');
    await debugging.press('continue');
    const answer = await response;
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'accepted', order: { orderId: 'A-1' } });
  });

  test('a request is sent from its lens, and the response is shown', async ({ workbench, project }) => {
    await workbench.openFolder(project.folder);
    await workbench.openWorkflow(workflow);
    await workbench.editor.codeLens('Send request').click();
    await workbench.page.locator('.codelens-decoration a', { hasText: /Send$/ }).last().click();
    await expect.poll(() => workbench.textIn('response.json')).toContain('"shop": "Example Lighting"');
    await workbench.screenshot('response');
  });

  test('the designer stays in front at a stop, marks the held step and shows its values', async ({
    workbench,
    project,
  }) => {
    const { editor, debugging } = workbench;
    await workbench.openFolder(project.folder);
    await workbench.openWorkflow(workflow);
    await editor.goTo(project.position(workflow, '"Is_large_order|": {'));
    await debugging.setBreakpoint();
    await editor.goTo(project.position(workflow, '"When_an_order_arrives|": {'));
    await debugging.start();
    const url = await workbench.copied(editor.codeLens('Copy callback URL'), /^http:\/\/localhost:\d+\//);
    await workbench.runCommand('Logic Apps: Open Designer');
    const designer = workbench.designer();
    await designer.node('When an order arrives').click();
    const response = fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
    await debugging.waitForFrame('Is_large_order');
    await designer.status('Is large order', 'Paused here').waitFor();
    await designer.node('Is large order').click();
    await designer.details('Is_large_order').getByText('"expressionResult"').waitFor();
    await workbench.screenshot('designer-held');
    await debugging.press('continue');
    expect((await response).status).toBe(200);
  });

  test('the designer marks the steps that have run', async ({ workbench, project }) => {
    const { editor, debugging } = workbench;
    await workbench.openFolder(project.folder);
    await workbench.openWorkflow(workflow);
    await editor.goTo(project.position(workflow, '"When_an_order_arrives|": {'));
    await debugging.start();
    const url = await workbench.copied(editor.codeLens('Copy callback URL'), /^http:\/\/localhost:\d+\//);
    await workbench.runCommand('Logic Apps: Open Designer');
    const designer = workbench.designer();
    await designer.node('When an order arrives').waitFor();
    await designer.fit();
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
    expect(answer.status).toBe(200);
    await designer.status('Order summary', 'Succeeded').waitFor();
    await workbench.hideParts();
    await designer.fit();
    await workbench.screenshot('designer-run');
  });
});
