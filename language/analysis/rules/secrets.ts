/** Secrets that stand in connections.json or in an operation as plain text, where source control keeps them for ever. */
import { pointerOf } from '../../json/path';
import type { JsonNode } from '../../json/tree';
import { member } from '../../json/tree';
import { isComputed } from '../computed';
import type { Finding, ProjectRule, WorkflowRule } from '../rule';

/** Members whose value is a secret by their name. */
const secretNames =
  /^(password|secret|clientsecret|pfx|accountkey|accesskey|sharedaccesskey|apikey|subscriptionkey|storageaccountkey|connectionstring|sas|token|privatekey|sshprivatekey)$/i;

/** Texts that carry a secret whatever their name: connection strings and signed addresses. */
const secretTexts = /(AccountKey|SharedAccessKey|Password|pwd)\s*=\s*[^;\s'"]{8,}|[?&]sig=[\w%+/-]{20,}/i;

/** Values that are no secrets: development storage, placeholders, nothing. */
const harmless = /UseDevelopmentStorage=true|^\s*$|^<.*>$|^\*+$|not-a-real|example|placeholder|^#\{/i;

export const connectionSecretsRule: ProjectRule = {
  name: 'connectionSecrets',
  *check(_, document) {
    if (document.kind === 'connections') yield* search(document.tree.root, []);
  },
};

export const workflowSecretsRule: WorkflowRule = {
  name: 'workflowSecrets',
  *check({ workflow }) {
    for (const operation of [...workflow.triggers, ...workflow.actions]) {
      const authentication = member(operation.inputs, 'authentication');
      for (const finding of search(authentication, [])) {
        yield { ...finding, path: `${operation.path}/inputs/authentication${finding.path}` };
      }
    }
  },
};

function* search(node: JsonNode | undefined, path: readonly (string | number)[]): Iterable<Finding> {
  if (node?.kind === 'array') {
    for (const [index, item] of node.items.entries()) yield* search(item, [...path, index]);
  } else if (node?.kind === 'object') {
    for (const { key, value } of node.properties) yield* search(value, [...path, key.value]);
  } else if (node?.kind === 'string' && isSecret(String(path.at(-1) ?? ''), node.value)) {
    yield {
      code: 'secret-in-file',
      range: node,
      path: pointerOf(path),
      message: "This secret stands here as plain text: put it into an app setting and write @appsetting('…').",
    };
  }
}

function isSecret(name: string, text: string): boolean {
  if (isComputed(text) || harmless.test(text)) return false;
  return secretTexts.test(text) || secretNames.test(name);
}
