/** How a status looks: icon, colour class and words, the same on nodes, lines and in the panel. */
import type { ReactElement } from 'react';
import { Icon } from '../../ui/icons';
import type { IconName } from '../../ui/icons';

const looks: Readonly<Record<string, { readonly icon: IconName; readonly text: string }>> = {
  Succeeded: { icon: 'succeeded', text: 'Succeeded' },
  Failed: { icon: 'failed', text: 'Failed' },
  Skipped: { icon: 'skipped', text: 'Skipped' },
  TimedOut: { icon: 'timedOut', text: 'Timed out' },
  Cancelled: { icon: 'cancelled', text: 'Cancelled' },
  Aborted: { icon: 'cancelled', text: 'Aborted' },
  Running: { icon: 'running', text: 'Running' },
  Waiting: { icon: 'waiting', text: 'Waiting' },
  Paused: { icon: 'paused', text: 'Paused here' },
};

export function statusText(status: string): string {
  return looks[status]?.text ?? status;
}

/** The CSS class that carries the status's colour. */
export function statusClass(status: string): string {
  return `status-${status in looks ? status.toLowerCase() : 'unknown'}`;
}

export function StatusIcon({ status, size = 12 }: { readonly status: string; readonly size?: number }): ReactElement {
  return (
    <span className={`status-icon ${statusClass(status)}`}>
      <Icon name={looks[status]?.icon ?? 'unknown'} size={size} />
    </span>
  );
}
