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
  | { readonly type: 'notices'; readonly notices: readonly HostNotice[] };

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

export function isWorkerMessage(value: unknown): value is WorkerMessage {
  return isRecord(value) && typeof value['type'] === 'string';
}

export function isCommandMessage(value: unknown): value is CommandMessage {
  return isRecord(value) && typeof value['id'] === 'number' && typeof value['name'] === 'string';
}

/** Every reply is an object; the worker's handlers are typed by the same table. */
export function isReplyTo<Name extends CommandName>(_name: Name, value: unknown): value is Commands[Name]['reply'] {
  return isRecord(value);
}

export function isHostOptions(value: unknown): value is HostOptions {
  return isRecord(value) && typeof value['projectFolder'] === 'string';
}
