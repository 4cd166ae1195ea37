/** `logicapps runs`: the run history of a project, also while a host is running it. */
import path from 'node:path';
import { stepKey } from '../runtime/events';
import type { Payload, RunEvent } from '../runtime/events';
import { RunHistory } from '../runtime/engine/history';
import type { StepView } from '../runtime/engine/history';
import { storeFileOf } from '../runtime/store/location';
import { openStore } from '../runtime/store/open';
import type { RunStore, StoredRun } from '../runtime/store/store';
import { parseArguments } from './arguments';
import { exitCodes, UsageError } from './io';
import type { Io } from './io';

const DEFAULT_TOP = 50;
/** Characters of a value in the text format; `--format json` shows all. */
const LONGEST_VALUE = 200;

export async function runs(args: readonly string[], io: Io): Promise<number> {
  const { positional, options } = parseArguments(args, { options: ['format', 'store', 'top', 'workflow'], flags: [] });
  const [project, verb = 'list', id, ...extra] = positional;
  const format = options.get('format') ?? 'text';
  if (project === undefined || extra.length > 0) throw new UsageError('One project folder is needed.');
  if (format !== 'text' && format !== 'json') throw new UsageError(`There is no format '${format}'.`);
  const store = options.get('store');
  const file = store === undefined ? storeFileOf(path.resolve(io.cwd, project)) : path.resolve(io.cwd, store);
  const opened = openStore({ file, readOnly: true, trouble: (message) => io.err(`${message}\n`) });
  if (opened.warning !== undefined) {
    io.err(`${opened.warning}\n`);
    return exitCodes.usage;
  }
  const history = new History(opened.store, io, format === 'json');
  try {
    switch (verb) {
      case 'list':
        return history.list(topOf(options.get('top')), options.get('workflow'));
      case 'show':
        return history.show(needed(id));
      case 'replay':
        return history.replay(needed(id));
      default:
        throw new UsageError(`There is no '${verb}': use list, show or replay.`);
    }
  } finally {
    opened.store.close();
  }
}

function topOf(text: string | undefined): number {
  const top = Number(text ?? DEFAULT_TOP);
  if (!Number.isInteger(top) || top < 1) throw new UsageError(`--top needs a number, not '${text}'.`);
  return top;
}

function needed(id: string | undefined): string {
  if (id === undefined) throw new UsageError("The run's id is needed; 'list' shows them.");
  return id;
}

class History {
  constructor(
    private readonly store: RunStore,
    private readonly io: Io,
    private readonly asJson: boolean,
  ) {}

  list(top: number, workflow: string | undefined): number {
    const found = this.store.runs({ top, workflow });
    if (this.asJson) this.json(found.map(summaryOf));
    else if (found.length === 0) this.io.out('No runs yet.\n');
    else this.table(found);
    return exitCodes.fine;
  }

  show(id: string): number {
    const run = this.find(id);
    if (run === undefined) return exitCodes.usage;
    const history = RunHistory.of(this.store.events(run.runId));
    const { trigger } = history;
    const steps = history.actions().flatMap(({ repetitions }) => repetitions);
    if (this.asJson) {
      const shown = trigger && { ...trigger, ...payloads(trigger) };
      this.json({ run: summaryOf(run), trigger: shown, actions: steps.map(stepJson) });
      return exitCodes.fine;
    }
    this.table([run]);
    if (run.error !== undefined) this.io.out(`\n${run.error.code}: ${run.error.message}\n`);
    if (trigger !== undefined) {
      this.io.out(`\n${trigger.name} (trigger) ${trigger.status}\n`);
      this.value('outputs', trigger.outputs);
    }
    for (const step of steps) {
      const duration = step.endTime === undefined ? '' : ` ${Math.round(step.endTime - step.startTime)} ms`;
      this.io.out(`\n${stepKey(step.step)} ${step.status}${duration}\n`);
      if (step.error !== undefined) this.io.out(`  ${step.error.code}: ${step.error.message}\n`);
      this.value('inputs', step.inputs);
      this.value('outputs', step.outputs);
    }
    return exitCodes.fine;
  }

  /** Tells the run again, event by event, as it happened. */
  replay(id: string): number {
    const run = this.find(id);
    if (run === undefined) return exitCodes.usage;
    for (const event of this.store.events(run.runId)) {
      if (this.asJson) this.io.out(`${JSON.stringify(event)}\n`);
      else this.io.out(`${offset(run, event)}  ${describe(event)}\n`);
    }
    return exitCodes.fine;
  }

  /** A run by its id, or by the beginning of it when that is clear. */
  private find(id: string): StoredRun | undefined {
    const run =
      this.store.run(id) ?? single(this.store.runs({ top: 1000 }).filter((each) => each.runId.startsWith(id)));
    if (run === undefined) this.io.err(`There is no run '${id}' in the history of this project.\n`);
    return run;
  }

  private table(found: readonly StoredRun[]): void {
    const rows = [
      ['RUN', 'WORKFLOW', 'TRIGGER', 'STATUS', 'STARTED', 'DURATION'],
      ...found.map((run) => [
        run.runId,
        run.workflow,
        run.trigger,
        run.status,
        new Date(run.startTime).toISOString(),
        run.endTime === undefined ? '' : `${Math.round(run.endTime - run.startTime)} ms`,
      ]),
    ];
    const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
    for (const row of rows) {
      this.io.out(
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
      );
    }
  }

  private value(name: string, payload: Payload): void {
    const text = payload.secured === true ? '(hidden)' : payload.json;
    if (text === undefined) return;
    this.io.out(`  ${name}: ${text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text}\n`);
  }

  private json(value: unknown): void {
    this.io.out(`${JSON.stringify(value, undefined, 2)}\n`);
  }
}

function single<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function summaryOf(run: StoredRun): unknown {
  const { startTime, endTime, ...rest } = run;
  return {
    ...rest,
    startTime: new Date(startTime).toISOString(),
    endTime: endTime === undefined ? undefined : new Date(endTime).toISOString(),
  };
}

function stepJson(view: StepView): unknown {
  const { step, ...rest } = view;
  return { name: step.action, repetition: step.repetition, ...rest, ...payloads(view) };
}

function payloads({ inputs, outputs }: { readonly inputs: Payload; readonly outputs: Payload }): object {
  const of = ({ json, secured }: Payload): unknown => {
    if (secured === true) return { secured };
    return json === undefined ? undefined : JSON.parse(json);
  };
  return { inputs: of(inputs), outputs: of(outputs) };
}

function offset(run: StoredRun, event: RunEvent): string {
  return `+${String(Math.round(event.time - run.startTime)).padStart(7)} ms`;
}

function describe(event: RunEvent): string {
  switch (event.type) {
    case 'runStarted':
      return `run of ${event.workflow} started`;
    case 'triggerFired':
      return `${event.trigger} fired: ${event.status}`;
    case 'actionStarted':
      return `${stepKey(event.step)} started`;
    case 'actionInputs':
      return `${stepKey(event.step)} has its inputs`;
    case 'attempt':
      return `${stepKey(event.step)} attempt ${event.attempt.number}: ${event.attempt.code}`;
    case 'actionFinished':
      return `${stepKey(event.step)} ${event.status} (${event.code})`;
    case 'iterationStarted':
      return `${stepKey(event.step)} iteration ${event.index} started`;
    case 'iterationFinished':
      return `${stepKey(event.step)} iteration ${event.index} ${event.status}`;
    case 'variableSet':
      return `${event.name} = ${event.value.json ?? '(hidden)'}`;
    case 'responseSent':
      return `response ${event.statusCode} sent`;
    case 'paused':
      return `paused: ${event.reason}`;
    case 'resumed':
      return 'resumed';
    case 'runFinished':
      return `run ${event.status}${event.error === undefined ? '' : `: ${event.error.message}`}`;
  }
}
