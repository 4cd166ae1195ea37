/** Secrets do not reach the screen by way of the debugger. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from './client';

let client: Client;
beforeEach(() => {
  client = new Client();
});
afterEach(() => client.dispose());

describe('app settings that are secrets', () => {
  it('are hidden in all that is made of them', async () => {
    client.writeFile('parameters.json', {
      bulkQuantity: { type: 'Int', value: 10 },
      bulkDiscount: { type: 'Float', value: 0.1 },
      bus: { type: 'String', value: "@appsetting('serviceBus_connectionString')" },
    });
    const log = "is @{appsetting('serviceBus_connectionString')}";
    await client.start({ breakpoints: [{ at: '"Line_amount": {', logMessage: log }, { at: '"Keep_priced_line": {' }] });
    const { top } = await client.stopped();
    expect((await client.scope(top.id, 'Parameters')).get('bus')?.value).toBe('••••••');
    for (const context of ['repl', 'hover', 'watch', 'clipboard']) {
      const made = "concat('x', appsetting('serviceBus_connectionString'))";
      expect(await client.evaluate(made, top.id, context)).toBe('••••••');
      expect(await client.evaluate("appsetting('serviceBus_connectionString')", undefined, context)).toBe('••••••');
    }
    expect(await client.evaluate("appsetting('SHOP_NAME')", top.id)).toBe('Example Lighting');
    await expect.poll(() => client.console).toContain('cannot be evaluated: It reads an app setting that is a secret');
    expect(client.console).not.toContain('SharedAccessKey');
  });
});
