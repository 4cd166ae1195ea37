/** Completion in the debug console: functions, and inside quotes the names that mean something in the held workflow. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { findFunction, functions } from '../../language/expressions/functions/registry';
import { parameterAt, signatureOf } from '../../language/expressions/functions/definition';
import type { ReferenceKind } from '../../language/expressions/functions/definition';
import { enclosing } from '../../language/workflow/graph';
import { findAction } from '../../language/workflow/graph';
import type { Workflow } from '../../language/workflow/model';
import { variableDeclarations } from '../../language/workflow/variables';

export interface CompletionPlace {
  readonly workflow: Workflow | undefined;
  /** The held action; undefined at the trigger. */
  readonly action: string | undefined;
  readonly parameters: readonly string[];
  readonly appSettings: readonly string[];
}

/** `column` is zero-based, in the text. */
export function completionsAt(text: string, column: number, place: CompletionPlace): DebugProtocol.CompletionItem[] {
  const before = text.slice(0, column);
  const quotedName = /(\w+)\s*\(\s*'([^']*)$/.exec(before);
  if (quotedName !== null) {
    const [, called = '', typed = ''] = quotedName;
    const definition = findFunction(called);
    const kind = definition && parameterAt(definition, 0)?.names;
    if (kind === undefined) return [];
    const closes = text.slice(column).startsWith("'");
    return namesOf(kind, place).map((name) => ({
      label: name,
      text: closes ? name : `${name}')`,
      type: 'reference',
      start: column - typed.length,
      length: typed.length,
    }));
  }
  // Inside any other text in quotes there is nothing to offer.
  if ((before.match(/'/g)?.length ?? 0) % 2 === 1) return [];
  const [typed = ''] = /\w*$/.exec(before) ?? [];
  if (/[?.]$/.test(before.slice(0, before.length - typed.length))) return [];
  return functions
    .filter((each) => each.deprecated === undefined)
    .map((each) => ({
      label: each.name,
      text: `${each.name}(`,
      detail: signatureOf(each),
      type: 'function' as const,
      start: column - typed.length,
      length: typed.length,
    }));
}

function namesOf(kind: ReferenceKind, { workflow, action, parameters, appSettings }: CompletionPlace): string[] {
  const actions = workflow?.actions ?? [];
  switch (kind) {
    case 'action':
      return actions.map((each) => each.name);
    case 'scope':
      return actions.filter((each) => each.scopes.length > 0).map((each) => each.name);
    case 'loop':
    case 'until': {
      const held = workflow === undefined || action === undefined ? undefined : findAction(workflow, action);
      const type = kind === 'loop' ? 'Foreach' : 'Until';
      return held === undefined ? [] : enclosing(held).flatMap((each) => (each.type === type ? [each.name] : []));
    }
    case 'variable':
      return workflow === undefined ? [] : variableDeclarations(workflow).map((each) => each.name);
    case 'parameter':
      return [...new Set([...(workflow?.parameters.map((each) => each.name) ?? []), ...parameters])];
    case 'appSetting':
      return [...appSettings];
    case 'agentParameter':
      return [];
  }
}
