/** The schemas of triggers and actions by type, and of the definition around them. Data: `schemas/operations`. */
import actions from '../../schemas/operations/actions.json';
import definition from '../../schemas/operations/definition.json';
import shared from '../../schemas/operations/shared.json';
import triggers from '../../schemas/operations/triggers.json';
import type { JsonSchema } from './schema';

type Definitions = Readonly<Record<string, JsonSchema>>;

const actionDefinitions: Definitions = actions.definitions;
const triggerDefinitions: Definitions = triggers.definitions;
const sharedDefinitions: Definitions = shared.definitions;
const actionNames = namesOf(actionDefinitions);
const triggerNames = namesOf(triggerDefinitions);

export const definitionSchema: JsonSchema = definition;

export type OperationRole = 'action' | 'trigger';

/** The platform's spelling of a type that has a schema, found in any case. */
export function schemaName(role: OperationRole, type: string): string | undefined {
  return (role === 'action' ? actionNames : triggerNames).get(type.toLowerCase());
}

/** What is special to a type: its `inputs` and own members. */
export function operationSchema(role: OperationRole, type: string): JsonSchema | undefined {
  const name = schemaName(role, type);
  return name === undefined ? undefined : (role === 'action' ? actionDefinitions : triggerDefinitions)[name];
}

/** What all triggers or all actions have. */
export function commonSchema(role: OperationRole): JsonSchema {
  return (role === 'action' ? actionDefinitions : triggerDefinitions)['common'] ?? {};
}

/** Every type that has a schema, with it. */
export function operationSchemas(role: OperationRole): (readonly [string, JsonSchema])[] {
  return Object.entries(role === 'action' ? actionDefinitions : triggerDefinitions).filter(
    ([name]) => name !== 'common',
  );
}

/** Follows a `$ref` of the operation schemas: `shared.json#/definitions/retryPolicy`. */
export function lookupShared(reference: string): JsonSchema | undefined {
  const [file, name] = reference.split('#/definitions/');
  return file === 'shared.json' && name !== undefined ? sharedDefinitions[name] : undefined;
}

function namesOf(definitions: Definitions): ReadonlyMap<string, string> {
  return new Map(
    Object.keys(definitions)
      .filter((name) => name !== 'common')
      .map((name) => [name.toLowerCase(), name]),
  );
}
