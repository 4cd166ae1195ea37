/** The call stack of a held step: the step itself, the scopes and loops around it, the workflow, and the runs that called it. */
import { enclosing, findAction } from '../../language/workflow/graph';
import { actionType } from '../../language/workflow/actions';
import type { Step } from '../../runtime/events';
import type { Hold } from '../../runtime/host/commands';
import type { SessionThreads } from './threads';
import type { SourcePlace, WorkflowSources } from './workflowSources';

export interface ShownFrame {
  readonly name: string;
  readonly place: SourcePlace | undefined;
  /** What the frame is, for the scopes it shows: a calling run has none of its own here. */
  readonly level: 'trigger' | 'action' | 'around' | 'caller';
}

/** All frames, innermost first. */
export async function framesOf(hold: Hold, sources: WorkflowSources, threads: SessionThreads): Promise<ShownFrame[]> {
  const { workflow, role, name } = hold;
  // What failed is looked at from its beginning: its inputs say why.
  const failed = hold.reason === 'exception' && hold.moment === 'after';
  const moment = failed ? 'before' : hold.moment;
  const frames: ShownFrame[] = [
    {
      name: failed ? `${name} (failed)` : moment === 'after' ? `${name} (has run)` : name,
      place: await sources.place(workflow, role, name, moment),
      level: role,
    },
  ];
  for (const { step, actionType: type, index, count } of hold.enclosing.toReversed()) {
    frames.push({
      name: index === undefined ? `${step.action} (${type})` : `${step.action} ${iteration(index, count)}`,
      place: await sources.place(workflow, 'action', step.action),
      level: 'around',
    });
  }
  frames.push(await workflowFrame(workflow, 'around', sources));
  await addCallers(hold.runId, frames, sources, threads);
  return frames;
}

async function addCallers(
  runId: string,
  frames: ShownFrame[],
  sources: WorkflowSources,
  threads: SessionThreads,
): Promise<void> {
  for (let parent = threads.parentOf(runId); parent !== undefined; parent = threads.parentOf(parent.runId)) {
    const workflow = threads.workflowOf(parent.runId);
    if (workflow === undefined) return;
    frames.push(
      ...(await stepFrames(workflow, parent.step, sources)),
      await workflowFrame(workflow, 'caller', sources),
    );
  }
}

/** A step of a calling run with what is around it, as far as the text tells. */
async function stepFrames(workflow: string, step: Step, sources: WorkflowSources): Promise<ShownFrame[]> {
  const document = await sources.document(sources.fileOf(workflow));
  const action = document?.workflow && findAction(document.workflow, step.action);
  const owners = action === undefined ? [] : enclosing(action);
  const loops = owners.filter((each) => isLoop(each.type)).toReversed();
  const frames: ShownFrame[] = [
    { name: step.action, place: await sources.place(workflow, 'action', step.action), level: 'caller' },
  ];
  for (const owner of owners) {
    const index = isLoop(owner.type) ? step.repetition[loops.indexOf(owner)] : undefined;
    frames.push({
      name: index === undefined ? `${owner.name} (${owner.type})` : `${owner.name} ${iteration(index, undefined)}`,
      place: await sources.place(workflow, 'action', owner.name),
      level: 'caller',
    });
  }
  return frames;
}

async function workflowFrame(
  workflow: string,
  level: 'around' | 'caller',
  sources: WorkflowSources,
): Promise<ShownFrame> {
  const file = sources.fileOf(workflow);
  const trigger = (await sources.document(file))?.workflow?.triggers[0];
  return { name: workflow, place: trigger && (await sources.place(workflow, 'trigger', trigger.name)), level };
}

function isLoop(type: string): boolean {
  const nesting = actionType(type)?.nesting;
  return nesting === 'foreach' || nesting === 'until';
}

/** `[2 of 3]`: people count from one; the zero-based index is in the Loop scope. */
function iteration(index: number, count: number | undefined): string {
  return count === undefined ? `[${index + 1}]` : `[${index + 1} of ${count}]`;
}
