import { describe, expect, it } from 'vitest';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  DocumentSymbol,
  Hover,
  Location,
  SemanticTokens,
  SignatureHelp,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { Client, uriOf } from './client';

const $schema =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';

const actionText = (type: string, inputs: string, after: string): string =>
  `{ "type": "${type}", "inputs": ${inputs}, "runAfter": { ${after} } }`;

/** A workflow with room for a `|` in the inputs of its last action. */
const workflow = (inputs: string, after = '"Price_line": ["Succeeded"]'): string => `{
  "definition": {
    "$schema": "${$schema}",
    "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": { "schema": {
      "type": "object", "properties": { "order id": { "type": "string" }, "lines": { "type": "array", "items": { "properties": { "sku": { "type": "string" } } } } } } } } },
    "actions": {
      "Initialize": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "total", "type": "float" }] }, "runAfter": {} },
      "Price_line": ${actionText('Compose', '1', '"Initialize": ["Succeeded"]')},
      "It's \\"quoted\\"": ${actionText('Compose', '2', '"Price_line": ["Succeeded"]')},
      "Last": ${actionText('Compose', inputs, after)},
      "Later": ${actionText('Compose', '3', '"Last": ["Succeeded"]')}
    }
  },
  "kind": "Stateful"
}`;

const path = 'orders/process/workflow.json';
const files = {
  [path]: workflow('1'),
  'orders/host.json': '{}',
  'orders/parameters.json': '{ "limit": { "type": "Int", "value": "@appsetting(\'LIMIT\')" } }',
  'orders/local.settings.json': '{ "Values": { "LIMIT": "5" } }',
};

const open = async (inputs: string, after?: string) => {
  const { client } = await Client.start(files);
  const position = await client.open(path, workflow(inputs, after));
  return { client, position };
};

describe('completion in expressions', () => {
  it("offers inside @body(' only actions that ran before, and closes the call", async () => {
    const { client, position } = await open(`"@body('|"`);
    const items = await client.completions(path, position);
    expect(items.map((each) => each.label)).toEqual(['Price_line', 'Initialize']);
    expect(client.accepted(path, items[0])).toContain(`"inputs": "@body('Price_line')"`);
  });

  it('escapes names for the expression and for JSON', async () => {
    const { client, position } = await open(`"@body('|')"`, `"It's \\"quoted\\"": ["Succeeded"]`);
    const items = await client.completions(path, position);
    const item = items.find((each) => each.label.startsWith('It'));
    expect(client.accepted(path, item)).toContain(`"inputs": "@body('It''s \\"quoted\\"')"`);
  });

  it('offers functions after @ and inside arguments', async () => {
    const { client, position } = await open(`"@|"`);
    const items = await client.completions(path, position);
    const concat = items.find((each) => each.label === 'concat');
    expect(client.accepted(path, concat)).toContain('"inputs": "@concat($0)"');
    const resolved = await client.connection.sendRequest<CompletionItem>('completionItem/resolve', concat);
    expect(JSON.stringify(resolved.documentation)).toContain('concat(');
    const inside = await client.change(path, workflow(`"@concat(upp|"`));
    const [again] = (await client.completions(path, inside)).filter((each) => each.label === 'toUpper');
    expect(client.accepted(path, again)).toContain('"@concat(toUpper($0)"');
  });

  it('offers variables, parameters of the project, app settings and property names', async () => {
    const { client, position } = await open(`"@{variables('|')}"`);
    expect((await client.completions(path, position)).map((each) => each.label)).toEqual(['total']);
    const cases: [string, string[]][] = [
      [`"@parameters('|"`, ['limit']],
      [`"@appsetting('|"`, ['LIMIT']],
      [`"@triggerBody()?['|"`, ['order id', 'lines']],
      [`"@first(triggerBody()?['lines'])?['|']"`, ['sku']],
    ];
    for (const [inputs, expected] of cases) {
      const place = await client.change(path, workflow(inputs));
      expect((await client.completions(path, place)).map((each) => each.label)).toEqual(expected);
    }
  });

  it('offers formats with what they give, and cultures', async () => {
    const { client, position } = await open(`"@formatDateTime(utcNow(), '|')"`);
    const [item] = await client.completions(path, position);
    expect(item).toMatchObject({ label: 'yyyy-MM-dd', detail: '2018-03-15' });
    expect(client.accepted(path, item)).toContain(`formatDateTime(utcNow(), 'yyyy-MM-dd')`);
    const place = await client.change(path, workflow(`"@float('1', 'de-A|')"`));
    expect((await client.completions(path, place)).map((each) => each.label)).toContain('de-AT');
  });

  it('offers time zones, and says when there are more', async () => {
    const { client, position } = await open(`"@convertFromUtc(utcNow(), 'W. Eu|')"`);
    const items = await client.completions(path, position);
    expect(
      client.accepted(
        path,
        items.find((each) => each.label === 'W. Europe Standard Time'),
      ),
    ).toContain(`convertFromUtc(utcNow(), 'W. Europe Standard Time')`);
    const many = Array.from({ length: 400 }, (_, index) => `"Step_${index}": ${actionText('Compose', '1', '')}`);
    const text = workflow(`"@body('Step_39|')"`, many.map((_, index) => `"Step_${index}": ["Succeeded"]`).join());
    const place = await client.change(path, text.replace('"Later": {', `${many.join()}, "Later": {`));
    const list = await client.at<CompletionList>('completion', path, place);
    expect(list.isIncomplete).toBe(true);
    expect(list.items.map((each) => each.label)).toContain('Step_39');
    expect(list.items.map((each) => each.label)).not.toContain('Step_40');
  });

  it('keeps the rest of the text when a quote is still open', async () => {
    const { client, position } = await open(`"@concat(body('Pri|), 'x')"`);
    const [item] = await client.completions(path, position);
    expect(client.accepted(path, item)).toContain(`"@concat(body('Price_line'), 'x')"`);
  });
});

describe('completion of JSON', () => {
  it('offers siblings in runAfter, but none that waits for this action', async () => {
    const { client, position } = await open('1', '|');
    const items = await client.completions(path, position);
    expect(items.map((each) => each.label)).toEqual(['It\'s "quoted"', 'Price_line', 'Initialize']);
    expect(client.accepted(path, items[1])).toContain('"runAfter": { "Price_line": ["${1|');
  });

  it('offers types, members and whole actions', async () => {
    const { client } = await Client.start(files);
    const text = workflow('1');
    const type = await client.open(path, text.replace('"type": "Compose", "inputs": 1', '"type": "|", "inputs": 1'));
    expect((await client.completions(path, type)).map((each) => each.label)).toContain('Http');
    const members = await client.change(path, text.replace('"Later": {', '"Later": { "|",'));
    const labels = (await client.completions(path, members)).map((each) => each.label);
    expect(labels).toContain('trackedProperties');
    expect(labels).not.toContain('runAfter');
    const whole = await client.change(
      path,
      text.replace('"Last": ["Succeeded"] } }', '"Last": ["Succeeded"] } }, "|"'),
    );
    const item = (await client.completions(path, whole)).find((each) => each.label.startsWith('Http ('));
    expect(client.accepted(path, item)).toMatch(/"\$\{1:HTTP\}": \{[^]*"runAfter": \{\s*"Later": \[/);
    const dollar = await client.change(
      path,
      text.replace('"Later"', '"Later $1"').replace('"Last": ["Succeeded"] } }', '"Last": ["Succeeded"] } }, "|"'),
    );
    const compose = (await client.completions(path, dollar)).find((each) => each.label.startsWith('Compose'));
    expect(client.accepted(path, compose)).toContain('"Later \\$1": [');
  });
});

describe('completion in a new file', () => {
  it.each(['|', '{|}', '\n|\n', 'wor|'])('offers a whole workflow in %j', async (text) => {
    const { client } = await Client.start(files);
    const items = await client.completions(path, await client.open(path, text));
    const accepted = client
      .accepted(
        path,
        items.find((each) => each.label === 'workflow'),
      )
      .replaceAll('\\$', '$');
    expect(JSON.parse(accepted)).toMatchObject({ definition: { actions: {} }, kind: 'Stateful' });
  });

  it('offers kind and its values', async () => {
    const { client } = await Client.start(files);
    const key = await client.open(path, '{ "definition": { "triggers": {}, "actions": {} }, "|" }');
    expect((await client.completions(path, key)).map((each) => each.label)).toEqual(['kind']);
    const value = await client.change(path, '{ "definition": { "triggers": {}, "actions": {} }, "kind": "|" }');
    expect((await client.completions(path, value)).map((each) => each.label)).toContain('Stateless');
  });
});

describe('diagnostics', () => {
  it('underlines a misspelt action and offers the right name', async () => {
    const { client } = await open(`"@body('Prcie_line')"`);
    const found = (await client.diagnostics(path)).find((each) => each.code === 'action-unknown');
    expect(found?.message).toBe("There is no action 'Prcie_line'. Did you mean 'Price_line'?");
    expect(found && client.textAt(path, found.range)).toBe('Prcie_line');
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uriOf(path) },
      range: found?.range,
      context: { diagnostics: [found] },
    });
    expect(actions[0]).toMatchObject({ title: "Change to 'Price_line'", isPreferred: true });
    expect(client.appliedEdit(path, actions[0]?.edit)).toContain(`"@body('Price_line')"`);
  });

  it('follows edits, of the file and of the files it depends on', async () => {
    const { client } = await open(`"@parameters('limt')"`);
    expect((await client.diagnostics(path)).map((each) => each.code)).toContain('parameter-unknown');
    await client.change(path, workflow(`"@add(parameters('limit'), variables('total'))"`));
    expect(await client.diagnostics(path)).toEqual([]);
    await client.open('orders/parameters.json', '{}');
    await client.change(path, workflow(`"@parameters('limit') "`));
    expect((await client.diagnostics(path)).map((each) => each.code)).toContain('parameter-unknown');
  });

  it('reports syntax errors unless the editor does', async () => {
    const broken = '{ "definition": { "actions": { "A": { "type": "Compose" "inputs": 1 } }, "triggers": {} } }';
    const { client } = await Client.start({ ...files, [path]: broken });
    expect((await client.diagnostics(path)).map((each) => each.code)).toContain('json-syntax');
    const { client: quiet } = await Client.start({ ...files, [path]: broken }, { hostValidatesJson: true });
    expect((await quiet.diagnostics(path)).map((each) => each.code)).not.toContain('json-syntax');
  });

  it.each(['', '{', '\u0000', '[[[[', '{"definition": {"actions": {"A": '])('answers on %j', async (text) => {
    const { client } = await Client.start(files);
    const position = await client.open(path, text);
    expect(await client.diagnostics(path)).not.toEqual([]);
    for (const method of ['completion', 'hover', 'signatureHelp', 'definition', 'references', 'prepareRename']) {
      await client.at(method, path, position, { context: { includeDeclaration: true } });
    }
    await client.at('documentSymbol', path, position);
  });
});

describe('names', () => {
  it('goes to the declaration and finds every use', async () => {
    const { client, position } = await open(`"@outputs('Price|_line')"`);
    const [target] = await client.at<Location[]>('definition', path, position);
    expect(target && client.textAt(path, target.range)).toBe('Price_line');
    const all = await client.at<Location[]>('references', path, position, { context: { includeDeclaration: true } });
    expect(all.map((each) => client.textAt(path, each.range))).toEqual(Array(4).fill('Price_line'));
  });

  it('renames an action in runAfter and in expressions', async () => {
    const { client, position } = await open(`"@{outputs('Price|_line')} @{actions('price_line').status}"`);
    const edit = await client.at<WorkspaceEdit>('rename', path, position, { newName: `Bob's "line"` });
    const text = client.appliedEdit(path, edit);
    expect(text).toContain(`"@{outputs('Bob''s \\"line\\"')} @{actions('Bob''s \\"line\\"').status}"`);
    expect(text).toContain(`"Bob's \\"line\\"": ["Succeeded"]`);
    expect(text).not.toMatch(/price_line/i);
    await expect(client.at('rename', path, position, { newName: 'Later' })).rejects.toThrow('taken already');
  });

  it('renames a parameter of the project in every file', async () => {
    const { client, position } = await open(`"@parameters('li|mit')"`);
    const edit = await client.at<WorkspaceEdit>('rename', path, position, { newName: 'bound' });
    expect(Object.keys(edit.changes ?? {}).sort()).toEqual([uriOf('orders/parameters.json'), uriOf(path)]);
  });
});

describe('reading', () => {
  it('explains functions, actions and members', async () => {
    const { client, position } = await open(`"@con|cat('a', 'b')"`);
    const hover = await client.at<Hover>('hover', path, position);
    expect(JSON.stringify(hover.contents)).toContain('concat(');
    const text = workflow('1').replace('"Later"', '"La|ter"');
    const action = await client.at<Hover>('hover', path, await client.change(path, text));
    expect(JSON.stringify(action.contents)).toMatch(/Compose.*Runs after `Last` \(Succeeded\)/);
    const member = await client.at<Hover>(
      'hover',
      path,
      await client.change(path, workflow('1').replace('"kind": "Http"', '"ki|nd": "Http"')),
    );
    expect(JSON.stringify(member.contents)).toContain('Who calls');
  });

  it('shows the parameter that is being typed', async () => {
    const { client, position } = await open(`"@replace('a', concat('x', 'y'), |"`);
    const help = await client.at<SignatureHelp>('signatureHelp', path, position);
    expect(help.signatures[0]?.label).toMatch(/^replace\(/);
    expect(help.activeParameter).toBe(2);
  });

  it('gives outline, lenses and colours', async () => {
    const { client, position } = await open(`"@outputs('Price_line')"`);
    const symbols = await client.at<DocumentSymbol[]>('documentSymbol', path, position);
    expect(symbols.map((each) => each.name)).toEqual([
      'manual',
      'Initialize',
      'Price_line',
      'It\'s "quoted"',
      'Last',
      'Later',
    ]);
    const lenses = await client.at<CodeLens[]>('codeLens', path, position);
    expect(lenses.map((each) => each.command?.command)).toEqual(
      ['runWorkflow', 'debugWorkflow', 'sendRequest', 'copyCallbackUrl', 'openDesigner'].map(
        (each) => `logicAppsWorkbench.${each}`,
      ),
    );
    expect(lenses[0]?.command?.arguments).toEqual([uriOf(path), 'manual']);
    const tokens = await client.at<SemanticTokens>('semanticTokens/full', path, position);
    expect(tokens.data.length).toBe(10);
  });
});
