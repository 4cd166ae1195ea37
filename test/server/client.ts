/** A plain LSP client over streams, and a project in memory: the server as any editor sees it. */
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type {
  CompletionItem,
  CompletionList,
  Diagnostic,
  InitializeResult,
  Position,
  ProtocolConnection,
  PublishDiagnosticsParams,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileReader } from '../../language/project/load';
import { serve } from '../../server/server';

/** Files by path below the workspace folder. */
export type Files = Record<string, string>;

const ROOT = '/workspace';
export const workspaceUri = `file://${ROOT}`;
export const uriOf = (path: string): string => `${workspaceUri}/${path}`;

function readerOf(files: Files): FileReader {
  return {
    list: async (folder) => {
      const names = new Map<string, boolean>();
      for (const path of Object.keys(files)) {
        const full = `${ROOT}/${path}`;
        if (!full.startsWith(`${folder}/`)) continue;
        const [name = '', ...rest] = full.slice(folder.length + 1).split('/');
        names.set(name, rest.length > 0);
      }
      return [...names].map(([name, isFolder]) => ({ name, isFolder }));
    },
    read: async (file) => files[file.slice(ROOT.length + 1)],
  };
}

export class Client {
  readonly connection: ProtocolConnection;
  readonly #texts = new Map<string, TextDocument>();
  readonly #published = new Map<string, PublishDiagnosticsParams>();
  #waiting: (() => void)[] = [];

  private constructor(connection: ProtocolConnection) {
    this.connection = connection;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#published.set(params.uri, params);
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const each of waiting) each();
    });
  }

  static async start(
    files: Files,
    options: object = {},
    settings?: object,
  ): Promise<{ client: Client; initialized: InitializeResult }> {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const server = createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(toServer),
      new StreamMessageWriter(toClient),
    );
    serve(server, readerOf(files));
    server.listen();
    const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    connection.onRequest('workspace/configuration', () => [settings]);
    connection.listen();
    const client = new Client(connection);
    const initialized: InitializeResult = await connection.sendRequest('initialize', {
      processId: null,
      rootUri: workspaceUri,
      capabilities: settings === undefined ? {} : { workspace: { configuration: true } },
      workspaceFolders: [{ uri: workspaceUri, name: 'workspace' }],
      initializationOptions: options,
    });
    await connection.sendNotification('initialized', {});
    return { client, initialized };
  }

  /** Opens a text; a `|` in it is the cursor and is taken out. */
  async open(path: string, marked: string): Promise<Position> {
    const { text, offset } = cursor(marked);
    const uri = uriOf(path);
    const document = TextDocument.create(uri, 'json', 1, text);
    this.#texts.set(uri, document);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'json', version: 1, text },
    });
    return document.positionAt(offset);
  }

  async change(path: string, marked: string): Promise<Position> {
    const uri = uriOf(path);
    const { text, offset } = cursor(marked);
    const version = this.document(path).version + 1;
    const document = TextDocument.create(uri, 'json', version, text);
    this.#texts.set(uri, document);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
    return document.positionAt(offset);
  }

  async close(path: string): Promise<void> {
    this.#texts.delete(uriOf(path));
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(path) } });
  }

  /** Waits until the diagnostics of a file are as they should be. */
  async settled(path: string, isRight: (diagnostics: readonly Diagnostic[]) => boolean): Promise<void> {
    for (;;) {
      const published = this.#published.get(uriOf(path));
      if (published !== undefined && isRight(published.diagnostics)) return;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  document(path: string): TextDocument {
    const found = this.#texts.get(uriOf(path));
    if (found === undefined) throw new Error(`${path} is not open`);
    return found;
  }

  /** A request about a place. */
  async at<T>(method: string, path: string, position: Position, more: object = {}): Promise<T> {
    return this.connection.sendRequest(`textDocument/${method}`, {
      textDocument: { uri: uriOf(path) },
      position,
      ...more,
    });
  }

  async completions(path: string, position: Position): Promise<CompletionItem[]> {
    const list = await this.at<CompletionList | null>('completion', path, position);
    return list?.items ?? [];
  }

  /** The diagnostics of the version that was sent last, or of a file that is not open. */
  async diagnostics(path: string): Promise<Diagnostic[]> {
    const uri = uriOf(path);
    for (;;) {
      const published = this.#published.get(uri);
      const open = this.#texts.get(uri);
      if (published !== undefined && (open === undefined || published.version === open.version))
        return published.diagnostics;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The text at a range of an open document. */
  textAt(path: string, range: { start: Position; end: Position }): string {
    return this.document(path).getText(range);
  }

  applied(path: string, edits: readonly TextEdit[]): string {
    return TextDocument.applyEdits(this.document(path), [...edits]);
  }

  /** The text of an open document after a workspace edit. */
  appliedEdit(path: string, edit: WorkspaceEdit | null | undefined): string {
    return this.applied(path, edit?.changes?.[uriOf(path)] ?? []);
  }

  /** The text after a completion item was taken. */
  accepted(path: string, item: CompletionItem | undefined): string {
    if (item?.textEdit === undefined || !('range' in item.textEdit)) throw new Error('no text edit');
    return this.applied(path, [item.textEdit]);
  }
}

function cursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  return offset < 0
    ? { text: marked, offset: 0 }
    : { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
