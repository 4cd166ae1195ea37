/** Looks into the past of held runs. A held step has at most one; it ends when the step goes on, or when the user is back at it. */
import type { Engine } from '../../engine/engine';
import { EngineError } from '../../engine/failure';
import type { RunEvent } from '../../events';
import { HostError } from '../commands';
import type { Hold, Travel } from '../commands';
import type { DebugGate } from './debugGate';
import { holdOf } from './holds';
import type { Held } from './holds';
import type { NestingOfRun } from './nesting';
import { recordedFrame } from './recordedFrame';
import type { Recorded } from './recordedFrame';
import { Timeline } from './timeline';
import type { Point } from './timeline';

export interface TravelsOptions {
  readonly gate: DebugGate;
  readonly nesting: NestingOfRun;
  events(runId: string): readonly RunEvent[];
  /** The engine that runs it. */
  engine(runId: string): Engine | undefined;
}

interface Look extends Recorded {
  readonly held: Held;
  readonly timeline: Timeline;
  readonly index: number;
}

export class Travels {
  readonly #options: TravelsOptions;
  /** By the id of the live hold. */
  readonly #looks = new Map<number, Look>();
  #lastId = 0;

  constructor(options: TravelsOptions) {
    this.#options = options;
  }

  /** The past that is looked at under this id. */
  held(holdId: number): Held | undefined {
    for (const { held } of this.#looks.values()) if (held.hold.holdId === holdId) return held;
    return undefined;
  }

  /** The live step goes on, or the user is back at it. */
  forget(liveId: number): void {
    this.#looks.get(liveId)?.close();
    this.#looks.delete(liveId);
  }

  /** Moves the look of a live hold; its hold is the reply, and at the end of the way forward the live one. */
  async travel(live: Held, mode: Travel): Promise<Hold> {
    const look = this.#looks.get(live.hold.holdId);
    const { runId } = live.hold;
    const timeline = look?.timeline ?? new Timeline(this.#options.events(runId), this.#options.nesting(runId));
    const { step, moment } = look?.held.hold ?? live.hold;
    const present = presentIn(timeline, live);
    const from = look?.index ?? present;
    switch (mode) {
      case 'stepBack': {
        const index =
          look === undefined && live.hold.expression !== undefined
            ? timeline.indexOf(step, 'before')
            : timeline.back(step, moment, from);
        if (index === undefined) throw new HostError('AtTheBeginning', 'The run began here: there is nothing before.');
        return this.#show(live, timeline, index, 'step');
      }
      case 'reverseContinue':
        return this.#search(live, timeline, descending(from - 1), 0);
      case 'continue':
        return this.#search(live, timeline, ascending(from + 1, present), undefined);
      case 'next':
        return this.#show(live, timeline, timeline.next(step, from), 'step');
      case 'stepIn':
        return this.#show(live, timeline, timeline.into(step, moment, from), 'step');
      case 'stepOut':
        return this.#show(live, timeline, timeline.out(step, from), 'step');
    }
  }

  /** The first point with a breakpoint that would hold there, else `end`. */
  async #search(live: Held, timeline: Timeline, indexes: Iterable<number>, end: number | undefined): Promise<Hold> {
    const { gate } = this.#options;
    for (const index of indexes) {
      const point = timeline.points[index];
      if (point === undefined) continue;
      const { step, moment } = point;
      const operation = step?.action ?? live.frame.context.trigger()?.get('name');
      if (typeof operation !== 'string') continue;
      const role = step === undefined ? 'trigger' : 'action';
      const meeting = { workflow: timeline.workflow, role, operation, moment } as const;
      if (!gate.hasBreakpoint(meeting)) continue;
      const recorded = await this.#record(live, timeline, point);
      const ids = gate.wouldHold(meeting, recorded.frame);
      if (ids.length > 0) return this.#keep(live, timeline, index, recorded, 'breakpoint', ids);
      recorded.close();
    }
    return this.#show(live, timeline, end, 'step');
  }

  async #show(live: Held, timeline: Timeline, index: number | undefined, reason: 'step' | 'breakpoint'): Promise<Hold> {
    const point = index === undefined ? undefined : timeline.points[index];
    const isPresent = index === presentIn(timeline, live) && live.hold.expression === undefined;
    if (point === undefined || index === undefined || isPresent) {
      this.forget(live.hold.holdId);
      return live.hold;
    }
    return this.#keep(live, timeline, index, await this.#record(live, timeline, point), reason, []);
  }

  #keep(
    live: Held,
    timeline: Timeline,
    index: number,
    recorded: Recorded,
    reason: 'step' | 'breakpoint',
    breakpointIds: readonly number[],
  ): Hold {
    const { moment } = timeline.points[index] ?? { moment: 'before' };
    // Ids below zero: those of live holds count upwards.
    const hold: Hold = {
      ...holdOf((this.#lastId -= 1), recorded.frame, { reason, breakpointIds, moment }),
      recorded: true,
    };
    this.forget(live.hold.holdId);
    this.#looks.set(live.hold.holdId, { ...recorded, held: { hold, frame: recorded.frame }, timeline, index });
    return hold;
  }

  async #record({ hold }: Held, timeline: Timeline, point: Point): Promise<Recorded> {
    const engine = this.#options.engine(hold.runId);
    try {
      const recorded = engine && (await recordedFrame(engine, timeline, point, this.#options.nesting(hold.runId)));
      if (recorded !== undefined) return recorded;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      throw new HostError('NotRecorded', error.message);
    }
    throw new HostError('NotRecorded', 'This moment of the run cannot be shown: its workflow has been changed since.');
  }
}

/** Held before the end of a step is told, a run stands behind everything that was recorded. */
function presentIn(timeline: Timeline, { hold }: Held): number {
  const begun = hold.moment === 'before' ? timeline.indexOf(hold.step, 'before') : undefined;
  return begun ?? timeline.points.length;
}

function* descending(from: number): Generator<number> {
  for (let index = from; index >= 0; index -= 1) yield index;
}

function* ascending(from: number, end: number): Generator<number> {
  for (let index = from; index < end; index += 1) yield index;
}
