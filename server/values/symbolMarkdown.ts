/** What a name stands for, in a few lines. Values of app settings are secrets and are not shown. */
import { operationSchema } from '../../language/catalog/operationSchemas';
import { findParameter } from '../../language/project/parameters';
import { findSetting } from '../../language/project/settings';
import type { Action } from '../../language/workflow/model';
import type { Occurrence } from '../../language/workflow/symbols';
import { variableDeclarations } from '../../language/workflow/variables';
import type { DocumentView } from '../workspace';

/** Undefined for a name that stands for nothing known. */
export function symbolMarkdown(view: DocumentView, { kind, name }: Occurrence): string | undefined {
  const { workflow } = view.document;
  const wanted = name.toLowerCase();
  switch (kind) {
    case 'action': {
      const action = workflow?.actionsByName.get(wanted);
      return action && actionMarkdown(action);
    }
    case 'trigger': {
      const trigger = workflow?.triggers.find((each) => each.name.toLowerCase() === wanted);
      return (
        trigger && heading('trigger', trigger.name, trigger.type, operationSchema('trigger', trigger.type)?.description)
      );
    }
    case 'variable': {
      const declaration = workflow && variableDeclarations(workflow).find((each) => each.name.toLowerCase() === wanted);
      return (
        declaration &&
        heading('variable', declaration.name, declaration.type, `Declared in \`${declaration.action.name}\`.`)
      );
    }
    case 'parameter': {
      const declared = workflow?.parameters.find((each) => each.name.toLowerCase() === wanted);
      if (declared !== undefined)
        return heading('parameter', declared.name, declared.type ?? '', 'Declared in this definition.');
      const { parameters } = view.project;
      const inProject = parameters && findParameter(parameters, name);
      return inProject && heading('parameter', inProject.name, inProject.type ?? '', 'Declared in `parameters.json`.');
    }
    case 'appSetting': {
      const { settings } = view.project;
      if (settings === undefined) return undefined;
      const setting = findSetting(settings, name);
      return setting === undefined
        ? heading('app setting', name, '', 'Not set in `local.settings.json`.')
        : heading('app setting', setting.name, '', 'Set in `local.settings.json`.');
    }
    case 'connection': {
      const connection = view.project.connections?.entries.find((each) => each.key.toLowerCase() === wanted);
      const title = connection?.displayName === undefined ? '' : `${connection.displayName}. `;
      return (
        connection &&
        heading('connection', connection.key, connection.connector ?? '', `${title}In \`${connection.section}\`.`)
      );
    }
    case 'agentParameter':
      return undefined;
  }
}

function actionMarkdown(action: Action): string {
  const after =
    action.runAfter.length === 0
      ? action.scope.owner === undefined
        ? 'Runs when the workflow starts.'
        : `Runs when \`${action.scope.owner.name}\` starts it.`
      : `Runs after ${action.runAfter.map((entry) => `\`${entry.name}\` (${entry.statuses.join(', ')})`).join(' and ')}.`;
  const description = operationSchema('action', action.type)?.description;
  return heading(
    'action',
    action.name,
    action.type,
    [description, after].filter((each) => each !== undefined).join('\n\n'),
  );
}

function heading(kind: string, name: string, type: string, text: string | undefined): string {
  const first = `(${kind}) **${name.replaceAll(/[*_`\\[\]<>]/g, '\\$&')}**${type === '' ? '' : `: ${type}`}`;
  return text === undefined ? first : `${first}\n\n${text}`;
}
