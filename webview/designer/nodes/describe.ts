/**
 * How an operation is told in a few words: its category, the name of its type for people, and the one detail that tells two alike
 * apart. Unknown types are shown as they are written.
 */
import { member, stringOf } from '../../../language/json/tree';
import type { JsonNode } from '../../../language/json/tree';
import type { Operation } from '../../../language/workflow/model';
import { conditionText, readCondition } from '../fields/condition';
import { categoryOf, kindLabels, typeLabels } from './types';
import type { Category } from './types';

export interface Description {
  readonly category: Category;
  /** "HTTP", "Parse JSON", "Service Bus". */
  readonly label: string;
  /** "POST https://…", the variable, the collection of a loop; one line, may be long. */
  readonly detail: string | undefined;
}

export function describe(operation: Operation, role: 'trigger' | 'action'): Description {
  const { type } = operation;
  if (type === '') return { category: 'unknown', label: 'No type', detail: undefined };
  const labels = role === 'trigger' ? typeLabels.trigger : typeLabels.action;
  const key = type.toLowerCase();
  const connector = connectorName(operation);
  const byKind = role === 'action' ? kindLabels[`${key} ${(operation.kind ?? '').toLowerCase()}`] : undefined;
  const label = connector ?? byKind ?? labels[key] ?? type;
  return { category: categoryOf(key), label, detail: detailOf(operation, role, key) };
}

/** A name as the platform's own designer shows it: underscores stand for blanks. */
export function displayName(name: string): string {
  return name.replaceAll('_', ' ').trim() || name;
}

/** The connector behind a connection-based operation, in words: from `/serviceProviders/serviceBus` or a managed API's id. */
function connectorName({ inputs }: Operation): string | undefined {
  const provider = stringOf(member(member(inputs, 'serviceProviderConfiguration'), 'serviceProviderId'));
  const host = member(inputs, 'host');
  const api = stringOf(member(host, 'apiId'));
  const id = provider ?? (api?.includes('/') === true ? api : undefined);
  const name = id?.split('/').filter(Boolean).at(-1);
  if (name !== undefined) return inWords(name);
  const connection = member(host, 'connection');
  const reference = stringOf(member(connection, 'referenceName'));
  if (reference !== undefined) return inWords(reference.replace(/-\d+$/, ''));
  // Consumption: "@parameters('$connections')['office365']['connectionId']".
  const expression = stringOf(member(connection, 'name'))?.match(/\['([^']+)'\]\['connectionId'\]/);
  return expression?.[1] === undefined ? undefined : inWords(expression[1].replace(/[-_]\d+$/, ''));
}

/** "serviceBus" and "send_message" become "Service Bus" and "Send message". */
export function inWords(name: string): string {
  const spaced = name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function detailOf({ node, inputs }: Operation, role: 'trigger' | 'action', type: string): string | undefined {
  const input = (name: string): string | undefined => shortText(member(inputs, name));
  switch (type) {
    case 'http':
      return joined(input('method')?.toUpperCase(), input('uri'));
    case 'request':
      return role === 'trigger' ? joined(input('method')?.toUpperCase(), input('relativePath')) : undefined;
    case 'response':
      return input('statusCode');
    case 'setvariable':
    case 'incrementvariable':
    case 'decrementvariable':
    case 'appendtoarrayvariable':
    case 'appendtostringvariable':
      return input('name');
    case 'initializevariable': {
      const variables = member(inputs, 'variables');
      const names = variables?.kind === 'array' ? variables.items.map((each) => stringOf(member(each, 'name'))) : [];
      return names.filter((name) => name !== undefined).join(', ') || undefined;
    }
    case 'foreach':
      return shortText(member(node, 'foreach'));
    case 'switch':
      return shortText(member(node, 'expression'));
    case 'if':
    case 'until': {
      const condition = readCondition(member(node, 'expression'));
      return condition === undefined ? undefined : conditionText(condition);
    }
    case 'workflow':
      return shortText(member(member(member(inputs, 'host'), 'workflow'), 'id'));
    case 'terminate':
      return input('runStatus');
    case 'invokefunction':
      return input('functionName');
    case 'recurrence':
    case 'slidingwindow':
      return recurrenceText(member(node, 'recurrence'));
    case 'wait': {
      const interval = member(inputs, 'interval');
      const until = shortText(member(member(inputs, 'until'), 'timestamp'));
      return until ?? joined(shortText(member(interval, 'count')), shortText(member(interval, 'unit')));
    }
    case 'serviceprovider': {
      const operation = stringOf(member(member(inputs, 'serviceProviderConfiguration'), 'operationId'));
      return operation === undefined ? undefined : inWords(operation);
    }
    case 'apiconnection':
    case 'apiconnectionwebhook':
      return joined(input('method')?.toUpperCase(), input('path'));
    case 'openapiconnection':
    case 'openapiconnectionwebhook':
    case 'openapiconnectionnotification': {
      const operation = stringOf(member(member(inputs, 'host'), 'operationId'));
      return operation === undefined ? undefined : inWords(operation);
    }
    case 'xslt':
    case 'liquid':
      return shortText(member(member(inputs, 'map'), 'name'));
    default:
      return undefined;
  }
}

function recurrenceText(recurrence: JsonNode | undefined): string | undefined {
  const frequency = stringOf(member(recurrence, 'frequency'));
  const interval = shortText(member(recurrence, 'interval'));
  if (frequency === undefined || interval === undefined) return undefined;
  const unit = frequency.toLowerCase();
  return interval === '1' ? `Every ${unit}` : `Every ${interval} ${unit}s`;
}

function shortText(node: JsonNode | undefined): string | undefined {
  switch (node?.kind) {
    case 'string':
      return node.value.length > 200 ? `${node.value.slice(0, 200)}…` : node.value;
    case 'number':
      return node.text;
    case 'literal':
      return String(node.value);
    default:
      return undefined;
  }
}

function joined(...parts: readonly (string | undefined)[]): string | undefined {
  const text = parts.filter((part) => part !== undefined && part !== '').join(' ');
  return text === '' ? undefined : text;
}
