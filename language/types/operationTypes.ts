/**
 * What triggers and actions put out, by type. Sources: Microsoft's reference of trigger and action types ("Outputs" of each), and for
 * service providers the manifest of the operation. Objects that the platform fills are open: a member not listed may be there.
 */
import { findConnector, findOperation } from '../catalog/manifest';
import type { ConnectorManifest, OperationManifest } from '../catalog/manifest';
import { member, stringOf } from '../json/tree';
import type { JsonNode } from '../json/tree';
import type { Action, Operation, Trigger } from '../workflow/model';
import { typeOfManifestSchema, typeOfSchema, typeOfUncheckedSchema } from './schemaTypes';
import { anything, arrayOf, objectOf, plain } from './valueType';
import type { ValueType } from './valueType';

/** How the value of a node of an operation is typed. */
export type TypeOfNode = (
  node: JsonNode | undefined,
  owner: Operation,
  path: readonly (string | number)[],
) => ValueType;

const strings = plain('string');
const headers = objectOf({}, false);
const httpOutputs = objectOf({ statusCode: plain('integer'), headers, body: anything }, false);

/** What `outputs('Action')` gives. */
export function actionOutputs(
  action: Action,
  connectors: readonly ConnectorManifest[],
  typeOfNode: TypeOfNode,
): ValueType {
  const { inputs } = action;
  switch (action.type) {
    case 'Compose':
      return typeOfNode(inputs, action, ['inputs']);
    case 'ParseJson':
      return withBody(typeOfSchema(member(inputs, 'schema')));
    case 'Select':
      return withBody(arrayOf(() => typeOfNode(member(inputs, 'select'), action, ['inputs', 'select'])));
    case 'Query': {
      const from = typeOfNode(member(inputs, 'from'), action, ['inputs', 'from']);
      return withBody(from.hasItem ? arrayOf(() => from.item) : plain('array'));
    }
    case 'Join':
    case 'Table':
      return withBody(strings);
    case 'Expression':
      return withBody(anything);
    case 'ServiceProvider':
      return serviceOutputs(action, connectors);
    case 'Http':
    case 'HttpWebhook':
    case 'ApiConnection':
    case 'ApiConnectionWebhook':
    case 'OpenApiConnection':
    case 'Function':
    case 'Workflow':
    case 'ApiManagement':
      return httpOutputs;
    case 'Response':
      return objectOf(
        { statusCode: anything, headers, body: typeOfNode(member(inputs, 'body'), action, ['inputs', 'body']) },
        false,
      );
    case 'XmlParse':
    case 'Xslt':
    case 'Liquid':
    case 'JavaScriptCode':
    case 'CSharpScriptCode':
    case 'PowerShellCode':
    case 'InvokeFunction':
    case 'FlatFileDecoding':
    case 'FlatFileEncoding':
    case 'XmlValidation':
      return objectOf({ body: anything }, false);
    default:
      return anything;
  }
}

function withBody(body: ValueType): ValueType {
  return objectOf({ body }, true);
}

/** What `triggerOutputs()` gives before `splitOn` takes it apart. A schema says what callers should send; they may not. */
export function triggerOutputs(trigger: Trigger, connectors: readonly ConnectorManifest[]): ValueType {
  switch (trigger.type) {
    case 'Request': {
      const schema = member(trigger.inputs, 'schema');
      const options = stringOf(member(trigger.node, 'operationOptions')) ?? '';
      const body = /enableschemavalidation/i.test(options) ? typeOfSchema(schema) : typeOfUncheckedSchema(schema);
      return objectOf(
        { body, headers, queries: objectOf({}, false), relativePathParameters: objectOf({}, false) },
        false,
      );
    }
    case 'Http':
    case 'HttpWebhook':
    case 'ApiConnection':
    case 'ApiConnectionWebhook':
    case 'ApiConnectionNotification':
    case 'ApiManagement':
      return objectOf({ body: anything, headers, queries: anything, statusCode: anything }, false);
    case 'SlidingWindow':
      return objectOf({ windowStartTime: strings, windowEndTime: strings }, false);
    case 'ServiceProvider':
      return serviceOutputs(trigger, connectors);
    default:
      return anything;
  }
}

function serviceOutputs(operation: Operation, connectors: readonly ConnectorManifest[]): ValueType {
  const manifest = operationManifest(operation, connectors);
  if (manifest?.body === undefined) return objectOf({ body: anything }, false);
  const body = typeOfManifestSchema(manifest.body);
  const isList = manifest.batch === true && member(operation.node, 'splitOn') === undefined;
  return objectOf({ body: isList ? arrayOf(() => body) : body }, false);
}

/** The manifest of the operation that a service provider trigger or action names, when it is known. */
export function operationManifest(
  operation: Operation,
  connectors: readonly ConnectorManifest[],
): OperationManifest | undefined {
  const configuration = member(operation.inputs, 'serviceProviderConfiguration');
  const provider = stringOf(member(configuration, 'serviceProviderId'));
  const id = stringOf(member(configuration, 'operationId'));
  if (provider === undefined || id === undefined) return undefined;
  const connector = findConnector(connectors, provider.slice(provider.lastIndexOf('/') + 1));
  return connector && findOperation(connector, id);
}

/** What `actions('Action')` and `trigger()` give around the outputs. */
export function recordOf(outputs: ValueType): ValueType {
  return objectOf(
    {
      name: strings,
      inputs: anything,
      outputs,
      startTime: strings,
      endTime: strings,
      status: strings,
      code: anything,
      trackingId: anything,
      clientTrackingId: anything,
      error: anything,
    },
    false,
  );
}
