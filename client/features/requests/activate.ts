/** Starting workflows by hand: requests with an editor of their own, callback addresses, triggers fired now. */
import * as vscode from 'vscode';
import type { LaunchTrigger } from '../../debug/launchArguments';
import { commandId } from '../../infrastructure/commands';
import { UserError } from '../../infrastructure/errors';
import type { ProjectFolder } from '../../infrastructure/projects';
import type { Services } from '../../infrastructure/services';
import { targetOf, triggerOf } from '../../infrastructure/targets';
import type { WorkflowTarget } from '../../infrastructure/targets';
import { REQUEST_SCHEME, RequestFiles } from './requestFiles';
import { RequestLenses } from './requestLenses';
import { readRequest } from './requestText';
import { isTimer } from '../../infrastructure/triggerKinds';
import { AnswerDocuments } from './answers';
import { answerText, send } from './send';

/** What other features may ask; `extension.ts` joins them. */
export interface RequestsFeature {
  /** The request the user has saved for a trigger; undefined when there is none, or it cannot be read. */
  readonly saved: (target: WorkflowTarget, trigger: string) => LaunchTrigger | undefined;
  readonly edit: (target: WorkflowTarget, trigger: string) => Promise<void>;
}

const STATUS_TIME = 8000;

/** What requests need of other features; `extension.ts` gives it. */
export interface RequestsNeeds {
  /** Then the debug console tells what comes of a request. */
  isDebugging(project: ProjectFolder): boolean;
}

export function activateRequests(
  context: vscode.ExtensionContext,
  services: Services,
  needs: RequestsNeeds,
): RequestsFeature {
  const { commands, projects, runtimes } = services;
  const files = new RequestFiles(context.workspaceState, projects);
  const answers = new AnswerDocuments();
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider(REQUEST_SCHEME, files, { isCaseSensitive: true }),
    vscode.languages.registerCodeLensProvider({ scheme: REQUEST_SCHEME }, new RequestLenses(files)),
    answers,
  );

  const edit = async (target: WorkflowTarget, trigger: string): Promise<void> => {
    const document = await vscode.workspace.openTextDocument(files.uriOf(target, trigger));
    await vscode.languages.setTextDocumentLanguage(document, 'jsonc');
    const inFront = vscode.window.tabGroups.activeTabGroup.activeTab !== undefined;
    await vscode.window.showTextDocument(document, {
      viewColumn: inFront ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
    });
  };
  const saved = (target: WorkflowTarget, trigger: string): LaunchTrigger | undefined => {
    const text = files.saved(files.uriOf(target, trigger));
    const read = text === undefined ? undefined : readRequest(text);
    return read !== undefined && 'request' in read ? read.request : undefined;
  };
  const sendNow = async (target: WorkflowTarget, trigger: string, request: LaunchTrigger): Promise<void> => {
    const runtime = await runtimes.start(target.project);
    const sending = vscode.window.setStatusBarMessage(`$(sync~spin) ${target.workflow}: waiting for the response…`);
    try {
      const fired = await send(runtime, target.workflow, trigger, request);
      const isDebugged = needs.isDebugging(target.project);
      // The debug console has told it already.
      if (isDebugged && fired.kind === 'answer' && fired.answer.runIds.length > 0) return;
      if (fired.kind === 'fired') {
        vscode.window.setStatusBarMessage(`$(zap) ${target.workflow}: ${trigger} was fired`, STATUS_TIME);
      } else if (fired.kind === 'answer') await answers.show(target.workflow, answerText(fired.answer));
      else if (fired.kind === 'ended' && !isDebugged) {
        vscode.window.setStatusBarMessage(
          `${target.workflow}: ${fired.status.toLowerCase()} without a response`,
          STATUS_TIME,
        );
      }
    } finally {
      sending.dispose();
    }
  };

  commands.register('runWorkflow', 'Run workflow', async (first, second) => {
    const target = await targetOf(projects, first, second);
    const trigger = await triggerOf(projects, target);
    if (!isTimer(trigger)) {
      const request = saved(target, trigger.name);
      if (request === undefined) await edit(target, trigger.name);
      else await sendNow(target, trigger.name, request);
      return;
    }
    const runtime = await runtimes.start(target.project);
    await runtime.link.send('fireTrigger', { workflow: target.workflow, trigger: trigger.name });
    vscode.window.setStatusBarMessage(`$(zap) ${target.workflow}: ${trigger.name} was fired`, STATUS_TIME);
  });

  commands.register('sendRequest', 'Send request', async (first, second) => {
    const target = await targetOf(projects, first, second);
    const trigger = await triggerOf(projects, target);
    if (isTimer(trigger)) {
      throw new UserError(
        `'${trigger.name}' is a ${trigger.type} trigger and takes nothing: run the workflow to fire it now.`,
      );
    }
    await edit(target, trigger.name);
  });

  commands.register('submitRequest', 'Send request', async (first) => {
    const { target, request } = await requestOf(files, first);
    await sendNow(target, target.trigger, request);
  });
  commands.register('debugRequest', 'Debug request', async (first) => {
    const { target } = await requestOf(files, first);
    await vscode.commands.executeCommand(commandId('debugWorkflow'), target.file, target.trigger);
  });
  commands.register('resetRequest', 'Reset request', async (first) => {
    const document = documentOf(first);
    await files.forget(document.uri);
    if (document.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert', document.uri);
  });

  commands.register('copyCallbackUrl', 'Copy callback URL', async (first, second) => {
    const target = await targetOf(projects, first, second);
    const trigger = await triggerOf(projects, target);
    const { link } = await runtimes.start(target.project);
    const { workflows } = await link.send('listWorkflows', {});
    const summary = workflows.find((each) => each.name === target.workflow);
    const url = summary?.triggers.find((each) => each.name === trigger.name)?.callbackUrl;
    if (url === undefined)
      throw new UserError(`'${trigger.name}' has no address: only Request triggers are called by one.`);
    await vscode.env.clipboard.writeText(url);
    vscode.window.setStatusBarMessage(`$(clippy) The callback URL of ${target.workflow} was copied`, STATUS_TIME);
  });

  return { saved, edit };
}

/** The request in an editor, saved so that it is at hand the next time. */
async function requestOf(
  files: RequestFiles,
  first: unknown,
): Promise<{ readonly target: WorkflowTarget & { readonly trigger: string }; readonly request: LaunchTrigger }> {
  const document = documentOf(first);
  const target = files.targetOf(document.uri);
  if (target === undefined) throw new UserError('The workflow of this request is not in this workspace any more.');
  const read = readRequest(document.getText());
  if ('problem' in read) throw new UserError(`The request cannot be read: ${read.problem}`);
  // Also when nothing was changed: what was sent once is what F5 sends next time.
  await files.writeFile(document.uri, new TextEncoder().encode(document.getText()));
  if (document.isDirty) await document.save();
  return { target, request: read.request };
}

function documentOf(first: unknown): vscode.TextDocument {
  const wanted = first instanceof vscode.Uri ? first.toString() : undefined;
  const document =
    wanted === undefined
      ? vscode.window.activeTextEditor?.document
      : vscode.workspace.textDocuments.find((each) => each.uri.toString() === wanted);
  if (document?.uri.scheme !== REQUEST_SCHEME)
    throw new UserError('Open a request first: "Send request" above a Request trigger does.');
  return document;
}
