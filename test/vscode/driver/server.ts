/** A VS Code server of the tests: temporary folders, the packaged extension installed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installExtension, startCodeServer } from '../../../scripts/toolchain/codeServer.mjs';
import { outputFolder } from './output';
import { userSettings } from './userSettings';

export interface Tools {
  readonly entry: string;
  readonly browser: string;
  readonly vsix: string;
}

export interface Server {
  readonly address: string;
  stop(): Promise<void>;
}

/** What `npm test` has prepared. */
export function preparedTools(): Tools {
  const prepared = process.env['LOGICAPPS_E2E'];
  if (prepared === undefined) throw new Error('Start the end-to-end tests with: npm test -- --only vscode');
  return JSON.parse(prepared) as Tools;
}

/**
 * @param name of its log
 * @param settings over those of the tests
 */
export async function startServer(
  name: string,
  settings: Readonly<Record<string, unknown>> = {},
  workspaceTrust = false,
): Promise<Server> {
  const { entry, vsix } = preparedTools();
  const temporary = mkdtempSync(join(tmpdir(), 'logicapps-e2e-'));
  const places = { entry, extensionsFolder: join(temporary, 'extensions'), dataFolder: join(temporary, 'data') };
  await installExtension(places, vsix);
  const server = await startCodeServer({
    ...places,
    logFile: join(outputFolder(), `${name}-server.log`),
    settings: { ...userSettings, ...settings },
    env: { XDG_DATA_HOME: join(temporary, 'share') },
    workspaceTrust,
  });
  return {
    address: server.address,
    async stop() {
      await server.stop();
      rmSync(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
