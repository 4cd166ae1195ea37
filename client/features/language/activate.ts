/** The language server: started behind activation, and only when there is a project or a workflow to help with. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { PREFIX } from '../../infrastructure/identity';
import type { Services } from '../../infrastructure/services';

const NAME = 'Logic Apps Language Server';
/** Files that the server understands, as languages VS Code may know them by. */
const patterns = [
  '**/workflow.json',
  '**/connections.json',
  '**/parameters.json',
  '**/host.json',
  '**/local.settings.json',
  '**/*.test.json',
];

export function activateLanguage(
  context: vscode.ExtensionContext,
  { commands, errors, log, projects }: Services,
): void {
  let client: Promise<LanguageClient> | undefined;
  const start = (): Promise<LanguageClient> => (client ??= startClient(context, log));

  const startSoon = (): void => errors.background('Starting the language server', start);
  void projects.ready.then(() => {
    if (projects.all.length > 0) startSoon();
  });
  context.subscriptions.push(
    projects.onDidChange(() => {
      if (projects.all.length > 0 && client === undefined) startSoon();
    }),
    // A workflow outside of any project gets what can be said of it alone.
    vscode.workspace.onDidOpenTextDocument(({ fileName }) => {
      if (client === undefined && /[\\/]workflow\.json$/i.test(fileName)) startSoon();
    }),
    new vscode.Disposable(() => void client?.then((started) => started.stop()).catch(() => undefined)),
  );

  commands.register('restartLanguageServer', 'Restart the language server', async () => {
    if (client === undefined) await start();
    else await (await client).restart();
  });
}

async function startClient(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<LanguageClient> {
  const { LanguageClient: Client, TransportKind } = await import('vscode-languageclient/node');
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  const client = new Client(
    PREFIX,
    NAME,
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6019'] } },
    },
    {
      documentSelector: patterns.flatMap((pattern) => [
        { language: 'json', pattern },
        { language: 'jsonc', pattern },
      ]),
      initializationOptions: { hostValidatesJson: true, hostFormatsJson: true, hostCommands: true },
      outputChannel: log,
    },
  );
  await client.start();
  return client;
}
