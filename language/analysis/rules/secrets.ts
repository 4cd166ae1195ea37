/** Secrets that stand in connections.json, parameters.json or an operation as plain text, where source control keeps them for ever. */
import { pointerOf } from '../../json/path';
import type { JsonNode, ObjectNode } from '../../json/tree';
import { member } from '../../json/tree';
import type { ProjectDocument } from '../../project/document';
import { readParameters } from '../../project/parameters';
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
    if (document.kind === 'parameters') yield* parameterSecrets(document);
  },
};

export const workflowSecretsRule: WorkflowRule = {
  name: 'workflowSecrets',
  *check({ workflow }) {
    for (const operation of [...workflow.triggers, ...workflow.actions]) {
      const { inputs } = operation;
      if (inputs?.kind !== 'object' || clean.has(inputs)) continue;
      const found = [
        ...within(search(member(inputs, 'authentication'), []), '/authentication'),
        ...within(headerSecrets(member(inputs, 'headers')), '/headers'),
        ...within(textSecret(member(inputs, 'uri')), '/uri'),
      ];
      if (found.length === 0) clean.add(inputs);
      yield* within(found, `${operation.path}/inputs`);
    }
    for (const { name, type, defaultValue } of workflow.parameters) {
      if (defaultValue?.kind !== 'string' || !isSecure(type) || isHarmless(defaultValue.value)) continue;
      yield secret(defaultValue, `${workflow.path}/parameters${pointerOf([name])}/defaultValue`);
    }
  },
};

/** Inputs without a secret; they stay so from version to version. */
const clean = new WeakSet<ObjectNode>();

function within(findings: Iterable<Finding>, path: string): Finding[] {
  return [...findings].map((each) => ({ ...each, path: path + each.path }));
}

function isSecure(type: string | undefined): boolean {
  return type?.toLowerCase() === 'securestring';
}

/** Values of secure parameters, and texts that carry a secret whatever they are called. */
function* parameterSecrets({ tree }: ProjectDocument): Iterable<Finding> {
  for (const { name, type, value, path } of readParameters(tree).entries) {
    if (value?.kind !== 'string' || isHarmless(value.value)) continue;
    if (isSecure(type) || secretTexts.test(value.value) || secretNames.test(name)) yield secret(value, `${path}/value`);
  }
}

/** Headers that carry a key. */
const secretHeaders = /^(authorization|x-functions-key|x-api-key|api-key|ocp-apim-subscription-key)$/i;

function* headerSecrets(node: JsonNode | undefined): Iterable<Finding> {
  if (node?.kind !== 'object') return;
  for (const { key, value } of node.properties) {
    if (value?.kind !== 'string' || isHarmless(value.value) || !secretHeaders.test(key.value)) continue;
    // The word before the key is none, and neither is a word that stands for one.
    if (value.value.replace(/^(Bearer|Basic|Key|SharedKey)\s+/i, '').length >= 8)
      yield secret(value, pointerOf([key.value]));
  }
}

function* textSecret(node: JsonNode | undefined): Iterable<Finding> {
  if (node?.kind === 'string' && !isHarmless(node.value) && secretTexts.test(node.value)) yield secret(node, '');
}

function secret(range: JsonNode, path: string): Finding {
  return {
    code: 'secret-in-file',
    range,
    path,
    message: "This secret stands here as plain text: put it into an app setting and write @appsetting('…').",
  };
}

function* search(node: JsonNode | undefined, path: readonly (string | number)[]): Iterable<Finding> {
  if (node?.kind === 'array') {
    for (const [index, item] of node.items.entries()) yield* search(item, [...path, index]);
  } else if (node?.kind === 'object') {
    for (const { key, value } of node.properties) yield* search(value, [...path, key.value]);
  } else if (node?.kind === 'string' && isSecret(String(path.at(-1) ?? ''), node.value)) {
    yield secret(node, pointerOf(path));
  }
}

function isHarmless(text: string): boolean {
  return isComputed(text) || harmless.test(text);
}

function isSecret(name: string, text: string): boolean {
  if (isHarmless(text)) return false;
  return secretTexts.test(text) || secretNames.test(name);
}
