/** All functions of the language, found by name without regard to case. */
import { agentFunctions } from './agent';
import { borrowedFunctions } from './borrowed';
import { collectionFunctions } from './collection';
import { contentFunctions } from './content';
import { conversionFunctions } from './conversion';
import { dateFunctions } from './date';
import { arityOf } from './definition';
import type { Arity, FunctionDefinition } from './definition';
import { formatNumberFunctions } from './formatNumber';
import { formDataFunctions } from './formData';
import { logicalFunctions } from './logical';
import { manipulationFunctions } from './manipulation';
import { mathFunctions } from './math';
import { searchFunctions } from './search';
import { stringFunctions } from './string';
import { uriFunctions } from './uri';
import { workflowFunctions } from './workflow';
import { xmlFunctions } from './xml';

/** In the order of the documentation: by category. */
export const functions: readonly FunctionDefinition[] = [
  ...stringFunctions,
  ...searchFunctions,
  ...formatNumberFunctions,
  ...collectionFunctions,
  ...logicalFunctions,
  ...conversionFunctions,
  ...contentFunctions,
  ...mathFunctions,
  ...dateFunctions,
  ...workflowFunctions,
  ...agentFunctions,
  ...formDataFunctions,
  ...uriFunctions,
  ...manipulationFunctions,
  ...xmlFunctions,
  ...borrowedFunctions,
];

/** A function with its arity at hand. */
export interface FunctionEntry {
  readonly definition: FunctionDefinition;
  readonly arity: Arity;
}

const byName = new Map<string, FunctionEntry>();
for (const definition of functions) {
  const entry = { definition, arity: arityOf(definition) };
  byName.set(definition.name.toLowerCase(), entry);
  // Most calls are spelled as documented: these need no change of case.
  byName.set(definition.name, entry);
}

export function findEntry(name: string): FunctionEntry | undefined {
  return byName.get(name) ?? byName.get(name.toLowerCase());
}

export function findFunction(name: string): FunctionDefinition | undefined {
  return findEntry(name)?.definition;
}

/** The function whose name is closest to a misspelled one, if any is close. */
export function similarFunction(name: string): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const definition of functions) {
    const distance = editDistance(wanted, definition.name.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = definition.name;
    }
  }
  return best;
}

/** Levenshtein's distance; `limit` when it is at least that. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit) return limit;
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 0; i < left.length; i++) {
    const current = [i + 1];
    for (let j = 0; j < right.length; j++) {
      const substitution = (previous[j] ?? 0) + (left[i] === right[j] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j + 1] ?? 0) + 1, (current[j] ?? 0) + 1));
    }
    previous = current;
  }
  return Math.min(limit, previous[right.length] ?? limit);
}
