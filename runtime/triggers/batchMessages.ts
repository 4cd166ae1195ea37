/**
 * Messages that wait in batches until they are released: kept as notes, one a message, so that a host that ends loses none.
 * A partition is a part of a batch whose messages are released together.
 */
import { parseValue } from '../../language/json/parse';
import { stringify } from '../../language/json/stringify';
import { isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';

/** A store's notes. */
export interface Notes {
  note(name: string): string | undefined;
  setNote(name: string, text: string | undefined): void;
}

/** Notes that end with the process. */
export class MemoryNotes implements Notes {
  readonly #texts = new Map<string, string>();

  note(name: string): string | undefined {
    return this.#texts.get(name);
  }

  setNote(name: string, text: string | undefined): void {
    if (text === undefined) this.#texts.delete(name);
    else this.#texts.set(name, text);
  }
}

export interface Message {
  readonly messageId: string;
  readonly content: Value;
  /** The step that sent it: a step that is executed again after a crash adds nothing. */
  readonly origin: string;
}

interface Partition {
  readonly messages: Message[];
  readonly origins: Set<string>;
  /** Bytes of all messages. */
  size: number;
}

export class BatchMessages {
  readonly #partitions = new Map<string, Map<string, Partition>>();

  constructor(private readonly notes: Notes = new MemoryNotes()) {}

  /** Adds a message and tells how many there are now, and how large they are together. `batch`: a key of the batch. */
  add(batch: string, name: string, message: Message): { readonly count: number; readonly size: number } {
    const partitions = this.#batch(batch);
    let partition = partitions.get(name);
    if (partition === undefined) {
      partition = { messages: [], origins: new Set(), size: 0 };
      partitions.set(name, partition);
    }
    if (!partition.origins.has(message.origin)) {
      const text = messageText(message);
      const number = partition.messages.length;
      keep(partition, message, text);
      this.notes.setNote(noteOf(batch, name, number), text);
      this.#setIndex(batch, partitions);
    }
    return { count: partition.messages.length, size: partition.size };
  }

  partitions(batch: string): readonly string[] {
    return [...this.#batch(batch)].flatMap(([name, { messages }]) => (messages.length === 0 ? [] : [name]));
  }

  /** Takes all messages of a partition out, oldest first. */
  take(batch: string, name: string): readonly Message[] {
    const partitions = this.#batch(batch);
    const partition = partitions.get(name);
    if (partition === undefined) return [];
    partition.messages.forEach((_message, index) => this.notes.setNote(noteOf(batch, name, index), undefined));
    partitions.delete(name);
    this.#setIndex(batch, partitions);
    return partition.messages;
  }

  #batch(batch: string): Map<string, Partition> {
    let partitions = this.#partitions.get(batch);
    if (partitions === undefined) this.#partitions.set(batch, (partitions = this.#read(batch)));
    return partitions;
  }

  #read(batch: string): Map<string, Partition> {
    const partitions = new Map<string, Partition>();
    const index = objectIn(this.notes.note(indexOf(batch)));
    for (const [name, count] of index ?? []) {
      const partition: Partition = { messages: [], origins: new Set(), size: 0 };
      for (let number = 0; number < Number(count); number++) {
        const text = this.notes.note(noteOf(batch, name, number));
        const value = objectIn(text);
        if (value === undefined || text === undefined) continue;
        const [messageId, origin] = ['messageId', 'origin'].map((member) => textIn(value, member));
        const message = { messageId: messageId ?? '', content: value.get('content') ?? null, origin: origin ?? '' };
        keep(partition, message, text);
      }
      partitions.set(name, partition);
    }
    return partitions;
  }

  #setIndex(batch: string, partitions: ReadonlyMap<string, Partition>): void {
    const counts = new Map([...partitions].map(([name, { messages }]) => [name, messages.length]));
    this.notes.setNote(indexOf(batch), counts.size === 0 ? undefined : stringify(counts));
  }
}

function keep(partition: Partition, message: Message, text: string): void {
  partition.messages.push(message);
  partition.origins.add(message.origin);
  partition.size += Buffer.byteLength(text);
}

function messageText({ messageId, content, origin }: Message): string {
  return stringify(objectOf({ messageId, content, origin }));
}

function textIn(value: ObjectValue, member: string): string | undefined {
  const text = value.get(member);
  return typeof text === 'string' ? text : undefined;
}

function objectIn(text: string | undefined): ObjectValue | undefined {
  const parsed = text === undefined ? undefined : parseValue(text);
  return parsed?.ok === true && isObject(parsed.value) ? parsed.value : undefined;
}

function indexOf(batch: string): string {
  return `batch:${batch}`;
}

function noteOf(batch: string, partition: string, number: number): string {
  return `batch:${batch}/${partition}#${number}`;
}
