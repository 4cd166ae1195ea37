/**
 * The runs that designers show: for each workflow the latest that started, or the one a debugger holds, or one chosen from the history.
 * Pure bookkeeping over `RunFold`; a workflow is named by the key of its file.
 */
import type { HostNotice } from '../../../runtime/host/commands';
import type { RunEvent } from '../../../runtime/events';
import { RunFold } from './runFold';

interface Known {
  readonly workflow: string;
  readonly fold: RunFold;
}

export class DesignerRuns {
  readonly #runs = new Map<string, Known>();
  readonly #shown = new Map<string, string>();
  readonly #changed: (workflow: string) => void;

  /** `changed` is called with the workflow whose picture of its run is no longer up to date. */
  constructor(changed: (workflow: string) => void) {
    this.#changed = changed;
  }

  /** The run to show over a workflow. */
  of(workflow: string): RunFold | undefined {
    const runId = this.#shown.get(workflow);
    return runId === undefined ? undefined : this.#runs.get(runId)?.fold;
  }

  /** Takes in what a host tells; `keyOf` gives the key of one of its workflows by name. */
  notice(notice: HostNotice, keyOf: (workflow: string) => string): void {
    switch (notice.type) {
      case 'event':
        if (notice.event.type === 'runStarted') this.#begin(notice.event.runId, keyOf(notice.event.workflow));
        this.#add(notice.event);
        return;
      case 'held': {
        const { runId, workflow, holdId, role, step } = notice.hold;
        const known = this.#runs.get(runId) ?? this.#begin(runId, keyOf(workflow));
        known.fold.hold(holdId, role === 'trigger' || step === undefined ? 'trigger' : step);
        this.#show(runId, known.workflow);
        return;
      }
      case 'released':
        for (const { fold, workflow } of this.#runs.values()) if (fold.release(notice.holdId)) this.#changed(workflow);
        return;
      case 'listening':
      case 'reloaded':
      case 'log':
      case 'crashed':
        return;
    }
  }

  /** Shows a run of the past, from its events. */
  replay(workflow: string, events: readonly RunEvent[]): void {
    const [first] = events;
    if (first === undefined) return;
    const { fold } = this.#begin(first.runId, workflow);
    for (const event of events) fold.add(event);
  }

  clear(workflow: string): void {
    const runId = this.#shown.get(workflow);
    if (runId === undefined) return;
    this.#shown.delete(workflow);
    this.#forgetFinished();
    this.#changed(workflow);
  }

  #begin(runId: string, workflow: string): Known {
    const known: Known = { workflow, fold: new RunFold(runId) };
    this.#runs.set(runId, known);
    this.#show(runId, workflow);
    return known;
  }

  #show(runId: string, workflow: string): void {
    this.#shown.set(workflow, runId);
    this.#forgetFinished();
    this.#changed(workflow);
  }

  #add(event: RunEvent): void {
    const known = this.#runs.get(event.runId);
    if (known === undefined) return;
    known.fold.add(event);
    if (this.#shown.get(known.workflow) === event.runId) this.#changed(known.workflow);
    else if (event.type === 'runFinished') this.#runs.delete(event.runId);
  }

  /** A finished run that is not shown will not be shown from here again. */
  #forgetFinished(): void {
    for (const [runId, { fold, workflow }] of this.#runs) {
      if (fold.isFinished && this.#shown.get(workflow) !== runId) this.#runs.delete(runId);
    }
  }
}
