/** What a client can tell the server when it starts. The one place that reads untyped initialization options. */

export interface ServerOptions {
  /** The client's own JSON support reports syntax errors and schema findings of plain JSON files, so that the server does not repeat them. */
  readonly hostValidatesJson: boolean;
  /** The client's own JSON support folds and formats, so that the server does not offer a second formatter. */
  readonly hostFormatsJson: boolean;
  /** The client has the `logicAppsWorkbench.*` commands that code lenses call. */
  readonly hostCommands: boolean;
}

export function readOptions(value: unknown): ServerOptions {
  const options: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  return {
    hostValidatesJson: options['hostValidatesJson'] === true,
    hostFormatsJson: options['hostFormatsJson'] === true,
    hostCommands: options['hostCommands'] !== false,
  };
}
