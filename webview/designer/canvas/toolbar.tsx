/** The bar above the canvas: zoom, containers, overview, search, the run's state, and the way to the text. */
import { useReactFlow } from '@xyflow/react';
import type { ReactElement } from 'react';
import { IconButton } from '../../ui/controls';
import { Icon } from '../../ui/icons';
import { useDesigner, useDesignerState } from '../context';
import { worstOf } from '../nodes/problemBadge';
import { StatusIcon, statusClass, statusText } from '../run/status';

export function Toolbar(props: { readonly mapShown: boolean; readonly onToggleMap: () => void }): ReactElement {
  const designer = useDesigner();
  const flow = useReactFlow();
  const duration = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150;
  return (
    <div className="toolbar" role="toolbar" aria-label="Designer">
      <IconButton icon="remove" label="Zoom out" onClick={() => void flow.zoomOut({ duration })} />
      <IconButton icon="add" label="Zoom in" onClick={() => void flow.zoomIn({ duration })} />
      <IconButton
        icon="fit"
        label="Show the whole workflow"
        onClick={() => void flow.fitView({ duration, padding: 0.06, maxZoom: 1 })}
      />
      <span className="toolbar-gap" />
      <IconButton icon="collapseAll" label="Collapse all" onClick={() => designer.collapseAll()} />
      <IconButton icon="expandAll" label="Expand all" onClick={() => designer.expandAll()} />
      <IconButton icon="map" label="Overview" pressed={props.mapShown} onClick={props.onToggleMap} />
      <IconButton icon="search" label="Find an action (Ctrl+F)" onClick={() => designer.setSearch(true)} />
      <span className="toolbar-space" />
      <RunState />
      <ProblemCount />
      <IconButton icon="text" label="Open as text" onClick={() => designer.openText()} />
    </div>
  );
}

function RunState(): ReactElement | null {
  const run = useDesignerState((state) => state.run);
  if (run === undefined) return null;
  const status = run.paused === undefined ? run.status : 'Paused';
  const text = status === 'Paused' ? 'Run paused' : `Run ${statusText(status).toLowerCase()}`;
  return (
    <span className={`run-state ${statusClass(status)}`} role="status" title={run.error?.message ?? `Run ${run.runId}`}>
      <StatusIcon status={status} />
      {text}
    </span>
  );
}

function ProblemCount(): ReactElement | null {
  const designer = useDesigner();
  const problems = useDesignerState((state) => state.problems).filter((problem) => problem.severity !== 'hint');
  if (problems.length === 0) return null;
  const worst = worstOf(problems);
  const label = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return (
    <button
      type="button"
      className={`problem-count badge-${worst}`}
      title={`${label}: show them in the Problems panel`}
      onClick={() => designer.showProblems()}
    >
      <Icon name={worst} size={14} />
      {label}
    </button>
  );
}
