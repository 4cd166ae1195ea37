import { describe, expect, it } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
} from 'vscode-languageserver/node';
import { Client, uriOf } from './client';

const calling = (...names: readonly string[]): string =>
  JSON.stringify(
    {
      definition: {
        triggers: { Called: { type: 'Request', kind: 'Http' } },
        actions: Object.fromEntries(
          names.map((id, index) => [
            `Call_${index}`,
            { type: 'Workflow', inputs: { host: { workflow: { id } } }, runAfter: {} },
          ]),
        ),
      },
      kind: 'Stateful',
    },
    null,
    2,
  );

const files = {
  'shop/host.json': '{}',
  'shop/order/workflow.json': calling('PRICE', 'ship', 'price', 'gone'),
  'shop/price/workflow.json': calling(),
  'shop/ship/workflow.json': calling('price', 'ship'),
  'other/host.json': '{}',
  'other/price/workflow.json': calling('price'),
};

async function open(path: keyof typeof files, mark: string) {
  const { client } = await Client.start(files);
  const position = await client.open(path, files[path].replace(mark, `${mark}|`));
  const items = await client.at<CallHierarchyItem[] | null>('prepareCallHierarchy', path, position);
  return { client, item: items?.[0] };
}

describe('call hierarchy', () => {
  it('begins with the called workflow on a call, else with the workflow itself', async () => {
    expect((await open('shop/order/workflow.json', 'PRI')).item?.uri).toBe(uriOf('shop/price/workflow.json'));
    expect((await open('shop/order/workflow.json', 'Call_1')).item?.name).toBe('order');
  });

  it('tells who calls a workflow, within its project', async () => {
    const { client, item } = await open('shop/price/workflow.json', 'Called');
    const calls: CallHierarchyIncomingCall[] | null = await client.connection.sendRequest(
      'callHierarchy/incomingCalls',
      { item },
    );
    expect(calls?.map(({ from, fromRanges }) => [from.name, fromRanges.length])).toEqual([
      ['order', 2],
      ['ship', 1],
    ]);
  });

  it('tells whom a workflow calls, itself included; a workflow that is not there is left out', async () => {
    const { client, item } = await open('shop/order/workflow.json', 'Called');
    const outgoing = async (from: CallHierarchyItem | undefined) => {
      const calls: CallHierarchyOutgoingCall[] | null = await client.connection.sendRequest(
        'callHierarchy/outgoingCalls',
        { item: from },
      );
      return calls ?? [];
    };
    const calls = await outgoing(item);
    expect(
      calls.map(({ to, fromRanges }) => [
        to.name,
        fromRanges.map((range) => client.textAt('shop/order/workflow.json', range)),
      ]),
    ).toEqual([
      ['price', ['Call_0', 'Call_2']],
      ['ship', ['Call_1']],
    ]);
    expect((await outgoing(calls[1]?.to)).map(({ to }) => to.name)).toEqual(['price', 'ship']);
  });
});
