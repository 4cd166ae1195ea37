/** Features that a case may need and this runtime may lack: such a case is skipped, and says why. */
import type { ScenarioCase } from './case';

const present: ReadonlySet<string> = new Set(['inline-javascript', 'xslt-3.0']);

/** Why the case cannot be judged here; undefined when it can. */
export function unmetNeeds(scenario: ScenarioCase): string | undefined {
  const missing = scenario.needs.filter((need) => !present.has(need));
  return missing.length === 0 ? undefined : `needs ${missing.join(', ')}, which this runtime does not have`;
}
