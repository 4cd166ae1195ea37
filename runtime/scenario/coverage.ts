/** Which actions the cases of a test run have executed, by workflow. */
import { resolve } from 'node:path';
import type { RunHistory } from '../engine/history';
import type { ScenarioCase } from './case';
import type { Observation } from './observation';
import { projectOfCase } from './projectOfCase';

export interface WorkflowCoverage {
  /** Project folder, or `(inline)`. */
  readonly project: string;
  readonly workflow: string;
  readonly total: number;
  readonly covered: number;
  readonly missed: readonly string[];
}

interface Tally {
  readonly project: string;
  readonly workflow: string;
  readonly actions: readonly string[];
  readonly executed: Set<string>;
}

export class Coverage {
  readonly #tallies = new Map<string, Tally>();

  /** Counts what a case has executed; `folder` is where its file lies. */
  async add(scenario: ScenarioCase, folder: string, seen: Observation): Promise<void> {
    const place = scenario.project === undefined ? '(inline)' : resolve(folder, scenario.project);
    const { project } = await projectOfCase(scenario, folder);
    for (const run of [...seen.runs, ...seen.called]) {
      const found = [...project.workflows].find(([name]) => name.toLowerCase() === run.workflow.toLowerCase());
      if (found === undefined) continue;
      const [name, reading] = found;
      // Inline projects have nothing in common but their names.
      const key = scenario.project === undefined ? `${scenario.id}/${name}` : `${place}/${name}`;
      const actions = reading.workflow?.actions.map((action) => action.name) ?? [];
      const tally = this.#tallies.get(key) ?? { project: place, workflow: name, actions, executed: new Set<string>() };
      this.#tallies.set(key, tally);
      count(run, tally.executed);
    }
  }

  report(): WorkflowCoverage[] {
    return [...this.#tallies.values()].map(({ project, workflow, actions, executed }) => ({
      project,
      workflow,
      total: actions.length,
      covered: actions.filter((name) => executed.has(name)).length,
      missed: actions.filter((name) => !executed.has(name)),
    }));
  }
}

function count(run: RunHistory, executed: Set<string>): void {
  for (const action of run.actions()) if (action.status !== 'Skipped') executed.add(action.name);
}
