/** The card of a trigger or action, which is also the header of an open container. */
import type { ReactElement } from 'react';
import { Icon } from '../../ui/icons';
import type { OperationElement } from '../canvas/places';
import { breakpointOf } from '../canvas/places';
import { useDesigner, useDesignerState } from '../context';
import { RunBadge } from '../run/badge';
import { describe, displayName } from './describe';
import { iconOf } from './iconOf';
import { ProblemBadge } from './problemBadge';

export function OperationCard({ element }: { readonly element: OperationElement }): ReactElement {
  const designer = useDesigner();
  const { operation, id } = element;
  const { category, label, detail } = describe(operation, operation.role);
  const container = element.kind === 'action' ? element.container : undefined;
  return (
    <div className={`card category-${category}`} title={titleOf(element, label, detail)}>
      <BreakpointDot element={element} />
      <span className="card-icon">
        <Icon name={iconOf(operation.type, category)} size={18} />
      </span>
      <span className="card-text">
        <span className="card-name">{displayName(operation.name)}</span>
        <span className="card-detail">
          {label}
          {detail === undefined ? null : <span className="card-more"> · {detail}</span>}
        </span>
      </span>
      <MissingBadge element={element} />
      <ProblemBadge id={id} />
      {container === undefined ? null : (
        <button
          type="button"
          className="card-toggle"
          tabIndex={-1}
          title={container === 'open' ? 'Collapse (Space)' : 'Expand (Space)'}
          aria-label={`${container === 'open' ? 'Collapse' : 'Expand'} ${operation.name}`}
          onClick={(event) => {
            event.stopPropagation();
            designer.toggleCollapsed(id);
          }}
        >
          {container === 'collapsed' ? <span className="card-count">{countInside(element)}</span> : null}
          <Icon name={container === 'open' ? 'collapse' : 'expand'} />
        </button>
      )}
      <RunBadge element={element} />
    </div>
  );
}

function titleOf({ operation }: OperationElement, label: string, detail: string | undefined): string {
  return [operation.name, detail === undefined ? label : `${label}: ${detail}`].join('\n');
}

function countInside(element: OperationElement): number {
  return element.kind === 'action' ? element.operation.scopes.reduce((sum, scope) => sum + scope.actions.length, 0) : 0;
}

function MissingBadge({ element }: { readonly element: OperationElement }): ReactElement | null {
  if (element.kind !== 'action' || element.missing.length === 0) return null;
  const text = `Runs after ${element.missing.join(', ')}, which is not in the same scope`;
  return (
    <span className="badge badge-error" role="img" title={text} aria-label={text}>
      <Icon name="unknown" size={12} />
    </span>
  );
}

function BreakpointDot({ element }: { readonly element: OperationElement }): ReactElement {
  const designer = useDesigner();
  const state = useDesignerState((each) => {
    const breakpoint = breakpointOf(element, each.breakpoints);
    return breakpoint === undefined ? 'none' : breakpoint.enabled ? 'on' : 'off';
  });
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`breakpoint breakpoint-${state}`}
      title={state === 'none' ? 'Add breakpoint (F9)' : 'Remove breakpoint (F9)'}
      aria-label={`${state === 'none' ? 'Add breakpoint to' : 'Remove breakpoint from'} ${element.operation.name}`}
      onClick={(event) => {
        event.stopPropagation();
        designer.toggleBreakpoint(element);
      }}
    />
  );
}
