/** The mark on a node that has problems: the worst severity and how many. */
import type { ReactElement } from 'react';
import type { ShownProblem } from '../../protocol/messages';
import { Icon } from '../../ui/icons';
import { useDesignerState } from '../context';

const ranks = ['error', 'warning', 'information'] as const;

/** The severity that matters most. */
export function worstOf(problems: readonly ShownProblem[]): (typeof ranks)[number] {
  return ranks.find((rank) => problems.some((problem) => problem.severity === rank)) ?? 'information';
}

export function ProblemBadge({ id }: { readonly id: string }): ReactElement | null {
  const problems = useDesignerState((state) => state.problemsByElement.get(id));
  if (problems === undefined || problems.length === 0) return null;
  const worst = worstOf(problems);
  const text = problems.map((problem) => problem.message).join('\n');
  return (
    <span
      className={`badge badge-${worst}`}
      role="img"
      title={text}
      aria-label={`${problems.length} problems: ${text}`}
    >
      <Icon name={worst} size={14} />
      {problems.length > 1 ? <span>{problems.length}</span> : null}
    </span>
  );
}
