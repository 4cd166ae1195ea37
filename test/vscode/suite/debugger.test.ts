import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { measure } from '../host-extension/figures';
import { DebugRun } from './support/debugRun';
import { openText, positionOf } from './support/workspace';

const workflow = 'process-order/workflow.json';

const order = {
  orderId: 'A-1',
  customer: { name: 'Example Ltd', country: 'AT' },
  lines: [
    { sku: 'LAMP', quantity: 2, unitPrice: 30 },
    { sku: 'BULB', quantity: 1, unitPrice: 5 },
  ],
};

describe('debugging', () => {
  let run: DebugRun | undefined;

  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await run?.end();
    run = undefined;
  });

  it('stops on the trigger and in each round of the loop', async () => {
    await breakAt('"When_an_order|_arrives": {', '"Keep_priced|_line": {');
    const started = Date.now();
    run = await DebugRun.start({ trigger: { body: order } });
    assert.equal((await run.stop()).reason, 'breakpoint');
    measure('F5 to first stop, in the extension host (ms)', Date.now() - started);
    measure('… of which the debug adapter and the runtime (ms)', Date.now() - run.adapterMade);
    assert.match((await run.frames())[0] ?? '', /^When_an_order_arrives/);

    await run.go('continue');
    await run.stop();
    const frames = await run.frames();
    assert.match(frames[0] ?? '', /^Keep_priced_line/);
    assert.match(frames[1] ?? '', /^Price_each_line \[1 of 2\]/);
    assert.equal((await run.scope('Variables'))['total'], '60');
    assert.equal(await run.evaluate("@{variables('total')}"), '60');
    assert.match((await run.scope('Loop'))['Price_each_line: item'] ?? '', /LAMP/);

    await run.go('continue');
    await run.stop();
    assert.match((await run.frames())[1] ?? '', /^Price_each_line \[2 of 2\]/);
    await run.go('continue');
    await run.outputMatching(/process-order: succeeded/);
  });

  it('steps over, into and out', async () => {
    await breakAt('"Price_each|_line": {');
    run = await DebugRun.start({ trigger: { body: order } });
    await run.stop();
    assert.match((await run.top()).name, /^Price_each_line/);
    await run.go('stepIn');
    await run.stop();
    assert.match((await run.top()).name, /^Line_amount/);
    await run.go('next');
    await run.stop();
    await run.go('stepOut');
    await run.stop();
    // Out of the loop: what follows it in the workflow.
    assert.match((await run.frames())[0] ?? '', /^Order_summary/);
  });
});

/** Sets breakpoints where `|` is. */
async function breakAt(...places: readonly string[]): Promise<void> {
  const document = await openText(workflow);
  vscode.debug.addBreakpoints(
    places.map((place) => new vscode.SourceBreakpoint(new vscode.Location(document.uri, positionOf(document, place)))),
  );
}
