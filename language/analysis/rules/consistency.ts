/** Members of one operation that must fit each other, where a schema of single members cannot say it. */
import { member, property, stringOf } from '../../json/tree';
import type { JsonNode, ObjectNode } from '../../json/tree';
import { isEmptyNode } from '../../json/plain';
import { pointerOf } from '../../json/path';
import type { Operation } from '../../workflow/model';
import { durationMilliseconds } from '../../workflow/duration';
import { parseTime } from '../../expressions/dates/parse';
import { declarationsOf } from '../../workflow/variables';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';

export const consistencyRule: WorkflowRule = {
  name: 'consistency',
  reach: 'operation',
  *check({ due }) {
    for (const operation of due.operations()) {
      switch (operation.type) {
        case 'Wait':
          yield* checkWait(operation);
          break;
        case 'Switch':
          yield* checkCases(operation);
          break;
        case 'InitializeVariable':
          yield* checkInitialValues(operation);
          break;
        case 'Terminate':
          yield* checkTermination(operation);
          break;
        case 'Http':
          yield* checkAddress(operation, ['inputs', 'uri']);
          break;
        case 'HttpWebhook':
          yield* checkAddress(operation, ['inputs', 'subscribe', 'uri']);
          yield* checkAddress(operation, ['inputs', 'unsubscribe', 'uri']);
          break;
        default:
          break;
      }
      yield* checkRetryPolicy(operation);
      yield* checkAuthentication(operation);
    }
  },
};

function given(node: JsonNode | undefined, name: string): JsonNode | undefined {
  const value = member(node, name);
  return value === undefined || isEmptyNode(value) ? undefined : value;
}

function* checkWait(operation: Operation): Iterable<Finding> {
  const { inputs } = operation;
  if (inputs?.kind !== 'object') return;
  const interval = given(inputs, 'interval');
  const until = given(inputs, 'until');
  const timestamp = member(until, 'timestamp');
  if (timestamp?.kind === 'string' && !isComputed(timestamp.value) && parseTime(timestamp.value) === undefined) {
    yield {
      code: 'workflow-invalid-value',
      range: timestamp,
      path: `${operation.path}/inputs/until/timestamp`,
      message: '"inputs.until.timestamp" must be a time, such as 2030-01-31T08:00:00Z.',
    };
  }
  if (interval !== undefined && until !== undefined) {
    yield {
      code: 'workflow-conflicting-properties',
      range: property(inputs, 'until')?.key ?? until,
      path: `${operation.path}/inputs`,
      message: 'A Delay waits for an "interval" or "until" a time, not both.',
    };
  } else if (interval === undefined && until === undefined) {
    yield {
      code: 'workflow-missing-property',
      range: operation.property.key,
      path: `${operation.path}/inputs`,
      message: `The Wait action '${operation.name}' needs "interval" or "until".`,
    };
  }
}

/** Source: "Terminate action": an error is told of a run that has failed. */
function* checkTermination(operation: Operation): Iterable<Finding> {
  const status = stringOf(member(operation.inputs, 'runStatus'));
  const error = property(operation.inputs, 'runError');
  if (error === undefined || status === undefined || isComputed(status) || status.toLowerCase() === 'failed') return;
  yield {
    code: 'workflow-conflicting-properties',
    severity: 'warning',
    range: error.key,
    path: `${operation.path}/inputs/runError`,
    message: `"runError" is only told of a run that ends as Failed, and this one ends as ${status}.`,
  };
}

function* checkAddress(operation: Operation, path: readonly string[]): Iterable<Finding> {
  const node = path.reduce<JsonNode | undefined>((each, name) => member(each, name), operation.node);
  if (node?.kind !== 'string' || node.value === '' || isComputed(node.value)) return;
  if (/^https?:\/\//i.test(node.value)) return;
  yield {
    code: 'workflow-invalid-value',
    // Words in capitals wait to be replaced.
    ...(/^[A-Z0-9_]+$/.test(node.value) ? { severity: 'warning' as const } : {}),
    range: node,
    path: operation.path + pointerOf(path),
    message: `"${path.slice(1).join('.')}" must be a whole address: it begins with https:// or http://.`,
  };
}

function* checkCases(operation: Operation): Iterable<Finding> {
  const cases = member(operation.node, 'cases');
  if (cases?.kind !== 'object') return;
  const seen = new Map<string, string>();
  for (const { key, value } of cases.properties) {
    const node = member(value, 'case');
    if (node === undefined || (node.kind === 'string' && isComputed(node.value))) continue;
    const text = caseText(node);
    if (text === undefined) continue;
    const first = seen.get(text);
    if (first === undefined) {
      seen.set(text, key.value);
    } else {
      yield {
        code: 'switch-duplicate-case',
        range: node,
        path: operation.path + pointerOf(['cases', key.value, 'case']),
        message: `The case '${first}' has this value already: '${key.value}' can never run.`,
      };
    }
  }
}

function caseText(node: JsonNode): string | undefined {
  if (node.kind === 'string') return `text ${node.value}`;
  return node.kind === 'number' ? `number ${Number(node.text)}` : undefined;
}

/** What a literal must be for a variable of a type. Texts may be expressions. */
const fitting: Readonly<Record<string, (node: JsonNode) => boolean>> = {
  string: (node) => node.kind === 'string',
  integer: (node) => node.kind === 'number' && /^-?\d+$/.test(node.text),
  float: (node) => node.kind === 'number',
  boolean: (node) => node.kind === 'literal' && node.value !== null,
  array: (node) => node.kind === 'array',
  object: (node) => node.kind === 'object',
};

function* checkInitialValues(operation: Operation): Iterable<Finding> {
  for (const { name, type, value, path } of declarationsOf(operation)) {
    const fits = fitting[type];
    if (fits === undefined || value === undefined || isEmptyNode(value) || fits(value)) continue;
    // The platform reads a number or a truth value out of a text.
    if (value.kind === 'string' && type !== 'array' && type !== 'object') continue;
    if (value.kind === 'string' && (value.value === '' || isComputed(value.value))) continue;
    yield {
      code: 'variable-wrong-type',
      range: value,
      path: `${path}/value`,
      message: `The variable '${name}' is of type ${type}, but its initial value is not.`,
    };
  }
}

/** Source: "Retry policies" of the error handling article: which members each type of policy needs. */
function* checkRetryPolicy(operation: Operation): Iterable<Finding> {
  const policy = member(operation.inputs, 'retryPolicy') ?? member(operation.node, 'retryPolicy');
  if (policy?.kind !== 'object') return;
  const type = stringOf(member(policy, 'type'))?.toLowerCase();
  if (type !== 'fixed' && type !== 'exponential') return;
  for (const name of ['count', 'interval']) {
    if (given(policy, name) === undefined) {
      yield lacking(operation, policy, 'retryPolicy', `A retry policy of type ${type} needs "${name}".`);
    }
  }
  for (const name of ['interval', 'minimumInterval', 'maximumInterval']) {
    const node = member(policy, name);
    const length = node?.kind === 'string' && !isComputed(node.value) ? durationMilliseconds(node.value) : undefined;
    if (node === undefined || length === undefined || (length >= LEAST_DELAY && length <= MOST_DELAY)) continue;
    yield {
      code: 'platform-limit',
      range: node,
      path: operation.path + pointerOf(['inputs', 'retryPolicy', name]),
      message: 'A retry waits for 5 seconds (PT5S) to 1 day (P1D).',
    };
  }
}

/** "Retry min delay" and "Retry max delay" of the limits page, in milliseconds. */
const LEAST_DELAY = 5000;
const MOST_DELAY = 86_400_000;

/** What each kind of authentication cannot do without. Source: "Add authentication to outbound calls". */
const credentials: Readonly<Record<string, readonly string[]>> = {
  basic: ['username', 'password'],
  clientcertificate: ['pfx'],
  raw: ['value'],
  activedirectoryoauth: ['tenant', 'audience', 'clientId'],
};

function* checkAuthentication(operation: Operation): Iterable<Finding> {
  if (!['Http', 'HttpWebhook', 'Function'].includes(operation.type)) return;
  const authentication = member(operation.inputs, 'authentication');
  if (authentication?.kind !== 'object') return;
  const type = stringOf(member(authentication, 'type'));
  if (type === undefined) {
    yield lacking(operation, authentication, 'authentication', '"authentication" needs "type".');
    return;
  }
  for (const name of credentials[type.toLowerCase()] ?? []) {
    if (given(authentication, name) !== undefined) continue;
    yield lacking(operation, authentication, 'authentication', `Authentication of type ${type} needs "${name}".`);
  }
  const isOAuth = type.toLowerCase() === 'activedirectoryoauth';
  if (isOAuth && given(authentication, 'secret') === undefined && given(authentication, 'pfx') === undefined) {
    yield lacking(
      operation,
      authentication,
      'authentication',
      `Authentication of type ${type} needs "secret" or "pfx".`,
    );
  }
}

function lacking(operation: Operation, node: ObjectNode, name: string, message: string): Finding {
  const key = property(operation.inputs, name)?.key ?? property(operation.node, name)?.key;
  return {
    code: 'workflow-missing-property',
    range: key ?? { start: node.start, end: node.start + 1 },
    path: operation.path + pointerOf(['inputs', name]),
    message,
  };
}
