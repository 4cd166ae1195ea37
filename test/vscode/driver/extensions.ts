/** VS Code's own figures about extensions, from "Developer: Show Running Extensions". */
import type { Workbench } from './workbench';

/** How long the product took to activate, in milliseconds of its extension host; undefined when it isn't active. */
export async function activationTime(workbench: Workbench): Promise<number | undefined> {
  await workbench.runCommand('Developer: Show Running Extensions');
  const list = workbench.page.locator('.runtime-extensions-editor .monaco-list-row');
  await list.first().waitFor();
  const row = list.filter({ hasText: 'Logic Apps Workbench' });
  if ((await row.count()) === 0) return undefined;
  const text = await row.first().innerText();
  const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
  return milliseconds === undefined ? undefined : Number(milliseconds);
}
