/** The call stack of a held step: the step itself, the scopes and loops around it, the workflow, and the runs that called it. */
import { enclosing, findAction } from '../../language/workflow/graph';
import type { Action } from '../../language/workflow/model';
import { actionType } from '../../language/workflow/actions';
import type { Step } from '../../runtime/events';
import type { HeldExpression, Hold } from '../../runtime/host/commands';
import { repetitionText } from './threads';
import type { SessionThreads } from './threads';
import type { SourcePlace, WorkflowSources } from './workflowSources';

/** Letters of an expression in the name of its frame. */
const MAX_NAME = 80;

export interface ShownFrame {
  readonly name: string;
  readonly place: SourcePlace | undefined;
  /** What the frame is, for the scopes it shows: a calling run has none of its own here. */
  readonly level: 'trigger' | 'action' | 'expression' | 'around' | 'caller';
  /** Where a run begins again that is restarted from here; without a step, at the trigger. */
  readonly origin: { readonly runId: string; readonly step?: Step };
}

/** All frames, innermost first. */
export async function framesOf(hold: Hold, sources: WorkflowSources, threads: SessionThreads): Promise<ShownFrame[]> {
  const { workflow, role, name, runId } = hold;
  const origin = hold.step === undefined ? { runId } : { runId, step: hold.step };
  // What failed is looked at from its beginning: its inputs say why.
  const failed = hold.reason === 'exception' && hold.moment === 'after';
  const retried = hold.reason === 'exception' && hold.moment === 'before' && hold.note !== undefined;
  const moment = failed ? 'before' : hold.moment;
  const recorded = hold.recorded === true ? ' (recorded)' : '';
  const remark = failed ? ' (failed)' : retried ? ' (is tried again)' : moment === 'after' ? ' (has run)' : '';
  const frames: ShownFrame[] = [
    ...(hold.expression === undefined ? [] : await expressionFrames(hold, hold.expression, sources)),
    {
      name: `${name}${remark}${recorded}`,
      place: await sources.place(workflow, role, name, moment),
      level: role,
      origin,
    },
  ];
  for (const { step, actionType: type, index, count } of hold.enclosing.toReversed()) {
    frames.push({
      name: index === undefined ? `${step.action} (${type})` : `${step.action} ${repetitionText(index, count)}`,
      place: await sources.place(workflow, 'action', step.action),
      level: 'around',
      origin: { runId, step },
    });
  }
  frames.push(await workflowFrame(workflow, runId, 'around', sources));
  await addCallers(hold.runId, frames, sources, threads);
  return frames;
}

/** The call that is about to be made, and the property that it is a part of. */
async function expressionFrames(
  { workflow, role, name, runId, step }: Hold,
  { path, template, start, end }: HeldExpression,
  sources: WorkflowSources,
): Promise<ShownFrame[]> {
  const origin = step === undefined ? { runId } : { runId, step };
  const place = (from: number, to: number): Promise<SourcePlace | undefined> =>
    sources.expressionPlace(workflow, role, name, path, from, to);
  const whole: ShownFrame = {
    name: `${pathText(path)}: ${shortened(template)}`,
    place: await place(0, template.length),
    level: 'expression',
    origin,
  };
  if (start === 0 && end === template.length) return [whole];
  return [
    { name: shortened(template.slice(start, end)), place: await place(start, end), level: 'expression', origin },
    whole,
  ];
}

function pathText(path: HeldExpression['path']): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

function shortened(text: string): string {
  return text.length <= MAX_NAME ? text : `${text.slice(0, MAX_NAME - 1)}…`;
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
      ...(await stepFrames(workflow, parent, sources)),
      await workflowFrame(workflow, parent.runId, 'caller', sources),
    );
  }
}

/** A step of a calling run with what is around it, as far as the text tells. */
async function stepFrames(
  workflow: string,
  { runId, step }: { readonly runId: string; readonly step: Step },
  sources: WorkflowSources,
): Promise<ShownFrame[]> {
  const document = await sources.document(sources.fileOf(workflow));
  const action = document?.workflow && findAction(document.workflow, step.action);
  const owners = action === undefined ? [] : enclosing(action);
  const loops = owners.filter((each) => isLoop(each.type)).toReversed();
  const frames: ShownFrame[] = [
    {
      name: step.action,
      place: await sources.place(workflow, 'action', step.action),
      level: 'caller',
      origin: { runId, step },
    },
  ];
  for (const owner of owners) {
    const index = isLoop(owner.type) ? step.repetition[loops.indexOf(owner)] : undefined;
    frames.push({
      name: index === undefined ? `${owner.name} (${owner.type})` : `${owner.name} ${repetitionText(index, undefined)}`,
      place: await sources.place(workflow, 'action', owner.name),
      level: 'caller',
      origin: { runId, step: { action: owner.name, repetition: step.repetition.slice(0, loopsAround(owner)) } },
    });
  }
  return frames;
}

function loopsAround(action: Action): number {
  return enclosing(action).filter((each) => isLoop(each.type)).length;
}

async function workflowFrame(
  workflow: string,
  runId: string,
  level: 'around' | 'caller',
  sources: WorkflowSources,
): Promise<ShownFrame> {
  const file = sources.fileOf(workflow);
  const trigger = (await sources.document(file))?.workflow?.triggers[0];
  const place = trigger && (await sources.place(workflow, 'trigger', trigger.name));
  return { name: workflow, place, level, origin: { runId } };
}

function isLoop(type: string): boolean {
  const nesting = actionType(type)?.nesting;
  return nesting === 'foreach' || nesting === 'until';
}
