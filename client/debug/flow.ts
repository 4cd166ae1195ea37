/** What moves a run: going on, steps, steps back into what was recorded, pause, and beginning again. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Hold, Resume, StepInTarget } from '../../runtime/host/commands';
import { InspectingSession } from './inspecting';
import { readLaunchArguments } from './launchArguments';
import { Refusal } from './refusal';
import { readRestartArguments } from './restartArguments';
import { HOST_THREAD } from './threads';

/** In the order of their ids, from 1. */
const stepInTargets: readonly StepInTarget[] = ['expressions', 'inside'];

export abstract class FlowSession extends InspectingSession {
  protected override continueRequest(
    response: DebugProtocol.ContinueResponse,
    { threadId }: DebugProtocol.ContinueArguments,
  ): void {
    response.body = { allThreadsContinued: false };
    this.#resume(response, threadId, 'continue');
  }

  protected override nextRequest(response: DebugProtocol.NextResponse, args: DebugProtocol.NextArguments): void {
    this.#resume(response, args.threadId, 'next');
  }

  protected override stepInRequest(response: DebugProtocol.StepInResponse, args: DebugProtocol.StepInArguments): void {
    const target = args.targetId === undefined ? undefined : stepInTargets[args.targetId - 1];
    this.#resume(response, args.threadId, 'stepIn', target);
  }

  protected override stepInTargetsRequest(
    response: DebugProtocol.StepInTargetsResponse,
    { frameId }: DebugProtocol.StepInTargetsArguments,
  ): void {
    this.answer(response, async () => {
      const known = this.knownFrame(frameId);
      const isTop = known?.frame.level === 'action' && known.hold.recorded !== true;
      const targets = isTop
        ? (await this.running.link.send('stepInTargets', { holdId: known.hold.holdId })).targets
        : [];
      const labels = { expressions: 'Expressions of the inputs', inside: 'Actions inside' };
      response.body = {
        targets: targets.map((target) => ({ id: stepInTargets.indexOf(target) + 1, label: labels[target] })),
      };
    });
  }

  protected override stepOutRequest(
    response: DebugProtocol.StepOutResponse,
    args: DebugProtocol.StepOutArguments,
  ): void {
    this.#resume(response, args.threadId, 'stepOut');
  }

  protected override stepBackRequest(
    response: DebugProtocol.StepBackResponse,
    { threadId }: DebugProtocol.StepBackArguments,
  ): void {
    this.answer(response, () => this.running.travel(threadId, 'stepBack'));
  }

  protected override reverseContinueRequest(
    response: DebugProtocol.ReverseContinueResponse,
    { threadId }: DebugProtocol.ReverseContinueArguments,
  ): void {
    this.answer(response, () => this.running.travel(threadId, 'reverseContinue'));
  }

  protected override pauseRequest(
    response: DebugProtocol.PauseResponse,
    { threadId }: DebugProtocol.PauseArguments,
  ): void {
    this.answer(response, async () => {
      const { threads, link } = this.running;
      const runId = threadId === HOST_THREAD ? undefined : threads.runOf(threadId);
      await link.send('pause', runId === undefined ? {} : { runId });
    });
  }

  /** The client may give the launch configuration as it is now. */
  protected override restartRequest(
    response: DebugProtocol.RestartResponse,
    args: DebugProtocol.RestartArguments,
  ): void {
    this.answer(response, async () => {
      const { launch } = this.running;
      const given = args?.arguments;
      const read =
        given === undefined ? { launch } : readLaunchArguments(Object.assign({}, given, { project: launch.project }));
      if ('problem' in read) throw new Refusal(read.problem);
      await this.running.restart(read.launch);
    });
  }

  /** A new run that takes over what had happened before the frame, and is held there. */
  protected override restartFrameRequest(
    response: DebugProtocol.RestartFrameResponse,
    { frameId }: DebugProtocol.RestartFrameArguments,
  ): void {
    this.answer(response, async () => {
      const known = this.knownFrame(frameId);
      if (known === undefined) throw new Refusal('This run is not stopped there any more.');
      const { runId, step } = known.frame.origin;
      await this.running.restartFrom(runId, step);
    });
  }

  /**
   * `fireTrigger` starts another run of this session: what code lenses and views do while it is under way. `restartFrom` begins a run
   * again from one of its actions, with other inputs if any are given.
   */
  protected override customRequest(command: string, response: DebugProtocol.Response, args: unknown): void {
    this.answer(response, async () => {
      const given: DebugProtocol.LaunchRequestArguments = typeof args === 'object' && args !== null ? args : {};
      switch (command) {
        case 'fireTrigger':
          return this.#fire(given);
        case 'restartFrom': {
          const read = readRestartArguments(given, (threadId) => this.running.threads.runOf(threadId));
          if ('problem' in read) throw new Refusal(read.problem);
          return this.running.restartFrom(read.runId, read.step, read.inputs);
        }
        default:
          throw new Refusal(`The debugger does not know the request '${command}'.`);
      }
    });
  }

  protected stopped(threadId: number, hold: Hold): void {
    const { reason, error, breakpointIds, note } = hold;
    this.forgetFrames();
    const text = error === undefined || reason !== 'exception' ? note : `${error.code}: ${error.message}`;
    this.send('stopped', {
      reason,
      threadId,
      allThreadsStopped: false,
      ...(text === undefined ? {} : { text }),
      ...(note === undefined ? {} : { description: note }),
      ...(breakpointIds.length === 0 ? {} : { hitBreakpointIds: breakpointIds }),
    });
  }

  #fire(given: DebugProtocol.LaunchRequestArguments): void {
    const { launch } = this.running;
    const read = readLaunchArguments(Object.assign({}, given, { project: launch.project }));
    if ('problem' in read) throw new Refusal(read.problem);
    const { workflow, trigger = {} } = read.launch;
    if (workflow === undefined) throw new Refusal("'fireTrigger' needs the name of a workflow.");
    this.running.fire(workflow, trigger);
  }

  /** Forwards from a moment of the past what was recorded is gone through again; at the present the run itself goes on. */
  #resume(response: DebugProtocol.Response, threadId: number, mode: Resume, target?: StepInTarget): void {
    this.answer(response, async () => {
      const hold = this.running.threads.holdOf(threadId);
      if (hold === undefined) throw new Refusal('This run is not stopped.');
      if (hold.recorded === true) await this.running.travel(threadId, mode);
      else await this.running.resume(hold, mode, target);
    });
  }
}
