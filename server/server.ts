/** The server: capabilities, the life of documents, and one line per feature. What a feature does is in `features/`. */
import {
  CodeActionKind,
  DidChangeWatchedFilesNotification,
  DidChangeConfigurationNotification,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type {
  CancellationToken,
  Connection,
  InitializeParams,
  InitializeResult,
  TextDocumentPositionParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileReader } from '../language/project/load';
import { Diagnostics } from './diagnostics';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './features/callHierarchy';
import { codeActions } from './features/codeActions';
import { codeLenses } from './features/codeLens';
import { complete, resolveCompletion } from './features/completion';
import { definition } from './features/definition';
import { documentHighlights } from './features/documentHighlight';
import { documentLinks } from './features/documentLinks';
import { documentSymbols } from './features/documentSymbols';
import { foldingRanges } from './features/foldingRanges';
import { formattingEdits } from './features/formatting';
import { hover } from './features/hover';
import { inlayHints } from './features/inlayHints';
import { references } from './features/references';
import { prepareRename, rename } from './features/rename';
import { selectionRanges } from './features/selectionRanges';
import { semanticTokens, semanticTokensLegend } from './features/semanticTokens';
import { signatureHelp } from './features/signatureHelp';
import { workspaceSymbols } from './features/workspaceSymbols';
import { readOptions } from './options';
import type { ServerOptions } from './options';
import { readInlayHints, readSeverities, SETTINGS_SECTION } from './settings';
import { Workspace } from './workspace';
import type { DocumentView } from './workspace';

/** The files whose changes on disk matter. */
const WATCHED = '**/{workflow.json,connections.json,parameters.json,host.json,local.settings.json,*.test.json}';
const WATCHED_ARTIFACTS = '**/Artifacts/**';

/** Wires a connection; the caller starts listening. */
export function serve(connection: Connection, reader: FileReader): void {
  const workspace = new Workspace(reader);
  const texts = new Map<string, TextDocument>();
  let diagnostics = new Diagnostics(connection, workspace, false);
  let params: InitializeParams | undefined;
  let options = readOptions(undefined);
  let shownHints = readInlayHints(undefined);
  /** A request about a document waits until the project around it has been read. */
  let ready: Promise<unknown> = Promise.resolve();
  const afterwards = (work: () => Promise<unknown>): void => {
    ready = ready.then(work).catch((error: unknown) => logError('Reading a project', error));
  };
  /** The search for the other projects of a large workspace takes long, and nobody waits for it. */
  const inBackground = (work: () => Promise<unknown>): void => {
    work().catch((error: unknown) => logError('Reading the workspace', error));
  };
  const logError = (what: string, error: unknown): void => {
    connection.console.error(
      `${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  };

  connection.onInitialize((received): InitializeResult => {
    params = received;
    options = readOptions(received.initializationOptions);
    diagnostics = new Diagnostics(connection, workspace, options.hostValidatesJson);
    return { serverInfo: { name: 'logicapps-language-server' }, capabilities: capabilities(options) };
  });

  connection.onInitialized(() => {
    const folders = params?.workspaceFolders?.map((each) => each.uri) ?? [];
    afterwards(readConfiguration);
    inBackground(async () => {
      for (const folder of folders) await workspace.addFolder(folder);
      await ready;
      diagnostics.scheduleAll();
    });
    const client = params?.capabilities.workspace;
    if (client?.didChangeWatchedFiles?.dynamicRegistration === true) {
      const watchers = [{ globPattern: WATCHED }, { globPattern: WATCHED_ARTIFACTS }];
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (client?.didChangeConfiguration?.dynamicRegistration === true) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: SETTINGS_SECTION });
    }
    if (client?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders((change) => {
        for (const each of change.removed) workspace.removeFolder(each.uri);
        inBackground(async () => {
          for (const each of change.added) await workspace.addFolder(each.uri);
          diagnostics.scheduleAll();
        });
      });
    }
  });

  const readConfiguration = async (): Promise<void> => {
    if (params?.capabilities.workspace?.configuration !== true) return;
    const section: unknown = await connection.workspace.getConfiguration(SETTINGS_SECTION);
    diagnostics.severities = readSeverities(section);
    shownHints = readInlayHints(section);
  };
  connection.onDidChangeConfiguration(() => {
    afterwards(async () => {
      await readConfiguration();
      diagnostics.scheduleAll();
      const canRefresh = params?.capabilities.workspace?.inlayHint?.refreshSupport === true;
      if (canRefresh) await connection.languages.inlayHint.refresh();
    });
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    texts.set(uri, TextDocument.create(uri, languageId, version, text));
    workspace.setOpen(uri, version, text);
    afterwards(async () => {
      await workspace.discover(uri);
      diagnostics.schedule(uri);
    });
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const text = texts.get(uri);
    if (text === undefined) return;
    TextDocument.update(text, contentChanges, version);
    workspace.setOpen(uri, version, text.getText());
    diagnostics.schedule(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    texts.delete(uri);
    workspace.close(uri);
    diagnostics.schedule(uri);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    afterwards(async () => {
      const uris = changes.map((each) => each.uri);
      if (await workspace.refresh(uris)) diagnostics.scheduleAll();
    });
  });

  /** The boundary of a request: waits for the project, honours cancellation, logs a bug once and answers with nothing. */
  const answer = async <T>(
    name: string,
    uri: string,
    token: CancellationToken,
    empty: T,
    work: (view: DocumentView) => T,
  ): Promise<T> => {
    await ready;
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
    try {
      const view = workspace.view(uri);
      return view === undefined ? empty : work(view);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      logError(name, error);
      return empty;
    }
  };
  const offsetIn = (view: DocumentView, at: TextDocumentPositionParams): number =>
    view.document.lines.offsetAt(at.position);

  connection.onCompletion((at, token) =>
    answer('Completion', at.textDocument.uri, token, null, (view) => complete(view, offsetIn(view, at))),
  );
  connection.onCompletionResolve(resolveCompletion);
  connection.onHover((at, token) =>
    answer('Hover', at.textDocument.uri, token, null, (view) => hover(view, offsetIn(view, at))),
  );
  connection.onSignatureHelp((at, token) =>
    answer('Signature help', at.textDocument.uri, token, null, (view) => signatureHelp(view, offsetIn(view, at))),
  );
  connection.onDefinition((at, token) =>
    answer('Definition', at.textDocument.uri, token, null, (view) => definition(workspace, view, offsetIn(view, at))),
  );
  connection.onReferences((at, token) =>
    answer('References', at.textDocument.uri, token, null, (view) =>
      references(workspace, view, offsetIn(view, at), at.context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight((at, token) =>
    answer('Highlight', at.textDocument.uri, token, null, (view) => documentHighlights(view, offsetIn(view, at))),
  );
  connection.onPrepareRename((at, token) =>
    answer('Rename', at.textDocument.uri, token, null, (view) => prepareRename(view, offsetIn(view, at))),
  );
  connection.onRenameRequest((at, token) =>
    answer('Rename', at.textDocument.uri, token, null, (view) =>
      rename(workspace, view, offsetIn(view, at), at.newName),
    ),
  );
  connection.onDocumentSymbol(({ textDocument }, token) =>
    answer('Outline', textDocument.uri, token, null, (view) => documentSymbols(view)),
  );
  connection.onCodeLens(({ textDocument }, token) =>
    answer('Code lens', textDocument.uri, token, null, (view) => codeLenses(view)),
  );
  connection.onCodeAction(({ textDocument, range, context }, token) =>
    answer('Code action', textDocument.uri, token, null, (view) =>
      codeActions(view, range, context, diagnostics.current(view)),
    ),
  );
  connection.onDocumentLinks(({ textDocument }, token) =>
    answer('Links', textDocument.uri, token, null, (view) => documentLinks(workspace, view)),
  );
  connection.onSelectionRanges(({ textDocument, positions }, token) =>
    answer('Selection', textDocument.uri, token, null, (view) => selectionRanges(view, positions)),
  );
  connection.languages.callHierarchy.onPrepare((at, token) =>
    answer('Call hierarchy', at.textDocument.uri, token, null, (view) =>
      prepareCallHierarchy(workspace, view, offsetIn(view, at)),
    ),
  );
  connection.languages.callHierarchy.onIncomingCalls(({ item }, token) =>
    answer('Call hierarchy', item.uri, token, null, (view) => incomingCalls(workspace, view)),
  );
  connection.languages.callHierarchy.onOutgoingCalls(({ item }, token) =>
    answer('Call hierarchy', item.uri, token, null, (view) => outgoingCalls(workspace, view)),
  );
  connection.onFoldingRanges(({ textDocument }, token) =>
    answer('Folding', textDocument.uri, token, null, (view) => foldingRanges(view)),
  );
  connection.onDocumentFormatting(({ textDocument, options: style }, token) =>
    answer('Formatting', textDocument.uri, token, null, (view) => formattingEdits(view, style)),
  );
  connection.onDocumentRangeFormatting(({ textDocument, range, options: style }, token) =>
    answer('Formatting', textDocument.uri, token, null, (view) => formattingEdits(view, style, range)),
  );
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    answer('Inlay hints', textDocument.uri, token, null, (view) => inlayHints(view, range, shownHints, Date.now())),
  );
  connection.onWorkspaceSymbol(({ query }) => workspaceSymbols(workspace, query));
  connection.languages.semanticTokens.on(({ textDocument }, token) =>
    answer('Semantic tokens', textDocument.uri, token, { data: [] }, (view) => semanticTokens(view)),
  );
}

function capabilities({ hostCommands, hostFormatsJson }: ServerOptions): InitializeResult['capabilities'] {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    completionProvider: {
      resolveProvider: true,
      triggerCharacters: ['"', "'", '@', '{', '(', '.', '?', '[', ',', ':'],
    },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: ['(', ','] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: { label: 'Logic Apps' },
    workspaceSymbolProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    documentLinkProvider: {},
    selectionRangeProvider: true,
    inlayHintProvider: true,
    callHierarchyProvider: true,
    ...(hostCommands ? { codeLensProvider: {} } : {}),
    ...(hostFormatsJson
      ? {}
      : { foldingRangeProvider: true, documentFormattingProvider: true, documentRangeFormattingProvider: true }),
    semanticTokensProvider: { legend: semanticTokensLegend, full: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
