/** The text of a request as the user edits it: JSON with comments, with method, headers and body. Pure. */
import { plainValue } from '../../../language/json/plain';
import { member, parseTree, stringOf } from '../../../language/json/tree';
import type { Trigger } from '../../../language/workflow/model';
import type { LaunchTrigger } from '../../debug/launchArguments';
import { isCallable } from '../../infrastructure/triggerKinds';
import { sampleOf } from './sample';

const TEXT_MEMBERS = ['method', 'relativePath', 'query'] as const;

/** A request to begin with, shaped by what the trigger expects; for other triggers what they may bring. */
export function sampleText(trigger: Trigger): string {
  if (!isCallable(trigger)) {
    // What is split comes as a list.
    const body = member(trigger.node, 'splitOn') === undefined ? {} : [{}];
    return textOf(`What the trigger "${trigger.name}" brings`, { outputs: { body } });
  }
  const method = stringOf(member(trigger.inputs, 'method'))?.toUpperCase() ?? 'POST';
  const relativePath = stringOf(member(trigger.inputs, 'relativePath'));
  const schema = member(trigger.inputs, 'schema');
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const request = {
    method,
    ...(relativePath === undefined || relativePath === '' ? {} : { relativePath }),
    headers: hasBody ? { 'Content-Type': 'application/json' } : {},
    ...(hasBody ? { body: schema === undefined ? {} : sampleOf(plainValue(schema)) } : {}),
  };
  return textOf(`What to send to the trigger "${trigger.name}"`, request);
}

function textOf(what: string, request: unknown): string {
  return `// ${what}. Saving keeps it with this workspace, outside of your project.\n${JSON.stringify(request, null, 2)}\n`;
}

/** The request in the text, or what is wrong with it. */
export function readRequest(text: string): { readonly request: LaunchTrigger } | { readonly problem: string } {
  const { root, problems } = parseTree(text);
  const [first] = problems;
  if (first !== undefined) return { problem: first.message };
  if (root?.kind !== 'object') return { problem: 'A request is an object such as {"method": "POST", "body": {…}}.' };
  const headersNode = member(root, 'headers');
  const headers: Record<string, string> = {};
  if (headersNode !== undefined) {
    if (headersNode.kind !== 'object') return { problem: '"headers" must be an object.' };
    for (const { key, value } of headersNode.properties) {
      if (value?.kind !== 'string') return { problem: `The header "${key.value}" must be a text.` };
      headers[key.value] = value.value;
    }
  }
  const texts: Record<string, string> = {};
  for (const name of TEXT_MEMBERS) {
    const node = member(root, name);
    if (node === undefined) continue;
    if (node.kind !== 'string') return { problem: `"${name}" must be a text.` };
    texts[name] = node.value;
  }
  const outputs = member(root, 'outputs');
  if (outputs !== undefined) return { request: { outputs: plainValue(outputs) } };
  const body = member(root, 'body');
  return { request: { ...texts, headers, ...(body === undefined ? {} : { body: plainValue(body) }) } };
}
