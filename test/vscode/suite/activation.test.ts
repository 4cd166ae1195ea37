import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

const id = 'logicapps-workbench.logicapps-workbench';

describe('the extension', () => {
  it('activates on a Logic Apps project', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, 'the extension is not installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command that the manifest contributes', async () => {
    const manifest = vscode.extensions.getExtension(id)?.packageJSON as {
      contributes: { commands: readonly { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.map((each) => each.command).filter((each) => !registered.has(each));
    assert.deepEqual(missing, []);
  });
});
