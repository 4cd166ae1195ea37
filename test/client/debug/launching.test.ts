import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from './client';

let client: Client;
beforeEach(() => {
  client = new Client();
});
afterEach(() => client.dispose());

const calling = {
  definition: {
    triggers: { Go: { type: 'Request', kind: 'Http' } },
    actions: {
      Call: { type: 'Http', inputs: { method: 'GET', uri: 'http://127.0.0.1:9/stock' }, runAfter: {} },
      Keep: { type: 'Compose', inputs: "@body('Call')?['left']", runAfter: { Call: ['Succeeded'] } },
    },
  },
  kind: 'Stateful',
};
const scenario = {
  id: 'stock is asked for',
  workflow: 'calls',
  settings: { SHOP_NAME: 'Scenario Shop' },
  trigger: { type: 'request', method: 'POST', body: { sku: 'LAMP' } },
  mocks: [{ match: { actions: ['Call'] }, responses: [{ status: 200, body: { left: 7 } }] }],
};

describe('a launch', () => {
  it('by a scenario fires its trigger, and its mocks answer', async () => {
    client.write('calls', calling);
    client.writeFile('stock.test.json', [scenario]);
    await client.request('initialize', { adapterID: 'x', pathFormat: 'path' });
    await client.request('launch', { project: client.project, scenario: 'stock.test.json' });
    await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'Keep' }] });
    await client.request('configurationDone');
    const { top } = await client.stopped();
    expect(await client.evaluate("@{body('Call')?['left']} @{triggerBody()?['sku']}", top.id)).toBe('7 LAMP');
    expect(await client.evaluate("appsetting('SHOP_NAME')", top.id)).toBe('Scenario Shop');
  });

  it('without the mocks of the scenario makes the calls', async () => {
    client.write('calls', calling);
    client.writeFile('stock.test.json', { ...scenario, options: { disableRetries: true } });
    await client.request('initialize', { adapterID: 'x', pathFormat: 'path' });
    await client.request('launch', { project: client.project, scenario: 'stock.test.json', mocks: false });
    await client.request('setExceptionBreakpoints', { filters: ['failed'] });
    await client.request('configurationDone');
    const { top, text } = await client.stopped();
    expect(top.name).toBe('Call (failed)');
    expect(text).toContain('ECONNREFUSED');
  });

  it('says what is wrong with a scenario', async () => {
    client.writeFile('stock.test.json', [scenario]);
    await client.request('initialize', { adapterID: 'x', pathFormat: 'path' });
    const launch = (given: object) => client.request('launch', { project: client.project, ...given });
    await expect(launch({ scenario: 'other.test.json' })).rejects.toThrow('cannot be read');
    await expect(launch({ scenario: 'stock.test.json', case: 'x' })).rejects.toThrow("no case 'x', only 'stock is");
    await expect(launch({ mocks: 1 })).rejects.toThrow('"mocks"');
  });

  it('lays parameters and app settings over those of the project', async () => {
    await client.start({
      launch: { parameters: { bulkQuantity: 1 }, appSettings: { SHOP_NAME: 'Other Shop' } },
      breakpoints: [{ at: '"Add_discounted_amount": {' }],
    });
    const { top, frames } = await client.stopped();
    // Two lamps are a bulk line only by the parameter given.
    expect(frames[2]?.name).toBe('Price_each_line [1 of 2]');
    expect(await client.evaluate("@{parameters('bulkQuantity')} @{appsetting('SHOP_NAME')}", top.id)).toBe(
      '1 Other Shop',
    );
  });

  it('goes on when the workflow is edited into nonsense, and says so', async () => {
    await client.start({ breakpoints: [{ at: '"Line_amount": {' }] });
    const { threadId, top } = await client.stopped();
    await client.save((text) => text.replace('"actions": {', '"actions": {{'));
    await expect.poll(() => client.console).toMatch(/process-order cannot start until this is put right: /);
    expect(await client.evaluate("item()?['sku']", top.id)).toBe('LAMP');
    await client.request('setBreakpoints', { source: { path: client.file() }, breakpoints: [] });
    await client.request('continue', { threadId });
    await expect.poll(() => client.console).toMatch(/process-order: succeeded/);
  });
});
