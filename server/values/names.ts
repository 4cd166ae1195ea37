/** Names that can stand in quotes in an expression, by what the function wants: only those that mean something at this place. */
import type { ReferenceKind } from '../../language/expressions/functions/definition';
import { agentParameterNames } from '../../language/workflow/agentParameters';
import { enclosing } from '../../language/workflow/graph';
import type { Action, Trigger } from '../../language/workflow/model';
import { variableDeclarations } from '../../language/workflow/variables';
import type { DocumentView } from '../workspace';

export interface OfferedName {
  readonly name: string;
  /** What it is: a type, a value's origin. */
  readonly detail: string;
}

/** Where the expression stands: in an operation, at one of its members, or elsewhere in the file. */
export interface NamePlace {
  readonly owner: Action | Trigger | undefined;
  /** First member of the operation on the way to the text: `inputs`, `expression`, … */
  readonly member: string | undefined;
}

/** The names, likeliest first. */
export function offeredNames(view: DocumentView, place: NamePlace, kind: ReferenceKind): OfferedName[] {
  const { workflow } = view.document;
  switch (kind) {
    case 'action':
      return visibleActions(view, place).map(described);
    case 'scope':
      return visibleActions(view, place)
        .filter((each) => each.scopes.length > 0)
        .map(described);
    case 'loop':
      return loops(place, 'Foreach');
    case 'until':
      return loops(place, 'Until');
    case 'variable': {
      if (workflow === undefined || place.owner?.role === 'trigger') return [];
      const { owner } = place;
      const { order } = view.document;
      return variableDeclarations(workflow)
        .filter(({ action }) => owner === undefined || order.precedes(action, owner))
        .map(({ name, type }) => ({ name, detail: type }));
    }
    case 'parameter': {
      const declared = workflow?.parameters ?? [];
      const inProject =
        workflow === undefined || workflow.shape === 'standard' ? (view.project.parameters?.entries ?? []) : [];
      return [
        ...declared.map(({ name, type }) => ({ name, detail: type ?? '' })),
        ...inProject.map(({ name, type }) => ({ name, detail: `${type ?? ''} (parameters.json)` })),
      ];
    }
    case 'appSetting':
      return (view.project.settings?.entries ?? []).map(({ name }) => ({ name, detail: 'local.settings.json' }));
    case 'agentParameter':
      return agentParameters(place);
  }
}

/** Actions whose results can be read at this place, the latest first. */
function visibleActions(view: DocumentView, { owner, member }: NamePlace): Action[] {
  const { workflow } = view.document;
  if (workflow === undefined || owner?.role === 'trigger') return [];
  if (owner === undefined) return workflow.actions.toReversed();
  const { order } = view.document;
  const inside =
    owner.type === 'Until' && member === 'expression'
      ? workflow.actions.filter((each) => enclosing(each).includes(owner))
      : [];
  const near = [...order.visible(workflow, owner), ...inside];
  // Actions beside this one matter more than those further out.
  const beside = near.filter((each) => each.scope === owner.scope).toReversed();
  return [...beside, ...near.filter((each) => each.scope !== owner.scope).toReversed()];
}

function described(action: Action): OfferedName {
  return { name: action.name, detail: action.type };
}

function loops({ owner, member }: NamePlace, type: 'Foreach' | 'Until'): OfferedName[] {
  if (owner?.role !== 'action') return [];
  const own = type === 'Until' && owner.type === 'Until' && member !== 'inputs' ? [owner] : [];
  return [...own, ...enclosing(owner)].filter((each) => each.type === type).map(described);
}

function agentParameters({ owner }: NamePlace): OfferedName[] {
  const names = owner?.role === 'action' ? agentParameterNames(owner) : undefined;
  return (names ?? []).map(({ value }) => ({ name: value, detail: 'agent parameter' }));
}
