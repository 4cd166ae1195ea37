/**
 * Events of one run as text: a line for each, fields separated by tabs. Values are JSON text already, which holds neither tabs nor line
 * breaks, so they are taken over as they are; the run's id, numbers in sequence, times and repeated names cost next to nothing. Events are
 * written down the moment they are told, so that a run keeps one growing text instead of thousands of objects.
 */
import { actionStatuses } from '../events';
import type { ActionStatus, Payload, RunEvent, Step } from '../events';

/** The first field of a batch: what it is written in. Batches that begin otherwise are JSON arrays of events, as earlier versions wrote. */
const FORMAT = '2';
const SECURED = '*';

export class EventBatch {
  #text = '';
  #count = 0;
  #sequence = 0;
  #time = 0;
  readonly #names = new Map<string, number>();

  /** Number of events. */
  get count(): number {
    return this.#count;
  }

  /** Characters. */
  get size(): number {
    return this.#text.length;
  }

  get text(): string {
    return this.#text;
  }

  add(event: RunEvent): void {
    const { sequence, time } = event;
    if (this.#count === 0) this.#text = `${FORMAT}\t${sequence}`;
    else if (sequence !== this.#sequence + 1) this.#text += `\n#\t${sequence}`;
    const line = this.#line(event);
    this.#text += `\n${line}`;
    this.#sequence = sequence;
    this.#time = time;
    this.#count += 1;
  }

  #line(event: RunEvent): string {
    const time = clockText(event.time, this.#time);
    switch (event.type) {
      case 'actionStarted':
        return `s\t${time}\t${this.#step(event.step)}`;
      case 'actionInputs':
        return `i\t${time}\t${this.#step(event.step)}\t${payloadText(event.inputs)}`;
      case 'actionFinished': {
        const { status, code, startTime, outputs, error, trackedProperties, repetitionCount } = event;
        const more =
          error === undefined && trackedProperties === undefined && repetitionCount === undefined
            ? ''
            : `\t${JSON.stringify({ error, trackedProperties, repetitionCount })}`;
        const began = clockText(startTime, event.time);
        return `f\t${time}\t${this.#step(event.step)}\t${status}\t${nameText(code)}\t${began}\t${payloadText(outputs)}${more}`;
      }
      case 'iterationStarted':
        return `b\t${time}\t${this.#step(event.step)}\t${event.index}\t${payloadText(event.item)}`;
      case 'iterationFinished':
        return `e\t${time}\t${this.#step(event.step)}\t${event.index}\t${event.status}`;
      default:
        return `j\t${time}\t${JSON.stringify({ ...event, runId: undefined, sequence: undefined, time: undefined })}`;
    }
  }

  /** A name is written out once; later its number stands for it. */
  #step({ action, repetition }: Step): string {
    const path = repetition.length === 0 ? '' : repetition.join('.');
    const known = this.#names.get(action);
    if (known !== undefined) return `${known}\t${path}`;
    this.#names.set(action, this.#names.size);
    return `+${nameText(action)}\t${path}`;
  }
}

/** The events of a batch of this run; undefined when the text is none that this version wrote. A damaged line yields no event. */
export function readBatch(text: string, runId: string): RunEvent[] | undefined {
  if (!text.startsWith(`${FORMAT}\t`)) return undefined;
  const reader = new BatchReader(runId);
  return text.split('\n').flatMap((line) => reader.line(line) ?? []);
}

/** Reads the lines of a batch in their order. */
class BatchReader {
  #sequence = 0;
  #time = 0;
  readonly #names: string[] = [];

  constructor(private readonly runId: string) {}

  line(line: string): RunEvent | undefined {
    const [kind, ...fields] = line.split('\t');
    if (kind === FORMAT || kind === '#') {
      this.#sequence = Number(fields[0]);
      return undefined;
    }
    const time = clockOf(fields[0] ?? '', this.#time);
    const base = { runId: this.runId, sequence: this.#sequence, time };
    this.#sequence += 1;
    this.#time = time;
    if (kind === 'j') {
      const rest = parsed(fields[1] ?? '');
      return isBody(rest) ? { ...rest, ...base } : undefined;
    }
    const [, name = '', path = '', first = '', second = '', third = '', fourth = '', fifth = ''] = fields;
    const step = this.#step(name, path);
    if (step === undefined) return undefined;
    switch (kind) {
      case 's':
        return { ...base, type: 'actionStarted', step };
      case 'i':
        return { ...base, type: 'actionInputs', step, inputs: payloadOf(first) };
      case 'f': {
        const status = statusOf(first);
        if (status === undefined) return undefined;
        const outputs = payloadOf(fourth);
        const startTime = clockOf(third, time);
        const more = parsed(fifth);
        const body = {
          type: 'actionFinished',
          step,
          status,
          code: nameOf(second),
          startTime,
          outputs,
          ...asRecord(more),
        };
        return isBody(body) ? { ...body, ...base } : undefined;
      }
      case 'b':
        return { ...base, type: 'iterationStarted', step, index: Number(first), item: payloadOf(second) };
      case 'e': {
        const status = statusOf(second);
        return status && { ...base, type: 'iterationFinished', step, index: Number(first), status };
      }
      default:
        return undefined;
    }
  }

  #step(name: string, path: string): Step | undefined {
    const action = name.startsWith('+') ? nameOf(name.slice(1)) : this.#names[Number(name)];
    if (action === undefined) return undefined;
    if (name.startsWith('+')) this.#names.push(action);
    return { action, repetition: path === '' ? [] : path.split('.').map(Number) };
  }
}

function statusOf(text: string): ActionStatus | undefined {
  return actionStatuses.find((each) => each === text);
}

/** Whole milliseconds as the distance from another time, which is exact; a fraction is written out. */
function clockText(time: number, other: number): string {
  return Number.isInteger(time) && Number.isInteger(other) ? String(time - other) : `=${time}`;
}

function clockOf(text: string, other: number): number {
  return text.startsWith('=') ? Number(text.slice(1)) : other + Number(text);
}

/** Names that would break a line are written as JSON, which a quotation mark tells. */
function nameText(name: string): string {
  return name === '' || name.startsWith('"') || /[\t\n\r]/.test(name) ? JSON.stringify(name) : name;
}

function nameOf(text: string): string {
  if (!text.startsWith('"')) return text;
  const name = parsed(text);
  return typeof name === 'string' ? name : text;
}

function payloadText({ json, secured }: Payload): string {
  return secured === true ? SECURED : (json ?? '');
}

function payloadOf(text: string): Payload {
  if (text === '') return {};
  return text === SECURED ? { secured: true } : { json: text };
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

type EventBody = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'runId' | 'sequence' | 'time'>
    : never
  : never;

/** Lines were written by this file: their kind says enough. */
function isBody(value: unknown): value is EventBody {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
