/** Recurrences of triggers: what the schema of single members cannot say of them, and those that never come due. */
import { nodeAtPointer, pointerOf } from '../../json/path';
import { parseValue } from '../../json/parse';
import { property } from '../../json/tree';
import type { JsonNode } from '../../json/tree';
import { firstOccurrence } from '../../workflow/occurrences';
import { readRecurrence } from '../../workflow/recurrence';
import type { Recurrence, RecurrenceProblem } from '../../workflow/recurrence';
import type { Trigger } from '../../workflow/model';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';

export const recurrencesRule: WorkflowRule = {
  name: 'recurrences',
  *check({ workflow, document }) {
    for (const trigger of workflow.triggers) {
      const written = property(trigger.node, 'recurrence');
      if (written?.value?.kind !== 'object' || isAnyComputed(written.value)) continue;
      const { start, end } = written.value;
      const parsed = parseValue(document.text.slice(start, end));
      if (!parsed.ok) continue;
      const recurrence = readRecurrence(parsed.value);
      if ('problem' in recurrence) {
        if (!isInSchema(recurrence)) yield misfit(trigger, written.value, recurrence);
      } else if (!canFire(recurrence)) {
        yield {
          code: 'recurrence-never',
          range: written.key,
          path: `${trigger.path}/recurrence`,
          message: `'${trigger.name}' never fires: ${reason(recurrence)}`,
        };
      }
    }
  },
};

function isAnyComputed(node: JsonNode | undefined): boolean {
  switch (node?.kind) {
    case 'string':
      return isComputed(node.value);
    case 'array':
      return node.items.some(isAnyComputed);
    case 'object':
      return node.properties.some(({ value }) => isAnyComputed(value));
    default:
      return false;
  }
}

/** Single members are checked by their schema, which says it better. */
function isInSchema({ path: [first, second], problem }: RecurrenceProblem): boolean {
  if (first === undefined || first === 'frequency' || first === 'timeZone') return true;
  if (first === 'interval') return !problem.includes('at most');
  return second === 'weekDays' && problem.startsWith('A day');
}

function misfit(trigger: Trigger, node: JsonNode, { problem, path }: RecurrenceProblem): Finding {
  return {
    code: 'recurrence-invalid',
    range: nodeAtPointer(node, pointerOf(path)) ?? node,
    path: `${trigger.path}/recurrence${pointerOf(path)}`,
    message: problem,
  };
}

/** Without a start, the first run is due when the trigger is armed. */
function canFire(recurrence: Recurrence): boolean {
  const { startTime } = recurrence;
  return startTime === undefined || firstOccurrence(recurrence, startTime) !== undefined;
}

function reason({ endTime }: Recurrence): string {
  return endTime !== undefined
    ? 'nothing is due between its start and its end.'
    : 'its schedule names days that its months never have.';
}
