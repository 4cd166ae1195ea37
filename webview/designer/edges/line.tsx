/** A line of the canvas: which action runs after which, on what statuses, and the place to add an action between. */
import { EdgeLabelRenderer } from '@xyflow/react';
import type { Edge, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { ReactElement } from 'react';
import type { DrawnLine } from '../canvas/drawing';
import { AddBetweenButton } from '../gestures/addButtons';
import { StatusIcon, statusText } from '../run/status';
import { roundedPath } from './path';

export type CanvasEdge = Edge<{ readonly line: DrawnLine; readonly zIndex: number }, 'line'>;

/** The statuses worth showing: everything but the usual `["Succeeded"]`. An empty list means the same as Succeeded. */
export function shownStatuses(line: DrawnLine): readonly string[] {
  const statuses = line.runAfter?.statuses ?? [];
  return statuses.length === 0 || (statuses.length === 1 && statuses[0] === 'Succeeded') ? [] : statuses;
}

const Line = memo(function Line({ data }: EdgeProps<CanvasEdge>): ReactElement | null {
  if (data === undefined) return null;
  const { line, zIndex } = data;
  const { route } = line;
  const statuses = shownStatuses(line);
  const onSuccess = statuses.length === 0 || statuses.includes('Succeeded');
  const target = route.points.at(-1);
  const classes = ['line', ...(onSuccess ? [] : ['line-exception']), ...(route.closesCycle ? ['line-cycle'] : [])].join(
    ' ',
  );
  return (
    <>
      <path className={classes} d={roundedPath(route.points)} />
      {target === undefined || route.closesCycle ? null : (
        <path
          className="line-head"
          d={`M${target.x - 4} ${target.y - 6}L${target.x} ${target.y - 0.5}L${target.x + 4} ${target.y - 6}`}
        />
      )}
      <EdgeLabelRenderer>
        <div
          className="line-label nodrag nopan"
          style={{ transform: `translate(-50%, -50%) translate(${route.label.x}px, ${route.label.y}px)`, zIndex }}
        >
          {statuses.length === 0 ? null : <Statuses statuses={statuses} />}
          {route.closesCycle ? null : <AddBetweenButton line={line} />}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});

function Statuses({ statuses }: { readonly statuses: readonly string[] }): ReactElement {
  const words = statuses.map((status) => statusText(status).toLowerCase());
  const text = `Runs when the one before has ${words.join(' or ')}`;
  return (
    <span className="line-statuses" role="img" aria-label={text} title={text}>
      {statuses.map((status) => (
        <StatusIcon key={status} status={status} />
      ))}
      {statuses.length === 1 ? <span>{words[0]}</span> : null}
    </span>
  );
}

export const edgeTypes = { line: Line };
