/** Entry of the language server: over IPC when the extension starts it, over stdio for any other client (`--stdio`). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeFiles } from './files';
import { serve } from './server';

const transports = ['--stdio', '--node-ipc', '--socket', '--pipe'];

if (process.argv.some((argument) => transports.some((each) => argument === each || argument.startsWith(`${each}=`)))) {
  const connection = createConnection(ProposedFeatures.all);
  serve(connection, nodeFiles);
  connection.listen();
} else {
  process.stderr.write('Usage: logicapps-language-server --stdio | --node-ipc | --socket=PORT | --pipe=NAME\n');
  process.exitCode = 2;
}
