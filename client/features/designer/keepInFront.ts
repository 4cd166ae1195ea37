/**
 * When a run is held, VS Code opens the workflow's text in the group that was used last: over the designer, if that is where one works.
 * The designer marks the held step itself, so it is put back in front; text in sight elsewhere is scrolled to the step.
 */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../infrastructure/identity';

/** VS Code shows the text of a held step this soon, in milliseconds; what is opened later is the user's wish. */
const OPENED_BY_STOP = 1500;

/** A group with a designer in front when a run was held. */
interface Front {
  readonly column: vscode.ViewColumn;
  readonly file: string;
  /** Whether the group had the file's text behind the designer. */
  readonly hadText: boolean;
}

/** `viewType` is the designer's. */
export function keepDesignersInFront(viewType: string): vscode.Disposable {
  let stoppedAt = -Infinity;
  let fronts: Front[] = [];

  const putBack = async (): Promise<void> => {
    if (Date.now() - stoppedAt > OPENED_BY_STOP) return;
    for (const front of fronts) {
      const group = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn === front.column);
      const covering = group?.activeTab;
      if (covering === undefined || !(covering.input instanceof vscode.TabInputText)) continue;
      const { uri } = covering.input;
      if (uri.toString() !== front.file) continue;
      fronts = fronts.filter((each) => each !== front);
      if (front.hadText) await vscode.commands.executeCommand('vscode.openWith', uri, viewType, front.column);
      else await vscode.window.tabGroups.close(covering, true);
      await scrollToHeldStep(uri);
    }
  };

  return vscode.Disposable.from(
    vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
      createDebugAdapterTracker: () => ({
        onDidSendMessage: (message: unknown) => {
          if (!isStopped(message)) return;
          stoppedAt = Date.now();
          fronts = designersInFront(viewType);
        },
      }),
    }),
    vscode.window.tabGroups.onDidChangeTabs(putBack),
  );
}

function designersInFront(viewType: string): Front[] {
  return vscode.window.tabGroups.all.flatMap(({ activeTab, tabs, viewColumn }) => {
    const input: unknown = activeTab?.input;
    // VS Code puts a prefix of its own before the view type of a tab.
    if (!(input instanceof vscode.TabInputCustom) || !input.viewType.endsWith(viewType)) return [];
    const file = input.uri.toString();
    const hadText = tabs.some((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === file);
    return [{ column: viewColumn, file, hadText }];
  });
}

function isStopped(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'event' in message && message.event === 'stopped';
}

async function scrollToHeldStep(file: vscode.Uri): Promise<void> {
  const editors = vscode.window.visibleTextEditors.filter(
    ({ document }) => document.uri.toString() === file.toString(),
  );
  const item = vscode.debug.activeStackItem;
  if (editors.length === 0 || item === undefined || item.threadId === undefined) return;
  const line = await lineOfTopFrame(item.session, item.threadId);
  if (line === undefined) return;
  const place = new vscode.Range(line, 0, line, 0);
  for (const editor of editors) editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Counted from 0; undefined when the run has gone on meanwhile. */
async function lineOfTopFrame(session: vscode.DebugSession, threadId: number): Promise<number | undefined> {
  try {
    const answer: unknown = await session.customRequest('stackTrace', { threadId, startFrame: 0, levels: 1 });
    if (typeof answer !== 'object' || answer === null || !('stackFrames' in answer)) return undefined;
    const frames: unknown = answer.stackFrames;
    const top: unknown = Array.isArray(frames) ? frames[0] : undefined;
    if (typeof top !== 'object' || top === null || !('line' in top)) return undefined;
    return typeof top.line === 'number' ? top.line - 1 : undefined;
  } catch {
    return undefined;
  }
}
