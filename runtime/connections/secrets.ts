/**
 * Which app settings are secrets. Those that connections.json refers to are, and those whose name or value looks like one: in doubt a
 * setting is hidden, because a run history or a screen share is a bad place for a key.
 */
import type { JsonNode } from '../../language/json/tree';
import type { RuntimeProject } from '../engine/project';

const secretName =
  /key|secret|password|passwd|pwd|token|credential|connectionstring|certificate|pfx|sas|^AzureWebJobsStorage$/i;
const secretValue = /(AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd|sig)\s*=/i;
const settingUse = /appsetting\(\s*'([^']+)'\s*\)/gi;

export class SettingSecrets {
  readonly #used: ReadonlySet<string>;

  /** `given`: names of settings that were handed over as secrets. */
  constructor(project: RuntimeProject, given: Iterable<string> = []) {
    const used = new Set<string>();
    for (const name of given) used.add(name.toLowerCase());
    collect(project.connections?.root, used);
    this.#used = used;
  }

  isSecret(name: string, value: string): boolean {
    return this.#used.has(name.toLowerCase()) || secretName.test(name) || secretValue.test(value);
  }
}

/** Addresses and ids of connections are made of settings too, but only a whole value that is one setting is taken for a credential. */
function collect(node: JsonNode | undefined, names: Set<string>): void {
  switch (node?.kind) {
    case 'string':
      if (!node.value.startsWith('@')) return;
      for (const match of node.value.matchAll(settingUse)) {
        const isWhole = match[0].length === node.value.replace(/^@\{?|\}$/g, '').length;
        if (isWhole && match[1] !== undefined) names.add(match[1].toLowerCase());
      }
      return;
    case 'array':
      for (const item of node.items) collect(item, names);
      return;
    case 'object':
      for (const property of node.properties) collect(property.value, names);
      return;
    default:
  }
}
