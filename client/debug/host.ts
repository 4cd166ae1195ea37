/** What a debug session needs around it: a runtime on the project, and the texts of files. The extension, the CLI and tests each give theirs. */
import type { RuntimeLink } from '../../runtime/host/commands';
import type { LaunchArguments } from './launchArguments';
import type { ReadText } from './workflowSources';

export interface DebugHost {
  /** Rejects with a `HostError` when the project cannot be run, for the user to read. */
  open(launch: LaunchArguments): Promise<DebuggedProject>;
  readonly readText: ReadText;
  /** Of the process that runs launched projects, when it is one of its own. */
  readonly processId?: number;
  /** For bugs: what is no refusal goes here with its cause. */
  logError(message: string): void;
  /** The client has ended the session. */
  disconnected?(): void;
}

export interface DebuggedProject {
  readonly link: RuntimeLink;
  /** Address of the HTTP listener, when there is one. */
  readonly url: string | undefined;
  /** What the host had to say while it was opened, for the user to read. */
  readonly warnings?: readonly string[];
  /** The session has ended and needs the runtime no more. Safe to call twice. */
  release(): Promise<void>;
}
