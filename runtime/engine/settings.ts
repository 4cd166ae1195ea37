/**
 * The settings of a trigger or action that change how it runs: `operationOptions`, `runtimeConfiguration`, `limit`.
 * Names and values match in any case. Source: "Schema reference guide for trigger and action types", runtime configuration settings
 * and operation options.
 */
import { stringOf } from '../../language/json/tree';
import type { JsonNode } from '../../language/json/tree';

export class OperationSettings {
  readonly #node: JsonNode | undefined;
  readonly #options: ReadonlySet<string>;
  /** `runtimeConfiguration.secureData.properties`. */
  readonly secured: { readonly inputs: boolean; readonly outputs: boolean };

  /** `runtimeConfiguration.staticResult`. */
  readonly staticResult: JsonNode | undefined;
  readonly trackedProperties: JsonNode | undefined;

  constructor(node: JsonNode | undefined) {
    this.#node = node;
    this.staticResult = this.runtime('staticResult');
    this.trackedProperties = anyCase(node, 'trackedProperties');
    const options = stringOf(anyCase(node, 'operationOptions')) ?? '';
    this.#options = new Set(options.split(',').map((each) => each.trim().toLowerCase()));
    const properties = this.runtime('secureData', 'properties');
    const names = properties?.kind === 'array' ? properties.items.map((each) => stringOf(each)?.toLowerCase()) : [];
    this.secured = { inputs: names.includes('inputs'), outputs: names.includes('outputs') };
  }

  /** True when `operationOptions` (a comma-separated list) names the option. */
  option(name: string): boolean {
    return this.#options.has(name.toLowerCase());
  }

  /** A node below `runtimeConfiguration`. */
  runtime(...path: readonly string[]): JsonNode | undefined {
    return ['runtimeConfiguration', ...path].reduce<JsonNode | undefined>(anyCase, this.#node);
  }

  /** A node below `limit`. */
  limit(name: 'count' | 'timeout'): JsonNode | undefined {
    return anyCase(anyCase(this.#node, 'limit'), name);
  }

  member(name: string): JsonNode | undefined {
    return anyCase(this.#node, name);
  }
}

/** A member of an object node whose name matches in any case; the exact spelling wins. */
export function anyCase(node: JsonNode | undefined, name: string): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined;
  const lower = name.toLowerCase();
  return (
    node.properties.findLast((each) => each.key.value === name) ??
    node.properties.findLast((each) => each.key.value.toLowerCase() === lower)
  )?.value;
}
