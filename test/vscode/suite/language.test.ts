import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { eventually, openText, positionOf, replaceText } from './support/workspace';

const workflow = 'process-order/workflow.json';

describe('language features', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('finds nothing wrong with the example', async () => {
    const document = await openText(workflow);
    await replaceText(document, "outputs('Line_amount')", "outputs('Line_amuont')");
    await eventually('the problem', () => problems(document)[0]);
    await replaceText(document, "outputs('Line_amuont')", "outputs('Line_amount')");
    await eventually('no problems', () => (problems(document).length === 0 ? true : undefined));
  });

  it('underlines a misspelt action reference and mends it', async () => {
    const document = await openText(workflow);
    await replaceText(document, "outputs('Line_amount')", "outputs('Line_amuont')");
    const problem = await eventually('the problem', () => problems(document)[0]);
    assert.match(problem.message, /Line_amuont/);
    assert.equal(document.getText(problem.range), 'Line_amuont');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => title.includes('Line_amount'));
    assert.ok(fix?.edit, `No quick fix among: ${actions.map(({ title }) => title).join(', ')}`);
    await vscode.workspace.applyEdit(fix.edit);
    await eventually('no problems', () => (problems(document).length === 0 ? true : undefined));
  });

  it('completes the actions that have run before', async () => {
    const document = await openText(workflow);
    await replaceText(document, '"total": "@add(', '"total": "@body(\'\')", "x": "@add(');
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      positionOf(document, `@body('|')`),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('Ship_by_country'), labels.join(', '));
    assert.ok(!labels.includes('Order_summary'), 'The action itself has not run.');
    assert.ok(!labels.includes('Is_large_order'), 'A later action has not run.');
  });

  it('documents functions', async () => {
    const document = await openText(workflow);
    const hovers = await eventually('the hover', async () => {
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        positionOf(document, '@to|Upper('),
      );
      return found.length > 0 ? found : undefined;
    });
    const text = hovers.flatMap(({ contents }) =>
      contents.map((content) => (typeof content === 'string' ? content : content.value)),
    );
    assert.match(text.join('\n'), /toUpper/);
  });

  it('goes to the action that is referred to', async () => {
    const document = await openText(workflow);
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      positionOf(document, "outputs('Line|_amount')"),
    );
    const [target] = found.map((each) => ('targetRange' in each ? each.targetRange : each.range));
    assert.equal(target?.start.line, positionOf(document, '"Line_amount": {').line);
  });

  it('renames an action everywhere', async () => {
    const document = await openText(workflow);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      positionOf(document, '"Line|_amount": {'),
      'Amount',
    );
    await vscode.workspace.applyEdit(edit);
    assert.ok(!document.getText().includes('Line_amount'));
    assert.equal(document.getText().split("outputs('Amount')").length, 4);
  });
});

/** Problems of the expressions and actions, from our server; the JSON support of VS Code has its own. */
function problems(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'logic apps');
}
