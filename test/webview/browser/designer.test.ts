/** The designer in a real browser, on a fake host: what a user sees, and what the text is afterwards. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DesignerMessage } from '../../../webview/protocol/messages';
import { browserPath, DesignerBrowser } from './open';
import type { OpenOptions } from './open';

const orders = `{
  "definition": {
    "triggers": { "Order_arrives": { "type": "Request", "kind": "Http" } },
    "actions": {
      "Total": {
        "type": "InitializeVariable",
        "inputs": { "variables": [{ "name": "total", "type": "float", "value": 0 }] },
        "runAfter": {}
      },
      // the loop
      "Each_line": {
        "type": "Foreach",
        "foreach": "@triggerBody()?['lines']",
        "actions": {
          "Is_bulk": {
            "type": "If",
            "expression": { "and": [{ "greater": ["@item()?['quantity']", 10] }] },
            "actions": { "Discount": { "type": "Compose", "inputs": "@{mul(item()?['price'], 0.9)} EUR" } },
            "else": { "actions": {} }
          }
        },
        "runAfter": { "Total": ["Succeeded"] }
      },
      "Complain": { "type": "Terminate", "inputs": { "runStatus": "Failed" }, "runAfter": { "Each_line": ["Failed", "TimedOut"] } },
      "Answer": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Each_line": ["Succeeded"] } }
    }
  },
  "kind": "Stateful"
}
`;

describe.skipIf(browserPath === undefined)('the designer in a browser', () => {
  let browser: DesignerBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await DesignerBrowser.start();
  }, 60_000);
  afterEach(async () => {
    const failures = await said('failed');
    await page.close();
    expect(failures).toEqual([]);
  });
  afterAll(() => browser.stop());

  const open = async (text = orders, options: OpenOptions = {}): Promise<void> => {
    page = await browser.open(text, options);
  };
  const card = (name: string) => page.locator('.card', { has: page.getByText(name, { exact: true }) });
  const textNow = (): Promise<string> => page.evaluate(() => window.host.text);
  const said = <T extends DesignerMessage['type']>(type: T) =>
    page.evaluate((wanted) => window.host.said.filter((message) => message.type === wanted), type);
  const panel = () => page.getByRole('complementary', { name: /^Details of/ });

  it('draws trigger, actions, sides of a condition and statuses on lines', async () => {
    await open();
    for (const name of ['Order arrives', 'Total', 'Each line', 'Is bulk', 'Discount', 'Complain', 'Answer']) {
      await card(name).waitFor();
    }
    expect(await page.locator('.lane-label').allTextContents()).toEqual(['True', 'False']);
    expect(await page.locator('.line').count()).toBe(7);
    expect(await page.getByRole('img', { name: 'Runs when the one before has failed or timed out' }).count()).toBe(1);
    expect(await page.getByRole('treeitem', { name: 'Discount, Compose' }).getAttribute('aria-level')).toBe('3');
  });

  it('shows the details of a clicked action, marks it in the text, and goes to it', async () => {
    await open();
    await card('Discount').click();
    await panel().getByRole('heading', { name: 'Discount' }).waitFor();
    expect(await panel().locator('.token-function').allTextContents()).toEqual(['mul', 'item']);
    const [selected] = await said('select');
    expect(selected?.type === 'select' ? orders.slice(selected.range.start, selected.range.start + 10) : '').toBe(
      '"Discount"',
    );
    await panel().getByRole('button', { name: 'Go to text (F12)' }).click();
    expect(await said('reveal')).toHaveLength(1);
  });

  it('follows the text, and the cursor in it', async () => {
    await open();
    await card('Answer').waitFor();
    await page.evaluate((text) => window.host.setText(text), orders.replaceAll('"Answer"', '"Reply_to_shop"'));
    await card('Reply to shop').waitFor();
    const offset = (await textNow()).indexOf('"Complain"') + 3;
    await page.evaluate((at) => window.host.send({ type: 'cursor', version: window.host.version, offset: at }), offset);
    await page.locator('.is-selected', { hasText: 'Complain' }).waitFor();
    expect(await panel().count()).toBe(0);
  });

  it('keeps the last good drawing while the text is broken, and says where', async () => {
    await open();
    await card('Answer').waitFor();
    await page.evaluate((text) => window.host.setText(text), orders.replace('"Answer": {', '"Answer": '));
    await page
      .getByRole('alert')
      .filter({ hasText: 'cannot be read at the moment' })
      .filter({ hasText: 'Line ' })
      .waitFor();
    await card('Answer').waitFor();
    expect(await page.getByRole('button', { name: /^Add an action/ }).count()).toBe(0);
    await page.evaluate((text) => window.host.setText(text), orders);
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('says what is wrong with an empty file, and makes a workflow of it, trigger and all', async () => {
    await open('');
    await page.getByRole('heading', { name: 'workflow.json is empty' }).waitFor();
    await page.getByRole('button', { name: 'Create an empty workflow' }).click();
    await page.getByRole('button', { name: 'Add a trigger' }).click();
    await page.keyboard.type('recur');
    await page.keyboard.press('Enter');
    await card('Recurrence').waitFor();
    expect(await textNow()).toContain('"frequency": "Hour"');
  });

  it.each([
    ['[]', 'This is no workflow'],
    ['{ "version": "2.0" }', 'This is no workflow'],
  ])('says that %s holds no workflow', async (text, message) => {
    await open(text);
    await page.getByRole('heading', { name: 'workflow.json holds no workflow' }).waitFor();
    await page.getByText(message).waitFor();
    await page.getByRole('button', { name: 'Open as text' }).click();
    expect(await said('openText')).toHaveLength(1);
  });

  it('is worked with the keyboard alone: move, open, close, collapse, find', async () => {
    await open();
    await card('Answer').waitFor();
    await page.getByRole('tree').focus();
    const active = () => page.locator('.is-selected .card-name').textContent();
    for (const [key, name] of [
      ['Home', 'Order arrives'],
      ['ArrowDown', 'Total'],
      ['ArrowDown', 'Each line'],
      ['ArrowDown', 'Is bulk'],
      ['ArrowUp', 'Each line'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await active()).toBe(name);
    }
    await page.keyboard.press('Space');
    await card('Discount').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await panel().getByRole('heading', { name: 'Each line' }).waitFor();
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    await page.keyboard.press('Control+f');
    await page.keyboard.type('discount');
    await card('Discount').waitFor();
    expect(await active()).toBe('Discount');
    await page.getByText('1 of 1').waitFor();
  });

  it('adds an action on a line', async () => {
    await open();
    await page.getByRole('button', { name: 'Add an action before Each_line' }).click();
    await page.keyboard.type('parse json');
    await page.keyboard.press('Enter');
    await card('Parse JSON').first().waitFor();
    const after = await textNow();
    expect(after).toContain('// the loop');
    const { definition } = JSON.parse(after.replace('// the loop', '')) as {
      definition: { actions: Record<string, { type: string; runAfter: Record<string, string[]> }> };
    };
    expect(definition.actions['Parse_JSON']).toMatchObject({ type: 'ParseJson', runAfter: { Total: ['Succeeded'] } });
    expect(definition.actions['Each_line']?.runAfter).toEqual({ Parse_JSON: ['Succeeded'] });
    await panel().getByRole('heading', { name: 'Parse JSON' }).waitFor();
  });

  it('changes a value and what an action runs after, and leaves the rest of the text alone', async () => {
    await open();
    await card('Answer').click();
    await panel().getByText('Status code').hover();
    await panel().getByRole('button', { name: 'Edit Status code' }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('202');
    await page.keyboard.press('Control+Enter');
    await panel().getByText('202').waitFor();
    expect(await textNow()).toBe(orders.replace('"statusCode": 200', '"statusCode": 202'));
    await panel().getByRole('tab', { name: 'Run after' }).click();
    await panel().getByRole('checkbox', { name: 'Skipped' }).click();
    await page.getByRole('img', { name: 'Runs when the one before has succeeded or skipped' }).waitFor();
    expect(await textNow()).toContain(
      '"Answer": { "type": "Response", "inputs": { "statusCode": 202 }, "runAfter": { "Each_line": ["Succeeded", "Skipped"] } }',
    );
  });

  it('deletes, copies and pastes with the keys, and offers the same in a menu', async () => {
    await open();
    await card('Total').click();
    await page.keyboard.press('Delete');
    await card('Total').waitFor({ state: 'detached' });
    expect(await textNow()).toContain('// the loop');
    await page.keyboard.press('End');
    await card('Is bulk').click();
    await page.keyboard.press('Control+c');
    await card('Answer').click();
    await page.keyboard.press('Control+v');
    await card('Is bulk 1').waitFor();
    await card('Discount 1').waitFor();
    expect(await textNow()).toContain('"Is_bulk_1"');
    await card('Complain').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await card('Complain 1').waitFor();
    await page.evaluate((text) => window.host.setText(text), orders);
    await card('Total').click({ button: 'right' });
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('offers what an operation may have, and the values there are to choose from', async () => {
    await open();
    await card('Answer').click();
    await panel().getByRole('combobox', { name: 'Add a parameter' }).click();
    await page.getByRole('option', { name: 'Body' }).click();
    await panel().getByText('Empty text').waitFor();
    expect(await textNow()).toContain('"inputs": { "statusCode": 200, "body": "" }');
    await card('Complain').click();
    await panel().getByRole('combobox', { name: 'Run status' }).click();
    await page.getByRole('option', { name: 'Cancelled' }).click();
    await card('Complain').getByText('Cancelled').waitFor();
    expect(await textNow()).toContain('{ "runStatus": "Cancelled" }');
    await card('Total').click();
    await panel().getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'integer' }).click();
    await page.waitForFunction(() => window.host.text.includes('"name": "total", "type": "integer", "value": 0'));
  });

  it('draws a line from one action to another, not where it would make a circle', async () => {
    await open(orders, { height: 1100 });
    const drag = async (from: string, to: string): Promise<void> => {
      await card(from).hover();
      const start = await page
        .locator('.operation', { has: card(from) })
        .last()
        .locator('.line-start')
        .last()
        .boundingBox();
      const end = await card(to).boundingBox();
      if (start === null || end === null) throw new Error('not drawn');
      await page.mouse.move(start.x + 3, start.y + 3);
      await page.mouse.down();
      await page.mouse.move(end.x + 60, end.y + 30, { steps: 4 });
      await page.mouse.up();
    };
    await drag('Answer', 'Total');
    await drag('Complain', 'Discount');
    expect(await said('edit')).toEqual([]);
    await drag('Complain', 'Answer');
    await page.waitForFunction(() => window.host.version === 2);
    expect(await textNow()).toContain('"runAfter": { "Each_line": ["Succeeded"], "Complain": ["Succeeded"] } }\n    }');
  });

  it('asks for a rename with the key, and stops asking with Escape', async () => {
    await open();
    await card('Discount').click();
    await page.keyboard.press('F2');
    await page.keyboard.type('Bulk_discount');
    await page.keyboard.press('Enter');
    const [asked] = await said('rename');
    expect(asked).toMatchObject({ newName: 'Bulk_discount', offset: orders.indexOf('"Discount"') + 1 });
    await page.evaluate((text) => window.host.setText(text), orders.replace('"Discount"', '"Bulk_discount"'));
    await panel().getByRole('heading', { name: 'Bulk discount' }).waitFor();
    await panel().getByRole('button', { name: 'Rename (F2)' }).click();
    await page.keyboard.press('Escape');
    await panel().getByRole('heading', { name: 'Bulk discount' }).waitFor();
  });

  it('shows problems and breakpoints where they are, and toggles a breakpoint', async () => {
    await open();
    await card('Answer').waitFor();
    await page.evaluate(() => {
      const { host } = window;
      const at = host.text.indexOf('"Answer"');
      const range = { start: at, end: at + 8 };
      host.send({
        type: 'problems',
        version: 1,
        problems: [{ range, severity: 'warning', message: 'No body', code: 'x' }],
      });
      const line = { start: host.text.lastIndexOf('\n', at) + 1, end: host.text.indexOf('\n', at) };
      host.send({ type: 'breakpoints', version: 1, breakpoints: [{ range: line, enabled: true }] });
    });
    await card('Answer').getByRole('img', { name: '1 problems: No body' }).waitFor();
    await card('Answer').getByRole('button', { name: 'Remove breakpoint from Answer' }).click();
    expect(await said('toggleBreakpoint')).toHaveLength(1);
  });

  it('lays a run over the drawing, and asks for the values of a step', async () => {
    await open();
    await card('Answer').waitFor();
    await page.evaluate(() =>
      window.host.send({
        type: 'run',
        overlay: {
          runId: 'r',
          status: 'Running',
          trigger: { name: 'Order_arrives', status: 'Succeeded', durationMs: 2 },
          paused: { role: 'action', action: 'Discount', repetition: [2] },
          error: undefined,
          steps: [
            {
              action: 'Total',
              status: 'Succeeded',
              count: 1,
              statuses: { Succeeded: 1 },
              durationMs: 12,
              code: 'OK',
              error: undefined,
              latest: [],
            },
            {
              action: 'Discount',
              status: 'Paused',
              count: 3,
              statuses: { Succeeded: 2, Running: 1 },
              durationMs: 9,
              code: 'OK',
              error: undefined,
              latest: [2],
            },
          ],
        },
      }),
    );
    await card('Total').getByRole('img', { name: 'Succeeded, 12 ms' }).waitFor();
    await card('Discount').getByRole('img', { name: 'Paused here, 3 times, 9 ms' }).waitFor();
    await page.getByText('Run paused').waitFor();
    await card('Discount').click();
    await panel().getByRole('tab', { name: 'Run', exact: true }).click();
    await panel().getByText('2 succeeded, 1 running').waitFor();
    expect(await said('askStepValues')).toMatchObject([{ action: 'Discount', repetition: [2] }]);
    await page.evaluate(() =>
      window.host.send({
        type: 'stepValues',
        values: { action: 'Discount', repetition: [2], inputs: '"9 EUR"', outputs: undefined, note: undefined },
      }),
    );
    await panel().getByText('"9 EUR"').waitFor();
  });

  it('brings the step that a debugger holds into view, out of its closed scope', async () => {
    const steps = Array.from({ length: 40 }, (_, index) => `Step_${index}`);
    const chain = (names: readonly string[], inner: object = {}) =>
      Object.fromEntries(
        names.map((name, index) => [
          name,
          {
            type: 'Compose',
            inputs: 1,
            ...(name === names.at(-1) ? inner : {}),
            runAfter: index === 0 ? {} : { [names[index - 1] ?? '']: ['Succeeded'] },
          },
        ]),
      );
    const last = { type: 'Scope', inputs: undefined, actions: chain(['Held']) };
    await open(JSON.stringify({ definition: { triggers: { m: { type: 'Request' } }, actions: chain(steps, last) } }));
    await card('Step 1').waitFor();
    await page.getByRole('button', { name: 'Collapse all' }).click();
    expect(await card('Held').count()).toBe(0);
    await page.evaluate(() =>
      window.host.send({
        type: 'run',
        overlay: {
          runId: 'r',
          status: 'Running',
          trigger: { name: 'm', status: 'Succeeded', durationMs: 2 },
          paused: { role: 'action', action: 'Held', repetition: [] },
          error: undefined,
          steps: [],
        },
      }),
    );
    await card('Held').waitFor();
    await expect
      .poll(async () => {
        const box = await card('Held').boundingBox();
        return box !== null && box.y >= 0 && box.y + box.height <= 900;
      })
      .toBe(true);
  });

  it('does not offer edits of a read-only file', async () => {
    await open(orders, { readOnly: true });
    await card('Answer').click();
    await panel().getByText('Status code').waitFor();
    expect(await page.getByRole('button', { name: /^(Add|Edit) (?!breakpoint)/ }).count()).toBe(0);
  });

  it('stays usable with a thousand actions and five megabytes', async () => {
    const actions: Record<string, unknown> = {};
    for (let index = 0; index < 1000; index++) {
      actions[`Step_${index}`] = {
        type: 'Compose',
        inputs: 'x'.repeat(5000),
        runAfter: index === 0 ? {} : { [`Step_${index - 1}`]: ['Succeeded'] },
      };
    }
    const text = JSON.stringify({ definition: { triggers: { m: { type: 'Request' } }, actions } });
    await open(text);
    await card('Step 1').waitFor();
    expect(await page.locator('.card').count()).toBeLessThan(40);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('Step_999');
    await card('Step 999').waitFor();
  });

  it('fits the budget of the bundle', async () => {
    await open('');
    expect(browser.bundleSize).toBeLessThan(700_000);
    expect(readFileSync(join(import.meta.dirname, '../../../webview/designer/main.tsx'), 'utf8')).not.toContain(
      'fakeHost',
    );
  });
});
