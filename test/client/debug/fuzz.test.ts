/**
 * Sessions at random, the same in every run: breakpoints anywhere, steps in any direction, changes, restarts, and an end at any time.
 * Whatever is asked is answered, nothing is a bug of ours, and what is let go ends. LOGICAPPS_FUZZ_SESSIONS sets how many are tried,
 * LOGICAPPS_FUZZ_SEED which is the first.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { Client, listIn, memberOf } from './client';
import { maze } from './maze';

const SESSIONS = Number(process.env['LOGICAPPS_FUZZ_SESSIONS'] ?? 12);
const FIRST = Number(process.env['LOGICAPPS_FUZZ_SEED'] ?? 1);
const REQUESTS = 60;
/** Milliseconds within which even a busy machine answers. */
const PATIENT = 30_000;

const workflows = ['maze', 'called'];
const forward = ['next', 'stepIn', 'stepOut', 'continue'];
const back = ['stepBack', 'reverseContinue'];
const conditions = [
  'equals(1, 1)',
  "greater(variables('n'), 2)",
  '@equals(item(), 2)',
  "item()?['x']",
  'nothing(',
  "outputs('Nowhere')",
];
const expressions = [
  "variables('n')",
  'item()',
  'triggerBody()',
  "outputs('First')",
  'mul(2, 3)',
  "items('Each')",
  "actions('Inner')",
  "result('Scope')",
  'concat(',
];
const filters = ['failed', 'unhandled', 'skipped', 'retried'];

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Walk {
  readonly asked: string[] = [];
  readonly #random: () => number;

  constructor(
    readonly client: Client,
    seed: number,
  ) {
    this.#random = generator(seed);
  }

  /** Asks for anything that a client may ask for. */
  async once(): Promise<void> {
    const dice = this.#below(100);
    const threadId = await this.#thread();
    if (dice < 40) await this.ask(this.#pick(forward), { threadId });
    else if (dice < 52) await this.ask(this.#pick(back), { threadId });
    else if (dice < 66) await this.#breakpoints();
    else if (dice < 80) await this.#look(threadId);
    else if (dice < 84)
      await this.ask('setExceptionBreakpoints', { filters: filters.filter(() => this.#random() < 0.3) });
    else if (dice < 87) await this.ask('pause', { threadId });
    else if (dice < 90) await this.ask('fireTrigger', { workflow: 'maze', trigger: { body: [1, 2] } });
    else if (dice < 92)
      await this.ask('restartFrom', { threadId, action: this.#pick(['First', 'Each', 'Inner', 'Nowhere']), inputs: 7 });
    else if (dice < 93) await this.ask('restart');
    else if (dice < 94) await this.#save();
    else if (dice < 96)
      await this.ask('setFunctionBreakpoints', {
        breakpoints: [{ name: this.#pick(['Inner', 'called/Go', 'Nowhere']) }],
      });
    else await this.ask('breakpointLocations', { source: { path: this.#file() }, line: 1, endLine: this.#below(200) });
  }

  /** A refusal is an answer too. */
  async ask(command: string, args: object = {}): Promise<unknown> {
    this.asked.push(`${command} ${JSON.stringify(args)}`);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`No answer:\n${this.asked.join('\n')}`)), PATIENT);
    });
    try {
      return await Promise.race([this.client.request(command, args).catch(() => undefined), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Takes all breakpoints away and lets everything go. */
  async letGo(): Promise<void> {
    for (const workflow of workflows) {
      await this.ask('setBreakpoints', { source: { path: this.client.file(workflow) }, breakpoints: [] });
    }
    await this.ask('setFunctionBreakpoints', { breakpoints: [] });
    await this.ask('setDataBreakpoints', { breakpoints: [] });
    await this.ask('setExceptionBreakpoints', { filters: [] });
    await expect
      .poll(
        async () => {
          const threads = await this.#threads();
          for (const { id } of threads) await this.ask('continue', { threadId: id });
          return threads.filter(({ id }) => id !== 1).map(({ name }) => name);
        },
        { timeout: PATIENT },
      )
      .toEqual([]);
  }

  async #breakpoints(): Promise<void> {
    const workflow = this.#pick(workflows);
    const lines = this.client.text(workflow).split('\n').length;
    const breakpoints = Array.from({ length: this.#below(6) }, () => ({
      line: 1 + this.#below(lines + 2),
      ...(this.#random() < 0.3 ? { condition: this.#pick(conditions) } : {}),
      ...(this.#random() < 0.2 ? { hitCondition: this.#pick(['2', '>1', '%2', 'x']) } : {}),
      ...(this.#random() < 0.2 ? { logMessage: `value @{${this.#pick(expressions)}}` } : {}),
    }));
    await this.ask('setBreakpoints', { source: { path: this.client.file(workflow) }, breakpoints });
  }

  /** Lines move, or the text makes no sense until the next time. */
  async #save(): Promise<void> {
    const workflow = this.#pick(workflows);
    const broken = this.#random() < 0.5;
    this.asked.push(`save ${workflow}${broken ? ' broken' : ''}`);
    await this.client.save((text) => {
      const whole = text.startsWith('!') ? text.slice(1) : text;
      return broken ? `!${whole}` : whole.replace('"actions": {', '\n"actions": {');
    }, workflow);
  }

  /** As an editor does when it shows a held thread; now and then something is changed or looked at more closely. */
  async #look(threadId: number): Promise<void> {
    const frames = itemsOf(await this.ask('stackTrace', { threadId }), 'stackFrames');
    const frame = frames[this.#below(frames.length)];
    if (frame === undefined) return;
    const frameId = memberOf(frame, 'id');
    for (const scope of itemsOf(await this.ask('scopes', { frameId }), 'scopes')) {
      const variablesReference = memberOf(scope, 'variablesReference');
      const rows = itemsOf(await this.ask('variables', { variablesReference }), 'variables');
      const row = rows[this.#below(rows.length)];
      if (row === undefined || this.#random() < 0.5) continue;
      const name = memberOf(row, 'name');
      await this.ask('variables', { variablesReference: memberOf(row, 'variablesReference') });
      if (this.#random() < 0.3)
        await this.ask('setVariable', { variablesReference, name, value: this.#pick(['5', '"x"', '[1, 2]', '{']) });
      const info = await this.ask('dataBreakpointInfo', { variablesReference, name });
      if (typeof memberOf(info, 'dataId') === 'string' && this.#random() < 0.3)
        await this.ask('setDataBreakpoints', { breakpoints: [{ dataId: memberOf(info, 'dataId') }] });
    }
    await this.ask('evaluate', {
      expression: this.#pick(expressions),
      frameId,
      context: this.#pick(['repl', 'hover', 'watch']),
    });
    await this.ask('completions', { text: "variables('", column: 12, frameId });
    await this.ask('exceptionInfo', { threadId });
    const targets = itemsOf(await this.ask('stepInTargets', { frameId }), 'targets');
    if (targets.length > 0) await this.ask('stepIn', { threadId, targetId: memberOf(this.#pick(targets), 'id') });
    else if (this.#random() < 0.1) await this.ask('restartFrame', { frameId });
  }

  async #thread(): Promise<number> {
    return this.#pick(await this.#threads()).id;
  }

  async #threads(): Promise<readonly { readonly id: number; readonly name: string }[]> {
    return itemsOf(await this.ask('threads'), 'threads').map((each) => ({
      id: Number(memberOf(each, 'id')),
      name: String(memberOf(each, 'name')),
    }));
  }

  #file(): string {
    return this.client.file(this.#pick(workflows));
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(values: readonly T[]): T {
    const value = values[this.#below(values.length)];
    if (value === undefined) throw new Error('Nothing to pick from.');
    return value;
  }
}

/** What a refusal or an answer lists. */
function itemsOf(body: unknown, name: string): readonly unknown[] {
  return memberOf(body, name) === undefined ? [] : listIn(body, name, (item): item is unknown => item !== undefined);
}

describe('a session at random', { timeout: 4 * PATIENT }, () => {
  let client: Client;
  afterEach(() => client.dispose());

  it.each(Array.from({ length: SESSIONS }, (_, each) => FIRST + each))('%i is answered, and ends', async (seed) => {
    client = new Client();
    for (const [name, content] of Object.entries(maze)) client.write(name, content);
    const walk = new Walk(client, seed);
    await client.request('initialize', { adapterID: 'x', pathFormat: 'path' });
    await client.request('launch', {
      project: client.project,
      workflow: 'maze',
      stopOnEntry: seed % 3 === 0,
      trigger: { body: [1, 2, 3] },
    });
    await client.request('configurationDone');
    for (let each = 0; each < REQUESTS; each += 1) await walk.once();
    // Every other session is ended as it is, with whatever is held.
    if (seed % 2 === 0) await walk.letGo();
    expect({ errors: client.errors, asked: client.errors.length === 0 ? [] : walk.asked }).toEqual({
      errors: [],
      asked: [],
    });
    await walk.ask(seed % 4 === 1 ? 'terminate' : 'threads');
  });
});
