/**
 * What is known of a connector: how it is connected to, and its operations with what they take and give. Completion, checks, forms
 * and the runtime read the same manifest. Values of this type stand in `runtime/connectors/<id>/manifest.ts`.
 */
import type { JsonSchema } from './schema';

export interface ConnectorManifest {
  /** `AzureBlob` of `/serviceProviders/AzureBlob`; matches in any case. */
  readonly id: string;
  readonly title: string;
  /** The ways to connect; the first is offered first. */
  readonly parameterSets: readonly ConnectionParameterSet[];
  readonly operations: readonly OperationManifest[];
}

export interface ConnectionParameterSet {
  /** `parameterSetName` in connections.json. */
  readonly name: string;
  readonly title: string;
  readonly parameters: readonly ConnectionParameter[];
}

export interface ConnectionParameter {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly required: boolean;
  /** Its value belongs into an app setting and is never shown. */
  readonly secret: boolean;
}

/** `polling` triggers have a recurrence of their own; `push` triggers are told by the service. */
export type OperationKind = 'action' | 'polling' | 'push';

export interface OperationManifest {
  /** `operationId` in the workflow; matches in any case. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly kind: OperationKind;
  /** Of `inputs.parameters`. */
  readonly parameters: JsonSchema;
  /** Of `body`; of one item where a trigger brings several. Undefined when it gives none. */
  readonly body?: JsonSchema;
  /** The trigger brings an array, which the designer lets `splitOn` take apart. */
  readonly batch?: boolean;
}

export function findConnector(
  manifests: readonly ConnectorManifest[],
  connector: string,
): ConnectorManifest | undefined {
  return manifests.find(({ id }) => id.toLowerCase() === connector.toLowerCase());
}

export function findOperation(manifest: ConnectorManifest, operation: string): OperationManifest | undefined {
  return manifest.operations.find(({ id }) => id.toLowerCase() === operation.toLowerCase());
}
