import { describe, expect, it } from 'vitest';
import type { Hover, InlayHint } from 'vscode-languageserver/node';
import { Client, uriOf } from './client';

const path = 'orders/process/workflow.json';

const text = `{
  "definition": {
    "triggers": {
      "Every_morning": {
        "type": "Recurrence",
        "recurrence|": {
          "frequency": "Day",
          "interval": 1,
          "startTime": "2999-01-04T08:30:00",
          "timeZone": "W. Europe Standard Time"
        }
      }
    },
    "actions": {
      "Lines": { "type": "Compose", "inputs": [{ "sku": "a", "price": 1.5 }], "runAfter": {} },
      "Order": {
        "type": "ParseJson",
        "inputs": { "content": "@outputs('Lines')", "schema": { "type": "object", "properties": { "id": { "type": "string" } } } },
        "runAfter": { "Lines": ["Succeeded"] }
      },
      "Each": {
        "type": "Foreach",
        "foreach": "@outputs('Lines')",
        "actions": {},
        "runAfter": { "Order": ["Succeeded"] }
      }
    }
  },
  "kind": "Stateful"
}`;

const whole = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

async function hints(settings: object | undefined, range = whole): Promise<string[]> {
  const { client } = await Client.start({ [path]: text, 'orders/host.json': '{}' }, {}, settings);
  await client.open(path, text);
  const found: InlayHint[] | null = await client.connection.sendRequest('textDocument/inlayHint', {
    textDocument: { uri: uriOf(path) },
    range,
  });
  return (found ?? []).map(({ position, label }) => `${position.line + 1} ${typeof label === 'string' ? label : ''}`);
}

describe('inlay hints', () => {
  it('are off unless the settings ask for them', async () => {
    expect(await hints(undefined)).toEqual([]);
    expect(await hints({ inlayHints: { types: false, nextOccurrence: false } })).toEqual([]);
  });

  it('tell what actions give and what the items of a loop are', async () => {
    expect(await hints({ inlayHints: { types: true } })).toEqual([
      '15 : array of object { sku, price }',
      '16 body: object { id }',
      '23 item: object { sku, price }',
    ]);
  });

  it('tell when a recurrence is due next, in its own time zone', async () => {
    expect(await hints({ inlayHints: { nextOccurrence: true } })).toEqual([
      '6 next Fri 2999-01-04 08:30 W. Europe Standard Time',
    ]);
  });

  it('are given only for the lines in sight', async () => {
    const lines = { start: { line: 15, character: 0 }, end: { line: 16, character: 0 } };
    expect(await hints({ inlayHints: { types: true } }, lines)).toEqual(['16 body: object { id }']);
  });
});

describe('hover on a recurrence', () => {
  it('says it in words and names the next five runs', async () => {
    const { client } = await Client.start({ [path]: text, 'orders/host.json': '{}' });
    const position = await client.open(path, text);
    const shown = await client.at<Hover | null>('hover', path, position);
    expect(shown?.contents).toEqual({
      kind: 'markdown',
      value:
        'Runs every day, from 2999-01-04T08:30:00 (W. Europe Standard Time).\n\nNext (W. Europe Standard Time):\n' +
        '- Fri 2999-01-04 08:30\n- Sat 2999-01-05 08:30\n- Sun 2999-01-06 08:30\n- Mon 2999-01-07 08:30\n- Tue 2999-01-08 08:30',
    });
  });
});
