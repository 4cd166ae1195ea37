import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client, memberOf } from './client';

let client: Client;
beforeEach(() => {
  client = new Client();
});
afterEach(() => client.dispose());

const names = (frames: readonly { readonly name: string }[]): string[] => frames.map((each) => each.name);

describe('a breakpoint', () => {
  it('on a property holds before its expression, with what was evaluated before it', async () => {
    const [set] = await client.start({ breakpoints: [{ at: `"amount": "@outputs('Line_amount')"` }] });
    expect(set).toMatchObject({ verified: true, line: client.line('"amount": "@outputs') });
    const { frames, top, reason } = await client.stopped();
    expect(reason).toBe('breakpoint');
    expect(names(frames).slice(0, 2)).toEqual(["inputs.value.amount: @outputs('Line_amount')", 'Keep_priced_line']);
    const line = client.text().split('\n')[top.line - 1] ?? '';
    expect(line.slice(top.column - 1, (top.endColumn ?? 0) - 1)).toBe("@outputs('Line_amount')");
    const scope = await client.scope(top.id, 'Expression');
    expect([...scope].map(([name, { value }]) => [name, value])).toEqual([["item()?['sku']", '"LAMP"']]);
    expect(await client.evaluate("outputs('Line_amount')", top.id)).toBe('61.0');
  });

  it('on a branch holds when it is taken, and only then', async () => {
    await client.start({ breakpoints: [{ at: '"else": {' }, { at: '"Germany": {' }, { at: '"Order_summary": {' }] });
    const first = await client.stopped();
    expect(names(first.frames).slice(0, 2)).toEqual(['Add_list_amount', 'Is_bulk_line (If)']);
    expect((await client.step('continue', first.threadId)).top.name).toBe('Order_summary');
  });

  it('in a branch without actions says so', async () => {
    const [set] = await client.start({ launch: { trigger: undefined }, breakpoints: [{ at: '"Germany": {' }] });
    expect(set).toMatchObject({ verified: false, message: expect.stringContaining('no actions') as string });
  });

  it('on the closing brace of a trigger holds after its name', async () => {
    await client.start({ breakpoints: [{ at: '"When_an_order_arrives"' }, { at: '"Initialize_total"', below: -3 }] });
    const before = await client.stopped();
    expect(before.top.name).toBe('When_an_order_arrives');
    const after = await client.step('continue', before.threadId);
    expect(after.top).toMatchObject({ name: 'When_an_order_arrives (has run)', line: client.line('"actions": {') - 2 });
  });

  it('on a variable holds behind the step that sets it, as often as its condition says', async () => {
    await client.start({ breakpoints: [{ at: '"Price_each_line": {' }] });
    const held = await client.stopped();
    const scope = (await client.scopes(held.top.id)).find((each) => each.name === 'Variables');
    const info = await client.request('dataBreakpointInfo', {
      variablesReference: scope?.variablesReference,
      name: 'total',
    });
    const set = await client.request('setDataBreakpoints', {
      breakpoints: [{ dataId: memberOf(info, 'dataId'), condition: "greater(variables('total'), 70)" }],
    });
    expect(memberOf(set, 'breakpoints')).toMatchObject([{ verified: true }]);
    const stop = await client.step('continue', held.threadId);
    expect([stop.reason, stop.text, stop.top.name]).toEqual([
      'data breakpoint',
      "The variable 'total' was set.",
      'Add_discounted_amount (has run)',
    ]);
    expect(stop.frames[2]?.name).toBe('Price_each_line [2 of 2]');
  });

  it('on what is no variable is refused with the reason', async () => {
    await client.start({ breakpoints: [{ at: '"Price_each_line": {' }] });
    const { top } = await client.stopped();
    const scope = (await client.scopes(top.id)).find((each) => each.name === 'Trigger');
    const info = await client.request('dataBreakpointInfo', {
      variablesReference: scope?.variablesReference,
      name: 'body',
    });
    expect(info).toMatchObject({ dataId: null, description: expect.stringContaining('variables') as string });
  });
});

describe('stepping into an expression', () => {
  it('goes from call to call with the values of their arguments, and out to the result', async () => {
    await client.start({ breakpoints: [{ at: '"Line_amount": {' }] });
    const { threadId } = await client.stopped();
    const whole = await client.step('stepIn', threadId);
    expect(whole.top.name).toBe("inputs: @mul(item()?['quantity'], item()?['unitPrice'])");
    const first = await client.step('stepIn', threadId);
    expect(names(first.frames).slice(0, 3)).toEqual([
      'item()',
      "inputs: @mul(item()?['quantity'], item()?['unitPrice'])",
      'Line_amount',
    ]);
    await client.step('stepIn', threadId);
    const mul = await client.step('stepIn', threadId);
    expect(mul.top.name).toBe("mul(item()?['quantity'], item()?['unitPrice'])");
    const scope = await client.scope(mul.top.id, 'Expression');
    expect([...scope.values()].slice(0, 2).map(({ value }) => value)).toEqual(['2', '30.5']);
    const out = await client.step('stepOut', threadId);
    expect(out.top.name).toBe('Line_amount (has run)');
    expect((await client.scope(out.top.id, 'Action')).get('outputs')?.value).toBe('61.0');
  });

  it('goes from property to property, and from the last one to the next action', async () => {
    await client.start({ breakpoints: [{ at: '"Keep_priced_line": {' }] });
    const { threadId } = await client.stopped();
    const stops = [(await client.step('stepIn', threadId)).top.name];
    for (let i = 0; i < 3; i += 1) stops.push((await client.step('next', threadId)).top.name);
    expect(stops).toEqual([
      "inputs.value.sku: @item()?['sku']",
      "inputs.value.amount: @outputs('Line_amount')",
      "inputs.value.text: @{item()?['quantity']} x @{item()?['sku']}",
      'Line_amount',
    ]);
  });

  it('offers both ways into an action that has expressions and actions inside', async () => {
    await client.start({ breakpoints: [{ at: '"Is_bulk_line": {' }] });
    const { top, threadId } = await client.stopped();
    const body = await client.request('stepInTargets', { frameId: top.id });
    expect(memberOf(body, 'targets')).toEqual([
      { id: 1, label: 'Expressions of the inputs' },
      { id: 2, label: 'Actions inside' },
    ]);
    await client.request('stepIn', { threadId, targetId: 1 });
    expect((await client.stopped()).top.name).toBe("expression.and[0].greaterOrEquals[0]: @item()?['quantity']");
  });
});

describe('changes of a held step', () => {
  const held = async (at: string, below?: number) => {
    await client.start({ breakpoints: [{ at, ...(below === undefined ? {} : { below }) }] });
    return client.stopped();
  };
  const set = async (frameId: number, scope: string, name: string, value: string): Promise<unknown> => {
    const { variablesReference } = (await client.scopes(frameId)).find((each) => each.name === scope) ?? {};
    return client.request('setVariable', { variablesReference, name, value });
  };

  it('give an action other inputs before it begins', async () => {
    const { top, threadId } = await held('"Order_summary": {');
    await set(top.id, 'Action', 'inputs', '{"total": 5000}');
    await client.setBreakpoints([{ at: '"Approval_request": {' }]);
    const stop = await client.step('continue', threadId);
    expect(await client.evaluate("@{outputs('Order_summary')}", stop.top.id)).toBe('{"total":5000}');
  });

  it('give it other outputs when it has run, also a part of them', async () => {
    const { top, threadId } = await held('"Order_summary": {', 13);
    const outputs = (await client.scope(top.id, 'Action')).get('outputs');
    await client.request('setVariable', {
      variablesReference: outputs?.variablesReference,
      name: 'total',
      value: '9999',
    });
    await client.setBreakpoints([{ at: '"Approval_request": {' }]);
    const stop = await client.step('continue', threadId);
    expect(await client.evaluate("outputs('Order_summary')?['total']", stop.top.id)).toBe('9999');
  });

  it('give it another status, so that the other path is taken', async () => {
    const { top, threadId } = await held('"Order_summary": {', 13);
    await set(top.id, 'Action', 'status', 'Failed');
    await client.request('continue', { threadId });
    await expect.poll(() => client.console).toMatch(/Failed +Order_summary.*set by the debugger/);
    expect(client.console).toMatch(/Skipped +Is_large_order/);
  });

  it('are refused where they make no sense', async () => {
    const { top } = await held('"Order_summary": {', 13);
    await expect(set(top.id, 'Action', 'inputs', '1')).rejects.toThrow('Only variables');
    await expect(set(top.id, 'Action', 'status', 'Fine')).rejects.toThrow('one of Succeeded');
  });
});

describe('a request that is made again', () => {
  const calling = (port: number) => ({
    definition: {
      triggers: { Go: { type: 'Request', kind: 'Http' } },
      actions: {
        Call: {
          type: 'Http',
          inputs: {
            method: 'GET',
            uri: `http://127.0.0.1:${port}/`,
            retryPolicy: { type: 'fixed', count: 1, interval: 'PT0.01S' },
          },
          runAfter: {},
        },
        Last: { type: 'Compose', inputs: 1, runAfter: { Call: ['Succeeded', 'Failed'] } },
      },
    },
    kind: 'Stateful',
  });

  it('holds before it when that was asked for, and shows every attempt under the action', async () => {
    // Nothing listens at port 9: the connection is refused at once.
    client.write('calls', calling(9));
    await client.start({ launch: { workflow: 'calls', trigger: {} }, exceptions: ['retried', 'failed'] });
    const first = await client.stopped();
    expect([first.reason, first.top.name]).toEqual(['exception', 'Call (is tried again)']);
    expect(first.text).toContain('ECONNREFUSED');
    const second = await client.step('continue', first.threadId);
    expect(second.top.name).toBe('Call (failed)');
    const requests = (await client.scope(second.top.id, 'Action')).get('requests');
    const attempts = await client.variables(requests?.variablesReference ?? 0);
    expect(attempts.map((each) => each.name)).toEqual(['0', '1']);
    const members = await client.variables(attempts[1]?.variablesReference ?? 0);
    expect(members.map((each) => each.name)).toEqual([
      'attempt',
      'request',
      'status',
      'startTime',
      'milliseconds',
      'error',
    ]);
    expect(members[1]?.value).toBe('"GET http://127.0.0.1:9/"');
  });
});
