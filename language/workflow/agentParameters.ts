/** The parameters that an agent's tool declares, which the actions of the tool read with agentParameters(). */
import { member } from '../json/tree';
import type { StringNode } from '../json/tree';
import { enclosing } from './graph';
import type { Action } from './model';

/** Names declared by the tool around an action; undefined outside of tools, or when the tool declares none that can be read. */
export function agentParameterNames(action: Action): readonly StringNode[] | undefined {
  for (const each of [action, ...enclosing(action)]) {
    if (each.scope.role !== 'tool') continue;
    const properties = member(member(each.scope.holder, 'agentParameterSchema'), 'properties');
    return properties?.kind === 'object' ? properties.properties.map(({ key }) => key) : undefined;
  }
  return undefined;
}
