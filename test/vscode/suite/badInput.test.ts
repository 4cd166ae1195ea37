import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { eventually, folder, openText, positionOf } from './support/workspace';

const head =
  '{"definition":{"$schema":"https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#","triggers":{},';
const tail = ',"outputs":{}},"kind":"Stateful"}';

/** What a file may hold: the text, and what is said about it. */
const files: Readonly<Record<string, { readonly text: string; readonly message: RegExp }>> = {
  'an empty file': { text: '', message: /empty/i },
  'half a file': { text: `${head}"actions":{"A":{"type":"Compose","inputs":`, message: /./ },
  'an unknown action type': {
    text: `${head}"actions":{"A":{"type":"Teleport","runAfter":{}}}${tail}`,
    message: /Teleport/,
  },
  'an unknown trigger type': {
    text: `${head.replace('"triggers":{}', '"triggers":{"T":{"type":"Telepathy"}}')}"actions":{}${tail}`,
    message: /Telepathy/,
  },
  'two actions of one name': {
    text: `${head}"actions":{"A":{"type":"Compose","inputs":1,"runAfter":{}},"A":{"type":"Compose","inputs":2,"runAfter":{}}}${tail}`,
    message: /./,
  },
  'an action behind a byte-order mark': {
    text: `\uFEFF${head}"actions":{"A":{"type":"Compose","inputs":"@body('B')","runAfter":{}}}${tail}`,
    message: /'B'/,
  },
};

describe('bad input', () => {
  after(() => vscode.workspace.fs.delete(vscode.Uri.joinPath(folder().uri, 'bad'), { recursive: true }));

  for (const [what, { text, message }] of Object.entries(files)) {
    it(`${what} is told in Problems, and opens in the designer`, async () => {
      const uri = vscode.Uri.joinPath(folder().uri, 'bad', 'workflow.json');
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      const document = await openText('bad/workflow.json');
      await eventually(`a problem like ${message.source}`, () =>
        vscode.languages.getDiagnostics(document.uri).find((problem) => message.test(problem.message)),
      );
      await vscode.commands.executeCommand('logicAppsWorkbench.openDesigner');
      await eventually('the designer', () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .find(({ input }) => input instanceof vscode.TabInputCustom && input.uri.path === uri.path),
      );
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });
  }

  it('five megabytes are read, and the rest still works', async () => {
    const actions = Array.from({ length: 12_000 }, (_, index) => {
      const after = index === 0 ? '{}' : `{"Step_${index - 1}":["Succeeded"]}`;
      return `"Step_${index}":{"type":"Compose","inputs":"${'x'.repeat(350)}","runAfter":${after}}`;
    });
    const uri = vscode.Uri.joinPath(folder().uri, 'bad', 'workflow.json');
    const text = `${head}"actions":{${actions.join(',\n')}}${tail}`;
    assert.ok(text.length > 5_000_000);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await openText('bad/workflow.json');
    const example = await openText('process-order/workflow.json');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      example.uri,
      positionOf(example, '@to|Upper('),
    );
    assert.ok(hovers.length > 0);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
