/** Debugging workflows: the debug type, its configurations, and what the editor shows of a held run. */
import * as vscode from 'vscode';
import type { LaunchTrigger } from '../../debug/launchArguments';
import { DEBUG_TYPE } from '../../infrastructure/identity';
import type { ProjectFolder } from '../../infrastructure/projects';
import type { Services } from '../../infrastructure/services';
import { targetOf, triggerOf } from '../../infrastructure/targets';
import type { WorkflowTarget } from '../../infrastructure/targets';
import { isTimer } from '../../infrastructure/triggerKinds';
import { AdapterHost } from './adapterHost';
import { ConfigurationProvider, initialConfigurations } from './configurations';
import { DebugSessions } from './sessions';

/** What debugging needs of other features; `extension.ts` gives it. */
export interface DebugNeeds {
  /** The request the user has saved for a trigger. */
  savedRequest(target: WorkflowTarget, trigger: string): LaunchTrigger | undefined;
  /** Opens the request of a trigger in an editor. */
  editRequest(target: WorkflowTarget, trigger: string): Promise<void>;
}

const workflowFiles: vscode.DocumentSelector = [
  { language: 'json', pattern: '**/workflow.json' },
  { language: 'jsonc', pattern: '**/workflow.json' },
];

/** What other features may ask; `extension.ts` joins them. */
export interface DebugFeature {
  readonly isDebugging: (project: ProjectFolder) => boolean;
}

export function activateDebug(context: vscode.ExtensionContext, services: Services, needs: DebugNeeds): DebugFeature {
  const { commands, projects, settings } = services;
  const host = new AdapterHost(services);
  const sessions = new DebugSessions();
  const savedTrigger = async (target: WorkflowTarget): Promise<LaunchTrigger | undefined> => {
    const trigger = await triggerOf(projects, target).catch(() => undefined);
    if (trigger === undefined) return undefined;
    // Nobody calls a recurrence: debugging it means to fire it.
    if (isTimer(trigger)) return { name: trigger.name };
    const saved = settings.sendSavedRequest ? needs.savedRequest(target, trigger.name) : undefined;
    return saved && { ...saved, name: trigger.name };
  };
  // Loaded with the first session, while VS Code prepares it: activation must not pay for it.
  const loadSession = () => import('../../debug/session');
  const provider = new ConfigurationProvider(services, {
    savedTrigger,
    saved: (target, trigger) => needs.savedRequest(target, trigger),
    edit: (target, trigger) => needs.editRequest(target, trigger),
    prepare: () => void loadSession(),
  });
  context.subscriptions.push(
    sessions,
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, provider),
    vscode.debug.registerDebugConfigurationProvider(
      DEBUG_TYPE,
      { provideDebugConfigurations: () => initialConfigurations(projects) },
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: async () => {
        const { LogicAppsDebugSession } = await loadSession();
        return new vscode.DebugAdapterInlineImplementation(new LogicAppsDebugSession(host));
      },
    }),
    vscode.languages.registerEvaluatableExpressionProvider(workflowFiles, {
      provideEvaluatableExpression: async (document, position) =>
        (await import('./hoveredExpressions')).hoveredExpression(document, position),
    }),
    vscode.languages.registerInlineValuesProvider(workflowFiles, {
      provideInlineValues: async (document, viewPort, context) =>
        (await import('./inlineValues')).inlineValues(document, viewPort, context),
    }),
  );

  commands.register('debugWorkflow', 'Debug workflow', async (first, second) => {
    const target = await targetOf(projects, first, second);
    const trigger = await triggerOf(projects, target);
    const saved = isTimer(trigger) ? {} : needs.savedRequest(target, trigger.name);
    const start = saved && { ...saved, name: trigger.name };
    const session = sessions.of(target.project);
    if (session !== undefined) {
      if (start === undefined) await needs.editRequest(target, trigger.name);
      else await session.customRequest('fireTrigger', { workflow: target.workflow, trigger: start });
      return;
    }
    const started = await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(target.file), {
      type: DEBUG_TYPE,
      request: 'launch',
      name: `Debug ${target.workflow}`,
      project: target.project.uri.fsPath,
      workflow: target.workflow,
      ...(start === undefined ? {} : { trigger: start }),
    });
    if (started && start === undefined) await needs.editRequest(target, trigger.name);
  });

  return { isDebugging: (project) => sessions.of(project) !== undefined };
}
