/** local.settings.json: the names of the app settings that are set on this machine. Their values are secrets and stay in the file. */
import { member } from '../json/tree';
import type { JsonTree, PropertyNode } from '../json/tree';

export interface AppSettings {
  readonly tree: JsonTree;
  readonly entries: readonly AppSetting[];
}

export interface AppSetting {
  readonly name: string;
  readonly property: PropertyNode;
}

/** Reads the tree of a local.settings.json. Never throws. */
export function readSettings(tree: JsonTree): AppSettings {
  const values = member(tree.root, 'Values');
  return {
    tree,
    entries:
      values?.kind === 'object' ? values.properties.map((property) => ({ name: property.key.value, property })) : [],
  };
}

/** The setting with this name; names of settings match in any case. */
export function findSetting(settings: AppSettings, name: string): AppSetting | undefined {
  const wanted = name.toLowerCase();
  return settings.entries.find((each) => each.name.toLowerCase() === wanted);
}

/** Settings that the platform sets itself, so that a local file need not name them. Source: the App Service documentation. */
const platformSettings: readonly RegExp[] = [
  /^WEBSITE_/i,
  /^WORKFLOWS_/i,
  /^FUNCTIONS_/i,
  /^AzureWebJobs/i,
  /^APPINSIGHTS_/i,
  /^APPLICATIONINSIGHTS_/i,
  /^ProjectDirectoryPath$/i,
];

/** True for a setting that Azure gives to every app. */
export function isPlatformSetting(name: string): boolean {
  return platformSettings.some((each) => each.test(name));
}
