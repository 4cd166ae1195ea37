/**
 * A connection of connections.json with its values: app settings and parameters filled in. The result holds secrets; it stays inside
 * the runtime and is never put into an event.
 */
import { findConnection, readConnections } from '../../language/project/connections';
import type { Connections, ConnectionSection } from '../../language/project/connections';
import { isObject } from '../../language/json/value';
import type { ObjectValue } from '../../language/json/value';
import { ParameterValues } from '../engine/parameters';
import type { RuntimeProject } from '../engine/project';
import type { Failure } from '../events';
import type { Ports } from '../ports';

export interface ResolvedConnection {
  /** The name that workflows use, as connections.json spells it. */
  readonly key: string;
  readonly connector: string | undefined;
  readonly values: ObjectValue;
}

export class ConnectionResolver {
  readonly #connections: Connections | undefined;
  readonly #parameters: ParameterValues;
  readonly #resolved = new Map<string, ResolvedConnection | { readonly error: Failure }>();

  constructor(project: RuntimeProject, { clock, ids }: Pick<Ports, 'clock' | 'ids'>) {
    this.#connections = project.connections && readConnections(project.connections);
    this.#parameters = new ParameterValues(project, undefined, () => clock.now(), ids);
  }

  /** Undefined when there is no such connection; an error says which value cannot be had. */
  resolve(section: ConnectionSection, key: string): ResolvedConnection | { readonly error: Failure } | undefined {
    const found = this.#connections && findConnection(this.#connections, section, key);
    const node = found?.property.value;
    if (found === undefined || node === undefined) return undefined;
    const known = this.#resolved.get(found.path);
    if (known !== undefined) return known;
    let resolved: ResolvedConnection | { readonly error: Failure };
    try {
      const values = this.#parameters.evaluate(node);
      resolved = isObject(values)
        ? { key: found.key, connector: found.connector, values }
        : { error: unresolved(found.key, 'its entry is no object.') };
    } catch (error) {
      resolved = { error: unresolved(found.key, error instanceof Error ? error.message : String(error)) };
    }
    this.#resolved.set(found.path, resolved);
    return resolved;
  }
}

function unresolved(key: string, reason: string): Failure {
  return {
    code: 'ConnectionNotResolved',
    message: `The connection '${key}' of connections.json cannot be used: ${reason}`,
  };
}
