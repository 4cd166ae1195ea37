/** The Connections view: what connections.json holds, where it is used, and what is missing. */
import * as vscode from 'vscode';
import { Cancelled, UserError } from '../../infrastructure/errors';
import { PREFIX } from '../../infrastructure/identity';
import { readText } from '../../infrastructure/projectModels';
import type { ProjectFolder } from '../../infrastructure/projects';
import type { Services } from '../../infrastructure/services';
import { withAppSetting } from './appSettingEdit';
import type { ConnectionNode, FilePlace } from './connectionTree';

interface ProjectItem {
  readonly project: ProjectFolder;
  readonly node?: undefined;
}
interface NodeItem {
  readonly project: ProjectFolder;
  readonly node: ConnectionNode;
}
type Item = ProjectItem | NodeItem;

/** Names of settings whose values should not be seen while they are typed. */
const SECRET = /secret|password|pwd|key|token|connectionstring|sas/i;

export function activateConnections(context: vscode.ExtensionContext, services: Services): void {
  const { commands, projects } = services;
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<Item> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    async getChildren(item) {
      await projects.ready;
      if (item === undefined) {
        const [only] = projects.all;
        if (only === undefined || projects.all.length > 1) return projects.all.map((project) => ({ project }));
        return nodesOf(only);
      }
      return item.node === undefined
        ? nodesOf(item.project)
        : item.node.children.map((node) => ({ project: item.project, node }));
    },
  };
  const nodesOf = async (project: ProjectFolder): Promise<NodeItem[]> => {
    const { connectionNodes } = await import('./connectionTree');
    return connectionNodes(await projects.model(project)).map((node) => ({ project, node }));
  };

  const view = vscode.window.createTreeView(`${PREFIX}.connections`, {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  context.subscriptions.push(
    view,
    changed,
    projects.onDidChange(() => changed.fire()),
  );

  commands.register('setAppSetting', 'Set app setting', async (first) => {
    const setting = isNodeItem(first) ? first.node.setting : undefined;
    if (!isNodeItem(first) || setting === undefined) {
      throw new UserError('Pick an app setting in the Connections view first.');
    }
    await setAppSetting(first.project, setting);
  });
  commands.register('openConnections', 'Open connections.json', async (first) => {
    const project = projectOf(first) ?? projects.all[0];
    if (project === undefined) throw new UserError('There is no logic app in this workspace.');
    await vscode.window.showTextDocument(vscode.Uri.joinPath(project.uri, 'connections.json'));
  });
}

function treeItem({ project, node }: Item): vscode.TreeItem {
  if (node === undefined) {
    const item = new vscode.TreeItem(project.name, vscode.TreeItemCollapsibleState.Expanded);
    item.iconPath = new vscode.ThemeIcon('root-folder');
    item.contextValue = 'project';
    return item;
  }
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  // What needs attention is open at once.
  const state = node.children.length === 0 ? None : node.severity === undefined ? Collapsed : Expanded;
  const item = new vscode.TreeItem(node.label, state);
  if (node.description !== undefined) item.description = node.description;
  if (node.tooltip !== undefined) item.tooltip = node.tooltip;
  const color = node.severity === undefined ? undefined : `list.${node.severity}Foreground`;
  item.iconPath = new vscode.ThemeIcon(node.icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = node.kind;
  if (node.severity !== undefined) {
    item.accessibilityInformation = { label: `${node.severity}: ${node.label}, ${node.description ?? ''}` };
  }
  if (node.place !== undefined) item.command = revealCommand(project, node.place);
  return item;
}

function revealCommand(project: ProjectFolder, { path, document, range }: FilePlace): vscode.Command {
  const { start, end } = document.lines.rangeOf(range);
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const options: vscode.TextDocumentShowOptions = { selection };
  return { title: 'Show', command: 'vscode.open', arguments: [vscode.Uri.joinPath(project.uri, path), options] };
}

/** Writes the value into local.settings.json and saves it: the user has asked for exactly that. */
async function setAppSetting(project: ProjectFolder, name: string): Promise<void> {
  const value = await vscode.window.showInputBox({
    title: `App setting of ${project.name}`,
    prompt: `Value of ${name}. It is written to local.settings.json on this machine.`,
    password: SECRET.test(name),
    ignoreFocusOut: true,
  });
  if (value === undefined) throw new Cancelled();
  const uri = vscode.Uri.joinPath(project.uri, 'local.settings.json');
  const before = await readText(uri);
  const result = withAppSetting(before, name, value);
  if ('problem' in result) {
    throw new UserError(result.problem, { title: 'Open File', command: 'vscode.open', arguments: [uri] });
  }
  if (before === undefined) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(result.text));
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(uri, all, result.text);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) {
    throw new UserError('local.settings.json could not be saved.');
  }
}

/** The item of the tree that a menu was opened on. */
function isNodeItem(value: unknown): value is NodeItem {
  return hasProject(value) && 'node' in value && value.node !== undefined;
}

function projectOf(value: unknown): ProjectFolder | undefined {
  return hasProject(value) ? value.project : undefined;
}

function hasProject(value: unknown): value is { readonly project: ProjectFolder } {
  return typeof value === 'object' && value !== null && 'project' in value;
}
