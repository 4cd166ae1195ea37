/** VS Code's own figures about extensions, from "Developer: Show Running Extensions". */
import type { Workbench } from './workbench';

/**
 * How long the product took to activate, in milliseconds of its extension host. The list is sorted by that time and
 * holds only the rows in sight.
 * @throws Error when the product is not in the list
 */
export async function activationTime(workbench: Workbench): Promise<number> {
  await workbench.runCommand('Developer: Show Running Extensions');
  const rows = workbench.page.locator('.runtime-extensions-editor .monaco-list-row');
  await rows.first().hover();
  const product = rows.filter({ hasText: 'Logic Apps Workbench' });
  let last = '';
  while ((await product.count()) === 0) {
    const texts = (await rows.allInnerTexts()).join();
    if (texts === last) throw new Error('The extension is not running.');
    last = texts;
    await workbench.page.mouse.wheel(0, 300);
    await workbench.page.waitForTimeout(100);
  }
  const milliseconds = /Activation: (\d+)\s*ms/.exec(await product.first().innerText())?.[1];
  if (milliseconds === undefined) throw new Error('The extension has not been activated.');
  await workbench.page.keyboard.press('Escape');
  return Number(milliseconds);
}
