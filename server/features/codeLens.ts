/** Above a trigger: run and debug the workflow, open it in the designer, and for Request triggers its address. */
import type { CodeLens } from 'vscode-languageserver';
import { nameRange } from '../../language/workflow/model';
import type { DocumentView } from '../workspace';

export function codeLenses(view: DocumentView): CodeLens[] {
  const { workflow, lines } = view.document;
  // A bare definition or a template cannot be run as it stands.
  if (workflow === undefined || workflow.shape !== 'standard' || view.root === undefined) return [];
  return workflow.triggers.flatMap((trigger) => {
    const range = lines.rangeOf(nameRange(trigger));
    const lens = (title: string, command: string): CodeLens => ({
      range,
      command: { title, command: `logicAppsWorkbench.${command}`, arguments: [view.uri, trigger.name] },
    });
    const callable = trigger.type === 'Request' || trigger.type === 'Manual';
    return [
      lens('$(play) Run', 'runWorkflow'),
      lens('$(debug-alt) Debug', 'debugWorkflow'),
      ...(callable
        ? [lens('$(send) Send request', 'sendRequest'), lens('$(link) Copy callback URL', 'copyCallbackUrl')]
        : []),
      lens('$(type-hierarchy-sub) Open designer', 'openDesigner'),
    ];
  });
}
