import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client, memberOf } from './client';

let client: Client;
beforeEach(() => {
  client = new Client();
});
afterEach(() => client.dispose());

describe('breakpoints', () => {
  it('stops on the trigger with its outputs at hand', async () => {
    await client.start({ breakpoints: [{ at: '"When_an_order_arrives"' }] });
    const { reason, top } = await client.stopped();
    expect(reason).toBe('breakpoint');
    expect(top).toMatchObject({ name: 'When_an_order_arrives', line: client.line('"When_an_order_arrives"') });
    const trigger = await client.scope(top.id, 'Trigger');
    expect(trigger.get('body')?.value).toContain('A-1');
  });

  it('stops on an action in a loop once for each repetition, and shows where in the loop it is', async () => {
    await client.start({ breakpoints: [{ at: '"Line_amount"' }] });
    const first = await client.stopped();
    expect(first.frames.map((each) => each.name)).toEqual(['Line_amount', 'Price_each_line [1 of 2]', 'process-order']);
    const loop = await client.scope(first.top.id, 'Loop');
    expect(loop.get('Price_each_line: item')?.value).toContain('LAMP');
    const second = await client.step('continue', first.threadId);
    expect(second.frames[1]?.name).toBe('Price_each_line [2 of 2]');
    expect(second.threadId).toBe(first.threadId);
  });

  it('stops at the closing brace when the outputs are ready', async () => {
    await client.start({ breakpoints: [{ at: '"Line_amount"', below: 4 }] });
    const { top } = await client.stopped();
    expect(top.line).toBe(client.line('"Line_amount"') + 4);
    const action = await client.scope(top.id, 'Action');
    expect(action.get('outputs')?.value).toBe('61.0');
  });

  it('shows what a condition, a switch, a loop and a filter work on before they begin', async () => {
    client.write('decides', {
      definition: {
        triggers: { Called: { type: 'Request', kind: 'Http' } },
        actions: {
          Large: { type: 'If', expression: { greater: ["@triggerBody()?['n']", 5] }, actions: {} },
          Kind: {
            type: 'Switch',
            expression: "@triggerBody()?['kind']",
            cases: {},
            runAfter: { Large: ['Succeeded'] },
          },
          Each: { type: 'Foreach', foreach: "@triggerBody()?['all']", actions: {}, runAfter: { Kind: ['Succeeded'] } },
          Some: {
            type: 'Query',
            inputs: { from: "@triggerBody()?['all']", where: '@greater(item(), 1)' },
            runAfter: { Each: ['Succeeded'] },
          },
        },
      },
    });
    await client.start({
      launch: { workflow: 'decides', trigger: { body: { n: 7, kind: 'b', all: [1, 2] } }, stopOnEntry: true },
    });
    let { threadId } = await client.stopped();
    const inputs: Record<string, string | undefined> = {};
    for (let held = 0; held < 4; held++) {
      const stop = await client.step('next', threadId);
      ({ threadId } = stop);
      inputs[stop.top.name] = (await client.scope(stop.top.id, 'Action')).get('inputs')?.value;
    }
    expect(inputs).toEqual({
      Large: '{expressionResult: true}',
      Kind: '{expressionResult: "b"}',
      Each: '(2) [1, 2]',
      Some: '{from: [1, 2], where: "@greater(item(), 1)"}',
    });
  });

  it('moves a breakpoint in an action without an expression to its name, and says why one outside of any cannot be', async () => {
    const set = await client.start({
      launch: { trigger: undefined },
      breakpoints: [{ at: '"Line_amount"', below: 1 }, { at: '"contentVersion"' }],
    });
    expect(set[0]).toMatchObject({ verified: true, line: client.line('"Line_amount"') });
    expect(set[1]).toMatchObject({ verified: false });
    expect(set[1]?.message).toContain('trigger or an action');
  });

  it('holds only when the condition is true', async () => {
    await client.start({ breakpoints: [{ at: '"Line_amount"', condition: "equals(item()?['sku'], 'BULB')" }] });
    const { frames } = await client.stopped();
    expect(frames[1]?.name).toBe('Price_each_line [2 of 2]');
  });

  it('holds at the hit that was asked for', async () => {
    await client.start({ breakpoints: [{ at: '"Line_amount"', hitCondition: '2' }] });
    expect((await client.stopped()).frames[1]?.name).toBe('Price_each_line [2 of 2]');
  });

  it('refuses a condition that cannot be read, with the reason', async () => {
    const [set] = await client.start({
      launch: { trigger: undefined },
      breakpoints: [{ at: '"Line_amount"', condition: "equals(item()?['sku'" }],
    });
    expect(set?.verified).toBe(false);
    expect(set?.message).toContain('condition cannot be read');
  });

  it('logs the message of a logpoint and runs on', async () => {
    await client.start({
      breakpoints: [{ at: '"Line_amount"', logMessage: "sku @{item()?['sku']}" }, { at: '"Order_summary": {' }],
    });
    const { top } = await client.stopped();
    expect(top.name).toBe('Order_summary');
    await expect.poll(() => client.console).toMatch(/sku LAMP\n(.*\n)*sku BULB\n/);
  });

  it('stops at an action by its name', async () => {
    await client.request('initialize', { adapterID: 'x', pathFormat: 'path' });
    await client.request('launch', { project: client.project });
    const body = await client.request('setFunctionBreakpoints', {
      breakpoints: [{ name: 'process-order/order_summary' }, { name: 'Nothing' }],
    });
    expect(memberOf(body, 'breakpoints')).toMatchObject([{ verified: true }, { verified: false }]);
    await client.request('configurationDone');
    await client.request('fireTrigger', { workflow: 'process-order', trigger: { body: { orderId: 'B', lines: [] } } });
    expect((await client.stopped()).top.name).toBe('Order_summary');
  });

  it('follows an edit that is saved while the session runs', async () => {
    await client.start({ launch: { trigger: undefined }, breakpoints: [{ at: '"Order_summary": {' }] });
    const before = client.line('"Order_summary": {');
    await client.save((text) =>
      text.replace(
        '"Initialize_total": {',
        '"Extra": { "type": "Compose", "inputs": 1, "runAfter": {} },\n\n"Initialize_total": {',
      ),
    );
    await client.setBreakpoints([{ at: '"Order_summary": {' }]);
    await client.request('fireTrigger', { workflow: 'process-order', trigger: { body: { orderId: 'B', lines: [] } } });
    const { top } = await client.stopped();
    expect(top).toMatchObject({ name: 'Order_summary', line: before + 2 });
    await expect.poll(() => client.console).toContain('saved');
  });
});

describe('stepping', () => {
  it('steps over a loop, into it, and out of it', async () => {
    await client.start({ breakpoints: [{ at: '"Price_each_line": {' }] });
    const loop = await client.stopped();
    const inside = await client.step('stepIn', loop.threadId);
    expect(inside.top.name).toBe('Line_amount');
    expect(inside.reason).toBe('step');
    const condition = await client.step('next', inside.threadId);
    expect(condition.top.name).toBe('Is_bulk_line');
    const branch = await client.step('stepIn', condition.threadId);
    expect(branch.top.name).toBe('Add_list_amount');
    const out = await client.step('stepOut', branch.threadId);
    expect(out.top.name).toBe('Keep_priced_line');
  });

  it('steps into a called workflow, with its caller below in the stack', async () => {
    client.write('child', {
      definition: {
        triggers: { Called: { type: 'Request', kind: 'Http' } },
        actions: {
          Inside: { type: 'Compose', inputs: 1, runAfter: {} },
          Answer: { type: 'Response', inputs: { statusCode: 200, body: 'x' }, runAfter: { Inside: ['Succeeded'] } },
        },
      },
      kind: 'Stateful',
    });
    await client.save((text) =>
      text.replace(
        /"type": "Compose",\s+"inputs": "@mul[^\n]*/,
        '"type": "Workflow", "inputs": { "host": { "workflow": { "id": "child" } }, "body": {} },',
      ),
    );
    await client.start({ breakpoints: [{ at: '"Line_amount"' }] });
    const call = await client.stopped();
    const trigger = await client.step('stepIn', call.threadId);
    expect(trigger.frames.map((each) => each.name)).toEqual([
      'Called',
      'child',
      'Line_amount',
      'Price_each_line [1]',
      'process-order',
    ]);
    const inside = await client.step('next', trigger.threadId);
    expect([inside.top.name, inside.top.source?.path]).toEqual(['Inside', client.file('child')]);
    const out = await client.step('stepOut', inside.threadId);
    expect(out.top.name).toBe('Is_bulk_line');
  });

  it('shows repetitions that are held at once as threads, each let go by itself', async () => {
    await client.save((text) => text.replace('"repetitions": 1', '"repetitions": 20'));
    await client.start({ breakpoints: [{ at: '"Line_amount"' }] });
    const [one, other] = [await client.stopped(), await client.stopped()];
    expect(one.threadId).not.toBe(other.threadId);
    const names = async () => {
      const threads = memberOf(await client.request('threads'), 'threads');
      return Array.isArray(threads) ? threads.map((each) => String(memberOf(each, 'name'))) : [];
    };
    expect((await names()).map((name) => name.replace(/ \(process-order .*\)$/, ''))).toEqual([
      'Price_each_line [1 of 2] › Line_amount',
      'Price_each_line [2 of 2] › Line_amount',
    ]);
    const next = await client.step('next', other.threadId);
    expect([next.top.name, next.threadId]).toEqual(['Is_bulk_line', other.threadId]);
    await client.request('continue', { threadId: other.threadId });
    await expect(client.request('next', { threadId: other.threadId })).rejects.toThrow('not stopped');
    await client.request('continue', { threadId: one.threadId });
    await expect.poll(() => client.console).toMatch(/process-order: succeeded/);
  });

  it('stops on entry', async () => {
    await client.start({ launch: { stopOnEntry: true } });
    const { reason, top } = await client.stopped();
    expect([reason, top.name]).toEqual(['entry', 'When_an_order_arrives']);
  });

  it('pauses a run that is on its way', async () => {
    await client.start({ breakpoints: [{ at: '"Line_amount"' }] });
    const first = await client.stopped();
    await client.setBreakpoints([]);
    await client.request('pause', { threadId: first.threadId });
    await client.request('next', { threadId: first.threadId });
    expect((await client.stopped()).top.name).toBe('Is_bulk_line');
  });

  it('ends the run when the session is terminated', async () => {
    await client.start({ breakpoints: [{ at: '"Line_amount"' }] });
    await client.stopped();
    const ended = new Promise<string>((resolve) => {
      client.link?.onNotice((notice) => {
        if (notice.type === 'event' && notice.event.type === 'runFinished') resolve(notice.event.status);
      });
    });
    await client.request('terminate');
    expect(await ended).toBe('Cancelled');
    await client.event('terminated');
    expect(client.errors).toEqual([]);
  });
});

describe('values', () => {
  const stopAtKeep = async () => {
    await client.start({ breakpoints: [{ at: '"Keep_priced_line": {' }] });
    return client.stopped();
  };

  it('shows workflow variables with their types, and opens what is in them', async () => {
    const first = await stopAtKeep();
    const { top } = await client.step('continue', first.threadId);
    const variables = await client.scope(top.id, 'Variables');
    expect(variables.get('total')).toMatchObject({ value: '82.6', type: 'float', evaluateName: "variables('total')" });
    const lines = variables.get('pricedLines');
    expect(lines?.value).toContain('(1)');
    const [line] = await client.variables(lines?.variablesReference ?? 0);
    expect(line).toMatchObject({ name: '0', evaluateName: "variables('pricedLines')[0]" });
    const members = await client.variables(line?.variablesReference ?? 0);
    expect(members.map((each) => [each.name, each.value])).toEqual([
      ['sku', '"LAMP"'],
      ['amount', '61.0'],
      ['text', '"2 x LAMP"'],
    ]);
  });

  it('evaluates expressions with and without their @, and says what is wrong with one', async () => {
    const { top } = await stopAtKeep();
    expect(await client.evaluate("@{variables('total')}", top.id)).toBe('61');
    expect(await client.evaluate("mul(outputs('Line_amount'), 2)", top.id)).toBe('122.0');
    expect(await client.evaluate("@item()?['sku']", top.id)).toBe('LAMP');
    await expect(client.evaluate("variables('nothing')", top.id)).rejects.toThrow(/nothing/);
  });

  it('changes a variable, and a member of one', async () => {
    const { top } = await stopAtKeep();
    const scope = (await client.scopes(top.id)).find((each) => each.name === 'Variables');
    const body = await client.request('setVariable', {
      variablesReference: scope?.variablesReference,
      name: 'total',
      value: '100.5',
    });
    expect(memberOf(body, 'value')).toBe('100.5');
    await client.request('setExpression', {
      expression: "variables('pricedLines')",
      value: '[{"sku":"X"}]',
      frameId: top.id,
    });
    const lines = (await client.scope(top.id, 'Variables')).get('pricedLines');
    const [line] = await client.variables(lines?.variablesReference ?? 0);
    await client.request('setVariable', { variablesReference: line?.variablesReference, name: 'sku', value: 'Y' });
    expect(await client.evaluate("@{variables('total')} @{variables('pricedLines')[0]?['sku']}", top.id)).toBe(
      '100.5 Y',
    );
  });

  it('refuses to change what is no variable, or a value of another type', async () => {
    const { top } = await stopAtKeep();
    const scopes = await client.scopes(top.id);
    const reference = (name: string) => scopes.find((each) => each.name === name)?.variablesReference;
    const set = (scope: string, name: string, value: string) =>
      client.request('setVariable', { variablesReference: reference(scope), name, value });
    await expect(set('Trigger', 'body', '1')).rejects.toThrow('Only variables');
    await expect(set('Variables', 'total', '"text"')).rejects.toThrow(/total|float/i);
    await expect(set('Variables', 'total', '{')).rejects.toThrow('no JSON');
  });

  it('hides app settings that are secrets', async () => {
    const { top } = await stopAtKeep();
    const settings = await client.scope(top.id, 'App settings');
    expect(settings.get('SHOP_NAME')?.value).toBe('"Example Lighting"');
    expect(settings.get('serviceBus_connectionString')?.value).toBe('••••••');
  });

  it('pages long arrays', async () => {
    const lines = Array.from({ length: 250 }, (_, index) => ({ sku: `S${index}`, quantity: 1, unitPrice: 1 }));
    await client.start({
      launch: { trigger: { body: { orderId: 'L', lines } } },
      breakpoints: [{ at: '"Initialize_total": {' }],
    });
    const { top } = await client.stopped();
    const body = (await client.scope(top.id, 'Trigger')).get('body');
    const member = (await client.variables(body?.variablesReference ?? 0)).find((each) => each.name === 'lines');
    expect(member?.indexedVariables).toBe(250);
    const page = await client.variables(member?.variablesReference ?? 0, { filter: 'indexed', start: 100, count: 2 });
    expect(page.map((each) => each.name)).toEqual(['100', '101']);
  });

  it('completes functions and names in the console', async () => {
    const { top } = await stopAtKeep();
    const labels = async (text: string): Promise<string[]> => {
      const body = await client.request('completions', { text, column: text.length + 1, frameId: top.id });
      const targets = memberOf(body, 'targets');
      return Array.isArray(targets) ? targets.map((each) => String(memberOf(each, 'label'))) : [];
    };
    expect(await labels('conc')).toContain('concat');
    expect(await labels("variables('t")).toEqual(['total', 'pricedLines', 'shipping']);
    expect(await labels("parameters('")).toContain('bulkQuantity');
    expect(await labels("items('")).toEqual(['Price_each_line']);
    expect(await labels("concat('te")).toEqual([]);
  });
});

describe('failures', () => {
  const broken = (text: string): string =>
    text.replace("@mul(item()?['quantity'], item()?['unitPrice'])", '@div(1, sub(1, 1))');

  it('stops at an unhandled failure and tells it', async () => {
    await client.save(broken);
    await client.start({ exceptions: ['unhandled'] });
    const { reason, text, threadId, top } = await client.stopped();
    expect([reason, top.name]).toEqual(['exception', 'Line_amount (failed)']);
    expect(text).toContain('InvalidTemplate');
    expect(await client.request('exceptionInfo', { threadId })).toMatchObject({ exceptionId: 'InvalidTemplate' });
  });

  it('shows failed steps and the end of the run in the console', async () => {
    await client.save(broken);
    await client.start();
    await expect.poll(() => client.console).toMatch(/process-order: failed/);
    await expect.poll(() => client.console).toMatch(/Failed +Line_amount\[0\]/);
  });

  it('says what is wrong with a launch', async () => {
    await client.request('initialize', { adapterID: 'x', pathFormat: 'path' });
    await expect(client.request('launch', {})).rejects.toThrow('"project"');
    await expect(client.request('launch', { project: client.folder })).rejects.toThrow('no logic app project');
    await expect(client.request('launch', { project: client.project, port: 'x' })).rejects.toThrow('"port"');
  });
});

describe('a run without stops', () => {
  it('tells the start, the steps, the response and the end', async () => {
    await client.start();
    await expect.poll(() => client.console).toMatch(/process-order: succeeded after/);
    expect(client.console).toMatch(/run \d+CU\d+ started by When_an_order_arrives/);
    expect(client.console).toMatch(/Succeeded Order_summary/);
    expect(client.console).toMatch(/process-order: response 200\n/);
    const body = client.events.find((each) => Number(memberOf(each.body, 'variablesReference')) > 0)?.body as unknown;
    const [shown] = await client.variables(Number(memberOf(body, 'variablesReference')));
    expect(shown?.value).toContain('accepted');
  });

  it('holds nothing without debugging', async () => {
    await client.start({ launch: { noDebug: true, stopOnEntry: true }, breakpoints: [{ at: '"Line_amount"' }] });
    await expect.poll(() => client.console).toMatch(/process-order: succeeded/);
    expect(client.events.some((each) => each.event === 'stopped')).toBe(false);
  });
});
