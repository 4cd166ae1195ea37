/** Each capability that the adapter says it has, exercised over standard input and output. What has no test here is not offered. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AdapterClient, AdapterFolder, PATIENT } from './adapter';
import type { StoppedThread } from './adapter';
import { listIn, memberOf, order } from './client';

const place = new AdapterFolder();
beforeAll(() => place.build(), PATIENT);
afterAll(() => place.remove());

let client: AdapterClient;
beforeEach(() => {
  client = new AdapterClient(place);
});
afterEach(() => client.leave());

const waiting = { project: place.project, workflow: 'process-order', port: 0 };
const launch = { ...waiting, trigger: { body: order } };

type Breakpoints = readonly (Omit<DebugProtocol.SourceBreakpoint, 'line'> & { readonly at: string })[];

async function setBreakpoints(...breakpoints: Breakpoints): Promise<readonly DebugProtocol.Breakpoint[]> {
  const { body } = await client.debug.setBreakpointsRequest({
    source: { path: place.file },
    breakpoints: breakpoints.map(({ at, ...rest }) => ({ ...rest, line: place.line(at) })),
  });
  return body.breakpoints;
}

/** Launches and stops at the first of the breakpoints. */
async function stopAt(...breakpoints: Breakpoints): Promise<StoppedThread> {
  await client.begin('launch', launch, () => setBreakpoints(...breakpoints));
  return client.stopped();
}

/** Names of the frames without the workflow's own. */
const where = ({ frames }: StoppedThread): string[] => frames.slice(0, -1).map((each) => each.name);

const exercises: Record<string, () => Promise<unknown>> = {
  async supportsConfigurationDoneRequest() {
    // Nothing runs before the client has told its breakpoints.
    expect(where(await stopAt({ at: '"When_an_order_arrives"' }))).toEqual(['When_an_order_arrives']);
  },
  async supportsConditionalBreakpoints() {
    const stop = await stopAt({ at: '"Line_amount": {', condition: "equals(item()?['sku'], 'BULB')" });
    expect(where(stop)).toEqual(['Line_amount', 'Price_each_line [2 of 2]']);
  },
  async supportsHitConditionalBreakpoints() {
    const stop = await stopAt({ at: '"Line_amount": {', hitCondition: '2' });
    expect(where(stop)).toEqual(['Line_amount', 'Price_each_line [2 of 2]']);
  },
  async supportsLogPoints() {
    await stopAt({ at: '"Line_amount": {', logMessage: "sku @{item()?['sku']}" }, { at: '"Order_summary": {' });
    await expect.poll(() => client.console, { timeout: PATIENT }).toMatch(/sku LAMP[^]*sku BULB/);
  },
  async supportsFunctionBreakpoints() {
    await client.begin('launch', launch, () =>
      client.debug.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'Order_summary' }] }),
    );
    expect(where(await client.stopped())).toEqual(['Order_summary']);
  },
  async supportsDataBreakpoints() {
    const { top, threadId } = await stopAt({ at: '"Price_each_line": {' });
    const variablesReference = await client.scopeReference(top.id, 'Variables');
    const info: unknown = await client.debug.send('dataBreakpointInfo', { variablesReference, name: 'pricedLines' });
    const dataId = memberOf(memberOf(info, 'body'), 'dataId');
    await client.debug.send('setDataBreakpoints', { breakpoints: [{ dataId }] });
    await client.debug.continueRequest({ threadId });
    const stop = await client.stopped();
    expect([stop.reason, ...where(stop)]).toEqual([
      'data breakpoint',
      'Keep_priced_line (has run)',
      'Price_each_line [1 of 2]',
    ]);
  },
  async supportsBreakpointLocationsRequest() {
    await client.begin('launch', waiting);
    const line = place.line('"Line_amount": {');
    const reply: unknown = await client.debug.send('breakpointLocations', {
      source: { path: place.file },
      line,
      endLine: line + 4,
    });
    const lines = listIn(memberOf(reply, 'body'), 'breakpoints', (each): each is object => typeof each === 'object');
    expect(lines).toEqual([{ line }, { line: line + 2 }, { line: line + 4 }]);
  },
  async exceptionBreakpointFilters() {
    // Each filter has a test of its own below.
    const { body } = await client.begin('launch', waiting);
    expect(body?.exceptionBreakpointFilters?.map(({ filter }) => filter)).toEqual(Object.keys(filters));
  },
  async supportsExceptionFilterOptions() {
    place.write('failing', failing);
    const conditions = [
      'Uncaught',
      'somewhere, INVALIDTEMPLATE',
      "@equals(actions('Call')?['status'], 'Skipped')",
      'add(',
    ];
    const verified: boolean[] = [];
    await client.begin('launch', { ...waiting, workflow: 'failing' }, async () => {
      for (const condition of conditions) verified.push(...(await setFilter('failed', condition)));
    });
    expect(verified).toEqual([true, true, true, false]);
    const stops: string[][] = [];
    for (const condition of conditions.slice(0, 3)) {
      await setFilter('failed', condition);
      await client.debug.send('fireTrigger', { workflow: 'failing' });
      stops.push(await stopsOfRun());
    }
    expect(stops).toEqual([['Uncaught (failed)'], ['Caught (failed)', 'Uncaught (failed)'], []]);
  },
  async supportsDelayedStackTraceLoading() {
    const { threadId } = await stopAt({ at: '"Line_amount": {' });
    const { body } = await client.debug.stackTraceRequest({ threadId, startFrame: 1, levels: 1 });
    expect(body.stackFrames.map((each) => each.name)).toEqual(['Price_each_line [1 of 2]']);
    expect(body.totalFrames).toBe(3);
  },
  async supportsReadMemoryRequest() {
    place.write('files', files);
    await client.begin('launch', { ...waiting, workflow: 'files', trigger: {} }, () =>
      client.debug.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'After' }] }),
    );
    const { top, threadId } = await client.stopped();
    const { body } = await client.debug.evaluateRequest({ expression: "outputs('File')", frameId: top.id });
    expect(body.result).toBe('image/png, 8 bytes: 89 50 4e 47 0d 0a 1a 0a');
    const read = (offset: number, count: number): Promise<unknown> =>
      client.debug.send('readMemory', { memoryReference: body.memoryReference, offset, count });
    expect(memberOf(await read(0, 4), 'body')).toEqual({ address: '0x0', data: 'iVBORw==' });
    expect(memberOf(await read(4, 8), 'body')).toEqual({ address: '0x4', data: 'DQoaCg==', unreadableBytes: 4 });
    await client.debug.continueRequest({ threadId });
    await expect(read(0, 4)).rejects.toThrow('gone on');
  },
  async supportsExceptionInfoRequest() {
    const { threadId } = await failure('unhandled');
    const reply: unknown = await client.debug.send('exceptionInfo', { threadId });
    expect(memberOf(memberOf(reply, 'body'), 'exceptionId')).toBe('InvalidTemplate');
  },
  async supportsEvaluateForHovers() {
    const { top } = await stopAt({ at: '"Line_amount": {' });
    const { body } = await client.debug.evaluateRequest({
      expression: "@item()?['sku']",
      frameId: top.id,
      context: 'hover',
    });
    expect(body.result).toBe('"LAMP"');
  },
  async supportsClipboardContext() {
    const { top } = await stopAt({ at: '"Line_amount": {' });
    const { body } = await client.debug.evaluateRequest({
      expression: 'item()',
      frameId: top.id,
      context: 'clipboard',
    });
    expect(JSON.parse(body.result)).toEqual(order.lines[0]);
  },
  async supportsSetVariable() {
    const { top } = await stopAt({ at: '"Order_summary": {' });
    const variablesReference = await client.scopeReference(top.id, 'Variables');
    await client.debug.setVariableRequest({ variablesReference, name: 'total', value: '12.5' });
    expect(await client.evaluate("@{variables('total')}", top.id)).toBe('12.5');
  },
  async supportsSetExpression() {
    const { top } = await stopAt({ at: '"Order_summary": {' });
    await client.debug.send('setExpression', { expression: "variables('total')", value: '7', frameId: top.id });
    expect(await client.evaluate("@{variables('total')}", top.id)).toBe('7');
  },
  async supportsStepInTargetsRequest() {
    const { top, threadId } = await stopAt({ at: '"Is_bulk_line": {' });
    const reply: unknown = await client.debug.send('stepInTargets', { frameId: top.id });
    const targets = listIn(memberOf(reply, 'body'), 'targets', (each): each is object => typeof each === 'object');
    expect(targets.map((each) => memberOf(each, 'label'))).toEqual(['Expressions of the inputs', 'Actions inside']);
    await client.debug.stepInRequest({ threadId, targetId: Number(memberOf(targets[0], 'id')) });
    expect((await client.stopped()).top.name).toContain("@item()?['quantity']");
  },
  async supportsStepBack() {
    const { threadId } = await stopAt({ at: '"Is_bulk_line": {', hitCondition: '2' });
    await client.debug.stepBackRequest({ threadId });
    const past = await client.stopped();
    expect(where(past)).toEqual(['Line_amount (recorded)', 'Price_each_line [2 of 2]']);
    await client.debug.reverseContinueRequest({ threadId });
    const first = await client.stopped();
    expect(where(first)).toEqual(['Is_bulk_line (recorded)', 'Price_each_line [1 of 2]']);
    expect(await client.evaluate("@{outputs('Line_amount')} @{variables('total')}", first.top.id)).toBe('61 0');
    await client.debug.continueRequest({ threadId });
    expect(where(await client.stopped())).toEqual(['Is_bulk_line', 'Price_each_line [2 of 2]']);
  },
  async supportsRestartRequest() {
    await stopAt({ at: '"Order_summary": {' });
    await client.debug.send('restart', {});
    expect(where(await client.stopped())).toEqual(['Order_summary']);
    await expect.poll(() => client.console, { timeout: PATIENT }).toContain('process-order: cancelled');
  },
  async supportsRestartFrame() {
    const { frames } = await stopAt({ at: '"Keep_priced_line": {', hitCondition: '2' });
    await client.debug.send('restartFrame', { frameId: frames[1]?.id });
    const again = await client.stopped();
    expect([again.reason, ...where(again)]).toEqual(['restart', 'Price_each_line']);
  },
  async supportsCompletionsRequest() {
    const { top } = await stopAt({ at: '"Order_summary": {' });
    const text = "variables('t";
    const { body } = await client.debug.completionsRequest({ text, column: text.length + 1, frameId: top.id });
    expect(body.targets.map((each) => each.label)).toContain('total');
  },
  async completionTriggerCharacters() {
    const { top } = await stopAt({ at: '"Order_summary": {' });
    const labels = async (text: string): Promise<readonly string[]> => {
      const { body } = await client.debug.completionsRequest({ text, column: text.length + 1, frameId: top.id });
      return body.targets.map((each) => each.label);
    };
    expect(await labels("parameters('")).toContain('bulkQuantity');
    for (const text of ['length(', '@', '@{']) expect(await labels(text)).toContain('concat');
  },
  async supportsTerminateRequest() {
    await stopAt({ at: '"Order_summary": {' });
    const terminated = client.debug.waitForEvent('terminated');
    await client.debug.send('terminate', {});
    await terminated;
    const { status } = await lastRun();
    expect(status).toBe('Cancelled');
  },
  async supportsTerminateThreadsRequest() {
    const first = await stopAt({ at: '"Order_summary": {' });
    await client.debug.send('fireTrigger', { workflow: 'process-order', trigger: { body: order } });
    const second = await client.stopped();
    await client.debug.send('terminateThreads', { threadIds: [first.threadId] });
    await expect.poll(() => client.console, { timeout: PATIENT }).toContain('process-order: cancelled');
    const { body } = await client.debug.threadsRequest();
    expect(body.threads.map(({ id }) => id)).toEqual([second.threadId]);
    expect(await client.evaluate("@{variables('total')}", second.top.id)).toBe('82.6');
  },
  async supportTerminateDebuggee() {
    await stopAt({ at: '"Order_summary": {' });
    await client.leave({ terminateDebuggee: true });
    const { status } = await lastRun();
    expect(status).toBe('Cancelled');
  },
};

/** What is ticked, and where a run of the workflow stops then. */
const filters: Record<string, string> = {
  failed: 'Caught (failed)',
  unhandled: 'Uncaught (failed)',
  skipped: 'After_skipped',
  retried: 'Call (is tried again)',
};

const compose = (inputs: unknown, runAfter: object = {}) => ({ type: 'Compose', inputs, runAfter });
const retryPolicy = { type: 'fixed', count: 1, interval: 'PT0.01S' };
const failing = {
  definition: {
    triggers: { Go: { type: 'Request', kind: 'Http' } },
    actions: {
      // Nothing listens at port 9: the connection is refused at once.
      Call: { type: 'Http', inputs: { method: 'GET', uri: 'http://127.0.0.1:9/', retryPolicy }, runAfter: {} },
      Caught: compose("@int('x')", { Call: ['Failed'] }),
      Skipped: compose(1, { Caught: ['Succeeded'] }),
      After_skipped: compose(1, { Skipped: ['Skipped'] }),
      Uncaught: compose("@int('y')", { After_skipped: ['Succeeded'] }),
    },
  },
  kind: 'Stateful',
};

const files = {
  definition: {
    triggers: { Go: { type: 'Request', kind: 'Http' } },
    actions: {
      File: compose({ '$content-type': 'image/png', $content: 'iVBORw0KGgo=' }),
      After: compose(1, { File: ['Succeeded'] }),
    },
  },
  kind: 'Stateful',
};

/** Whether the adapter takes the condition. */
async function setFilter(filterId: string, condition: string): Promise<boolean[]> {
  const args = { filters: [], filterOptions: [{ filterId, condition }] };
  const reply: unknown = await client.debug.send('setExceptionBreakpoints', args);
  return listIn(memberOf(reply, 'body'), 'breakpoints', (each): each is object => typeof each === 'object').map(
    (each) => memberOf(each, 'verified') === true,
  );
}

/** Where a run stops until it has ended. */
async function stopsOfRun(): Promise<string[]> {
  const ended = client.debug.waitForEvent('thread').then(async function exited(event): Promise<undefined> {
    return memberOf(event.body, 'reason') === 'exited' ? undefined : exited(await client.debug.waitForEvent('thread'));
  });
  const names: string[] = [];
  for (;;) {
    const stop = await Promise.race([client.stopped(), ended]);
    if (stop === undefined) return names;
    names.push(stop.top.name);
    await client.debug.continueRequest({ threadId: stop.threadId });
  }
}

async function failure(filter: string): Promise<StoppedThread> {
  place.write('failing', failing);
  await client.begin('launch', { ...waiting, workflow: 'failing', trigger: {} }, () =>
    client.debug.setExceptionBreakpointsRequest({ filters: [filter] }),
  );
  const first = await client.stopped();
  if (filter !== 'failed') return first;
  // The call has failed before.
  await client.debug.continueRequest({ threadId: first.threadId });
  return client.stopped();
}

/** The run that the adapter's host has kept. */
async function lastRun(): Promise<{ readonly status: string | undefined }> {
  const { runs } = await place.history();
  return { status: runs[0]?.status };
}

describe('the debug adapter', { timeout: 2 * PATIENT }, () => {
  it('offers exactly what is exercised here', async () => {
    await client.debug.start();
    const { body = {} } = await client.debug.initializeRequest();
    expect(Object.keys(body).sort()).toEqual(Object.keys(exercises).sort());
  });

  it.each(Object.keys(exercises))('has %s', async (name) => {
    await exercises[name]?.();
  });

  it.each(Object.entries(filters))('stops for the exception filter %s at %s', async (filter, name) => {
    const stop = await failure(filter);
    expect([stop.reason, stop.top.name]).toEqual(['exception', name]);
  });

  it('steps over, into and out, and pauses', async () => {
    const { threadId } = await stopAt({ at: '"Price_each_line": {' });
    const names: string[] = [];
    const next = async (step: Promise<unknown>): Promise<void> => {
      await step;
      names.push((await client.stopped()).top.name);
    };
    await setBreakpoints();
    await next(client.debug.stepInRequest({ threadId }));
    await next(client.debug.nextRequest({ threadId }));
    await next(client.debug.stepOutRequest({ threadId }));
    expect(names).toEqual(['Line_amount', 'Is_bulk_line', 'Order_summary']);
    await client.debug.pauseRequest({ threadId });
    await next(client.debug.nextRequest({ threadId }));
    expect(names.at(-1)).toBe('Is_large_order');
  });
});
