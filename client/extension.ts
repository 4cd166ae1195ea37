/** Entry of the extension: makes what features share, activates them, and joins those that meet. */
import * as vscode from 'vscode';
import { activateConnections } from './features/connections/activate';
import { activateDebug } from './features/debug/activate';
import { activateDesigner } from './features/designer/activate';
import { activateLanguage } from './features/language/activate';
import { activateRequests } from './features/requests/activate';
import { activateRuns } from './features/runs/activate';
import { Commands } from './infrastructure/commands';
import { Errors } from './infrastructure/errors';
import { createLog } from './infrastructure/log';
import { Projects } from './infrastructure/projects';
import { Runtimes } from './infrastructure/runtimes';
import type { Services } from './infrastructure/services';
import { Settings } from './infrastructure/settings';

let runtimes: Runtimes | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  const errors = new Errors(log);
  const settings = new Settings();
  const commands = new Commands(context, errors);
  const projects = new Projects(errors);
  runtimes = new Runtimes(context.extensionUri, settings, log, errors);
  const services: Services = { log, errors, commands, settings, projects, runtimes };
  context.subscriptions.push(log, projects, runtimes);

  const designer = activateDesigner(context, services);
  const requests = activateRequests(context, services, { isDebugging: (project) => debug.isDebugging(project) });
  const debug = activateDebug(context, services, { savedRequest: requests.saved, editRequest: requests.edit });
  activateLanguage(context, services);
  activateRuns(context, services, {
    showInDesigner: async (file, events) => {
      await designer.open(file);
      designer.showRun(file, events);
    },
  });
  activateConnections(context, services);
  commands.register('showLog', 'Show log', () => log.show());
  commands.register('openWalkthrough', 'Open walkthrough', () =>
    vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false),
  );
}

/** Frees ports and files; VS Code waits for it a few seconds. */
export async function deactivate(): Promise<void> {
  await runtimes?.close();
}
