/** What crosses the port between a worker and its link. Both ends are built from one source, so the shapes are checked lightly. */
import type { CommandName, Commands, HostNotice, HostOptions } from './commands';

export interface CommandMessage<Name extends CommandName = CommandName> {
  readonly id: number;
  readonly name: Name;
  readonly request: Commands[Name]['request'];
}

export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'reply'; readonly id: number; readonly reply: unknown }
  | {
      readonly type: 'refusal';
      readonly id: number | undefined;
      readonly code: string;
      readonly message: string;
      /** True: no refusal but an error of ours. */
      readonly bug: boolean;
    }
  | { readonly type: 'notices'; readonly notices: readonly HostNotice[] }
  /** The same as JSON: cheaper to send than a structure by the thousand, and read when its turn comes. */
  | { readonly type: 'packed'; readonly text: string };

function isNotices(value: unknown): value is readonly HostNotice[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

export function isWorkerMessage(value: unknown): value is WorkerMessage {
  return isRecord(value) && typeof value['type'] === 'string';
}

export function isCommandMessage(value: unknown): value is CommandMessage {
  return isRecord(value) && typeof value['id'] === 'number' && typeof value['name'] === 'string';
}

/** What `packed` holds: written by the other end of the same build. */
export function unpacked(text: string): readonly HostNotice[] {
  const notices: unknown = JSON.parse(text);
  return isNotices(notices) ? notices : [];
}

/** Every reply is an object; the worker's handlers are typed by the same table. */
export function isReplyTo<Name extends CommandName>(_name: Name, value: unknown): value is Commands[Name]['reply'] {
  return isRecord(value);
}

export function isHostOptions(value: unknown): value is HostOptions {
  return isRecord(value) && typeof value['projectFolder'] === 'string';
}
