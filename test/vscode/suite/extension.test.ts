import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { extensionId } from './support/workspace';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('the extension', () => {
  it('is active on a Logic Apps project', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, 'The extension is not installed.');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('has every command that its manifest offers', async () => {
    const manifest = vscode.extensions.getExtension(extensionId)?.packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
