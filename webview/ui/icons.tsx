/** The designer's icons: strokes on a 16 by 16 grid, in the colour of the text around them. */
import type { ReactElement } from 'react';

const paths = {
  // Operations, by category.
  request: 'M2 5.5h8.5M7.5 2.5l3 3-3 3M14 10.5H5.5M8.5 7.5l-3 3 3 3',
  http: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM1.8 8h12.4M8 1.8c4 3.6 4 8.8 0 12.4M8 1.8c-4 3.6-4 8.8 0 12.4',
  schedule: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.4V8l2.6 1.8',
  control: 'M8 1.5v3M8 4.5 4 8.5l4 4 4-4-4-4ZM4 8.5H1.8v5M12 8.5h2.2v5',
  foreach: 'M3 6.5A5.2 5.2 0 0 1 12.6 5M13 2.2V5.2h-3M13 9.5A5.2 5.2 0 0 1 3.4 11M3 13.8v-3h3',
  scope: 'M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M6 6h4v4H6z',
  switch: 'M2 8h3M5 8l4-5h5M5 8h9M5 8l4 5h5',
  terminate: 'M5.2 1.8h5.6l3.4 3.4v5.6l-3.4 3.4H5.2l-3.4-3.4V5.2zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  variable: 'M5 2.5C2.5 4.5 2.5 11.5 5 13.5M11 2.5c2.5 2 2.5 9 0 11M6 5.8l4 4.6M10 5.8l-4 4.6',
  data: 'M6 2.5c-2 0-2.2.8-2.2 2.2 0 2-.3 3-1.8 3.3 1.5.3 1.8 1.3 1.8 3.3 0 1.4.2 2.2 2.2 2.2M10 2.5c2 0 2.2.8 2.2 2.2 0 2 .3 3 1.8 3.3-1.5.3-1.8 1.3-1.8 3.3 0 1.4-.2 2.2-2.2 2.2',
  connector: 'M5.5 1.8v3M10.5 1.8v3M3.5 4.8h9v2.7a4.5 4.5 0 0 1-9 0zM8 12v2.5',
  code: 'M5.5 4 1.8 8l3.7 4M10.5 4l3.7 4-3.7 4M9 2.8 7 13.2',
  workflow: 'M2 2.5h4.5v3.5H2zM9.5 10H14v3.5H9.5zM4.2 6v5.8h5.3M6.5 4.2h5.3V10',
  transform: 'M2 4.5h7M6.5 2 9 4.5 6.5 7M14 11.5H7M9.5 9 7 11.5 9.5 14',
  agent: 'M3 6h10v7H3zM8 6V3M8 3h.01M6 9v1M10 9v1M1.5 8.5v2M14.5 8.5v2',
  b2b: 'M2 6.5 8 2.5l6 4M3.5 6.5V13M12.5 6.5V13M6.5 13V9h3v4M2 13h12',
  unknown: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M8 12.5v.1',
  // Commands.
  add: 'M8 3v10M3 8h10',
  remove: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3l3.7 3.7',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  text: 'M3 3.5h10M3 6.5h7M3 9.5h10M3 12.5h5',
  collapse: 'M4.5 10 8 6.5l3.5 3.5',
  expand: 'M4.5 6 8 9.5 11.5 6',
  collapseAll: 'M3 5.5 8 2l5 3.5M3 10.5 8 14l5-3.5M3 8h10',
  expandAll: 'M4.5 5 8 1.8 11.5 5M4.5 11 8 14.2l3.5-3.2M3 8h10',
  map: 'M2 3.5 6 2l4 1.5L14 2v10.5L10 14l-4-1.5L2 14zM6 2v10.5M10 3.5V14',
  previous: 'M10 3.5 5.5 8l4.5 4.5',
  next: 'M6 3.5 10.5 8 6 12.5',
  trash: 'M3 4.5h10M6 4.5V2.8h4v1.7M4.5 4.5l.6 9h5.8l.6-9M6.8 7v4M9.2 7v4',
  pencil: 'M10.5 2.5l3 3L6 13l-3.5.5L3 10zM8.8 4.2l3 3',
  // Statuses and problems.
  succeeded: 'M3 8.5l3.3 3.3L13 4.8',
  failed: 'M4 4l8 8M12 4l-8 8',
  skipped: 'M3 11a5 5 0 0 1 9.5-2M12.8 5.5V9H9.3',
  waiting: 'M8 3.5V8l3 2',
  timedOut: 'M5 2.5h6M5 13.5h6M5.5 2.5c0 3 5 4 5 5.5s-5 2.5-5 5.5M10.5 2.5c0 3-5 4-5 5.5s5 2.5 5 5.5',
  cancelled: 'M4 12 12 4',
  running: 'M8 2.5A5.5 5.5 0 1 1 2.5 8',
  paused: 'M4.5 3v10l7.5-5z',
  error: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.8v4M8 11v.2',
  warning: 'M8 2 14.5 13.5h-13zM8 6.5v3M8 11.4v.2',
  information: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 7.5v3.7M8 4.9v.2',
} as const;

export type IconName = keyof typeof paths;

/** An icon for the eye only: what it means is said by the label of the control it is in. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactElement {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
