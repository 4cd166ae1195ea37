/** Entry of the language server: over IPC when the extension starts it, over stdio for any other client (`--stdio`). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeFiles } from './files';
import { serve } from './server';

const connection = createConnection(ProposedFeatures.all);
serve(connection, nodeFiles);
connection.listen();
