import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client, memberOf } from './client';
import type { Stop } from './client';

let client: Client;
beforeEach(() => {
  client = new Client();
});
afterEach(() => client.dispose());

const back = async (threadId: number): Promise<Stop> => {
  await client.request('stepBack', { threadId });
  return client.stopped();
};
const reverse = async (threadId: number): Promise<Stop> => {
  await client.request('reverseContinue', { threadId });
  return client.stopped();
};
const where = ({ frames }: Stop): string[] => frames.slice(0, -1).map((each) => each.name);

describe('stepping back', () => {
  it('goes the way that stepping over goes, up to the trigger', async () => {
    await client.start({ breakpoints: [{ at: '"Order_summary": {' }] });
    const { threadId } = await client.stopped();
    const stops: string[] = [];
    // Of the two branches before it, the one that ended later comes first.
    for (let i = 0; i < 5; i += 1) stops.push((await back(threadId)).top.name);
    expect(stops).toEqual([
      'Price_each_line (recorded)',
      'Initialize_shipping (recorded)',
      'Initialize_priced_lines (recorded)',
      'Initialize_total (recorded)',
      'When_an_order_arrives (recorded)',
    ]);
    await expect(client.request('stepBack', { threadId })).rejects.toThrow('The run began here');
  });

  it('stays in its repetition, and goes to the one before and out to the loop', async () => {
    await client.start({ breakpoints: [{ at: '"Is_bulk_line": {', condition: "equals(item()?['sku'], 'BULB')" }] });
    const { threadId } = await client.stopped();
    expect(where(await back(threadId))).toEqual(['Line_amount (recorded)', 'Price_each_line [2 of 2]']);
    expect(where(await back(threadId))).toEqual(['Keep_priced_line (recorded)', 'Price_each_line [1 of 2]']);
    expect(where(await back(threadId))).toEqual(['Is_bulk_line (recorded)', 'Price_each_line [1 of 2]']);
    expect(where(await back(threadId))).toEqual(['Line_amount (recorded)', 'Price_each_line [1 of 2]']);
    expect(where(await back(threadId))).toEqual(['Price_each_line (recorded)']);
  });

  it('shows variables, outputs and loop items as they were then, and lets nothing be changed', async () => {
    await client.start({ breakpoints: [{ at: '"Is_bulk_line": {', condition: "equals(item()?['sku'], 'BULB')" }] });
    const { threadId, top } = await client.stopped();
    expect(await client.evaluate("@{variables('total')} @{length(variables('pricedLines'))}", top.id)).toBe('61 1');
    await back(threadId);
    await back(threadId);
    const past = await back(threadId);
    expect(past.top.name).toBe('Is_bulk_line (recorded)');
    const text =
      "@{variables('total')} @{length(variables('pricedLines'))} @{outputs('Line_amount')} @{item()?['sku']}";
    expect(await client.evaluate(text, past.top.id)).toBe('0 0 61 LAMP');
    const { variablesReference } = (await client.scopes(past.top.id)).find((each) => each.name === 'Variables') ?? {};
    await expect(client.request('setVariable', { variablesReference, name: 'total', value: '5' })).rejects.toThrow(
      'This is the past',
    );
  });

  it('goes forward through what was recorded to the present, and runs on from there', async () => {
    await client.start({ breakpoints: [{ at: '"Is_bulk_line": {', condition: "equals(item()?['sku'], 'BULB')" }] });
    const { threadId } = await client.stopped();
    for (let i = 0; i < 3; i += 1) await back(threadId);
    const forward: string[] = [];
    for (let i = 0; i < 4; i += 1) forward.push((await client.step('next', threadId)).top.name);
    expect(forward).toEqual([
      'Keep_priced_line (recorded)',
      'Line_amount (recorded)',
      'Is_bulk_line',
      'Keep_priced_line',
    ]);
  });

  it('goes into what was recorded inside, and out of it', async () => {
    await client.start({ breakpoints: [{ at: '"Is_large_order": {' }] });
    const { threadId } = await client.stopped();
    await client.setBreakpoints([{ at: '"Line_amount": {' }]);
    let stop = await reverse(threadId);
    expect(where(stop)).toEqual(['Line_amount (recorded)', 'Price_each_line [2 of 2]']);
    stop = await reverse(threadId);
    expect(where(stop)).toEqual(['Line_amount (recorded)', 'Price_each_line [1 of 2]']);
    const inside = await client.step('next', threadId);
    expect(inside.top.name).toBe('Is_bulk_line (recorded)');
    expect((await client.step('stepIn', threadId)).top.name).toBe('Add_list_amount (recorded)');
    expect((await client.step('stepOut', threadId)).top.name).toBe('Keep_priced_line (recorded)');
  });

  it('goes back to the last place that a breakpoint and its condition would have held at', async () => {
    await client.start({ breakpoints: [{ at: '"Is_large_order": {' }] });
    const { threadId } = await client.stopped();
    await client.setBreakpoints([{ at: '"Line_amount": {', condition: "equals(item()?['sku'], 'LAMP')" }]);
    const stop = await reverse(threadId);
    expect([stop.reason, ...where(stop)]).toEqual(['breakpoint', 'Line_amount (recorded)', 'Price_each_line [1 of 2]']);
    expect((await reverse(threadId)).top.name).toBe('When_an_order_arrives (recorded)');
    expect((await client.step('continue', threadId)).frames[1]?.name).toBe('Price_each_line [1 of 2]');
    expect((await client.step('continue', threadId)).top.name).toBe('Is_large_order');
  });

  it('shows at a closing brace what the step had given', async () => {
    await client.start({ breakpoints: [{ at: '"Is_large_order": {' }] });
    const { threadId } = await client.stopped();
    await client.setBreakpoints([{ at: '"Keep_priced_line": {', below: 13 }]);
    const stop = await reverse(threadId);
    expect(stop.top.name).toBe('Keep_priced_line (has run) (recorded)');
    expect((await client.scope(stop.top.id, 'Action')).get('status')?.value).toBe('"Succeeded"');
    expect(await client.evaluate("length(variables('pricedLines'))", stop.top.id)).toBe('2');
  });
});

describe('a run whose workflow is edited meanwhile', () => {
  it.each([
    ['into nonsense', (text: string) => text.replace('"actions": {', '"actions": {{')],
    ['so that its steps have other names', (text: string) => text.replaceAll('Is_bulk_line', 'Is_other')],
  ])('%s is stepped through as it began, forward and back', async (_how, change) => {
    await client.start({ breakpoints: [{ at: '"Line_amount": {' }] });
    const { threadId } = await client.stopped();
    await client.save(change);
    await client.request('setBreakpoints', { source: { path: client.file() }, breakpoints: [] });
    const names: string[] = [];
    for (const command of ['next', 'stepIn', 'stepBack', 'stepBack', 'next', 'stepOut'] as const) {
      names.push((await client.step(command, threadId)).top.name);
    }
    expect(names).toEqual([
      'Is_bulk_line',
      'Add_list_amount',
      'Is_bulk_line (recorded)',
      'Line_amount (recorded)',
      'Is_bulk_line (recorded)',
      'Add_list_amount',
    ]);
  });
});

describe('beginning again', () => {
  it('takes over what had happened before the frame, and runs the rest anew', async () => {
    await client.start({ breakpoints: [{ at: '"Is_large_order": {' }] });
    const { threadId } = await client.stopped();
    await client.setBreakpoints([]);
    const summary = await back(threadId);
    expect(summary.top.name).toBe('Order_summary (recorded)');
    await client.request('restartFrame', { frameId: summary.top.id });
    const again = await client.stopped();
    expect([again.reason, again.top.name]).toEqual(['restart', 'Order_summary']);
    expect(await client.evaluate("@{variables('total')}", again.top.id)).toBe('82.6');
    const { variablesReference } = (await client.scopes(again.top.id)).find((each) => each.name === 'Action') ?? {};
    await client.request('setVariable', { variablesReference, name: 'inputs', value: '{"total": 5000}' });
    await client.request('continue', { threadId: again.threadId });
    await expect.poll(() => client.console).toMatch(/process-order: response 202/);
    expect(client.console).toMatch(/process-order: cancelled/);
    // Told once by each of the two runs, and executed by the first alone.
    expect(client.console.match(/Succeeded Price_each_line/g)).toHaveLength(2);
  });

  it('from the trigger brings the same request once more', async () => {
    await client.start({ breakpoints: [{ at: '"Is_large_order": {' }] });
    const { frames } = await client.stopped();
    await client.request('restartFrame', { frameId: frames.at(-1)?.id });
    const trigger = await client.stopped();
    expect([trigger.reason, trigger.top.name]).toEqual(['restart', 'When_an_order_arrives']);
    expect((await client.step('continue', trigger.threadId)).top.name).toBe('Is_large_order');
  });

  it('from a chosen action with other inputs', async () => {
    await client.start({ breakpoints: [{ at: '"Is_large_order": {' }] });
    const { threadId } = await client.stopped();
    await client.setBreakpoints([]);
    await client.request('restartFrom', { threadId, action: 'Order_summary', inputs: { total: 7000 } });
    const again = await client.stopped();
    await client.request('continue', { threadId: again.threadId });
    await expect.poll(() => client.console).toMatch(/process-order: response 202/);
    await expect(client.request('restartFrom', { threadId, action: 'Nothing' })).rejects.toThrow('needs the run');
  });

  it('of the whole session reads the project again and fires the trigger', async () => {
    await client.start({ breakpoints: [{ at: '"Line_amount": {' }] });
    await client.stopped();
    await client.save((text) => text.replace('"@mul(item()', '"@add(item()'));
    await client.request('restart');
    const again = await client.stopped();
    expect(again.frames[1]?.name).toBe('Price_each_line [1 of 2]');
    const out = await client.step('next', again.threadId);
    expect(await client.evaluate("outputs('Line_amount')", out.top.id)).toBe('32.5');
    expect(memberOf(await client.request('threads'), 'threads')).toHaveLength(1);
  });
});

describe('the past of other kinds of runs', () => {
  const compose = (inputs: unknown, ...after: string[]) => ({
    type: 'Compose',
    inputs,
    runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
  });
  const begin = async (actions: object, last: string, kind = 'Stateful'): Promise<Stop> => {
    const triggers = { Go: { type: 'Request', kind: 'Http' } };
    client.write('other', { definition: { triggers, actions }, kind });
    await client.request('initialize', { adapterID: 'x', pathFormat: 'path' });
    await client.request('launch', { project: client.project, workflow: 'other', trigger: { body: [1, 2, 3] } });
    await client.event('initialized');
    await client.request('setFunctionBreakpoints', { breakpoints: [{ name: `other/${last}` }] });
    await client.request('configurationDone');
    return client.stopped();
  };
  const reverseTo = async (threadId: number, name: string): Promise<Stop> => {
    await client.request('setFunctionBreakpoints', { breakpoints: [{ name: `other/${name}` }] });
    return reverse(threadId);
  };

  it('an Until shows each of its repetitions', async () => {
    const actions = {
      Init: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'n', type: 'integer', value: 0 }] },
        runAfter: {},
      },
      Loop: {
        type: 'Until',
        expression: "@equals(variables('n'), 3)",
        limit: { count: 10, timeout: 'PT1H' },
        actions: { Add: { type: 'IncrementVariable', inputs: { name: 'n', value: 1 }, runAfter: {} } },
        runAfter: { Init: ['Succeeded'] },
      },
      Last: compose("@variables('n')", 'Loop'),
    };
    const { threadId } = await begin(actions, 'Last');
    const seen: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const { frames, top } = await reverseTo(threadId, 'Add');
      seen.push(`${frames[1]?.name} ${await client.evaluate("variables('n')", top.id)}`);
    }
    expect(seen).toEqual(['Loop [3] 2', 'Loop [2] 1', 'Loop [1] 0']);
  });

  it('repetitions that ran beside each other show their own item', async () => {
    const actions = {
      Each: {
        type: 'Foreach',
        foreach: '@triggerBody()',
        actions: { One: compose('@item()'), Two: compose("@mul(outputs('One'), 10)", 'One') },
        runAfter: {},
      },
      Last: compose(1, 'Each'),
    };
    const { threadId } = await begin(actions, 'Last');
    const seen: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const { top } = await reverseTo(threadId, 'Two');
      seen.push(await client.evaluate("@{item()} @{outputs('One')}", top.id));
    }
    expect(seen.sort()).toEqual(['1 1', '2 2', '3 3']);
  });

  it('a stateless run has one too, and failed branches show their error', async () => {
    const actions = {
      Bad: compose("@int('x')"),
      Caught: { ...compose(1), runAfter: { Bad: ['Failed'] } },
      Last: compose(2, 'Caught'),
    };
    const { threadId } = await begin(actions, 'Last', 'Stateless');
    expect((await back(threadId)).top.name).toBe('Caught (recorded)');
    const bad = await back(threadId);
    expect(bad.top.name).toBe('Bad (recorded)');
    const after = await client.step('next', threadId);
    expect(await client.evaluate("actions('Bad')?['status']", after.top.id)).toBe('Failed');
  });

  it('a called workflow has its own, up to its trigger', async () => {
    client.write('child', {
      definition: {
        triggers: { Called: { type: 'Request', kind: 'Http' } },
        actions: {
          Inside: compose('@triggerBody()'),
          Then: compose("@outputs('Inside')", 'Inside'),
          Answer: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { Then: ['Succeeded'] } },
        },
      },
      kind: 'Stateful',
    });
    const call = { type: 'Workflow', inputs: { host: { workflow: { id: 'child' } }, body: 5 }, runAfter: {} };
    await begin({ Call: call }, 'Call');
    await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'child/Answer' }] });
    const [first] = client.events.filter((each) => each.event === 'stopped');
    await client.request('continue', { threadId: memberOf(first?.body, 'threadId') });
    const { threadId } = await client.stopped();
    const past = [await back(threadId), await back(threadId), await back(threadId)];
    expect(past.map(({ top }) => top.name)).toEqual(['Then (recorded)', 'Inside (recorded)', 'Called (recorded)']);
    expect(past[0]?.frames.map((each) => each.name)).toEqual(['Then (recorded)', 'child', 'Call', 'other']);
  });
});
