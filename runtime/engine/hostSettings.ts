/**
 * Limits that a project sets in host.json under `extensions.workflow.settings`. Names match in any case.
 * Source: "Edit host and app settings for Standard logic apps".
 */
import { stringOf } from '../../language/json/tree';
import type { JsonTree } from '../../language/json/tree';
import type { Limits } from './limits';
import { numberOf } from './numbers';
import { anyCase } from './settings';

type Mutable<Type> = { -readonly [Key in keyof Type]?: Type[Key] };

const counts: Readonly<Record<string, keyof Limits>> = {
  'Runtime.Backend.FlowDefaultForeachItemsLimit': 'foreachItems',
  'Runtime.Backend.Stateless.FlowDefaultForeachItemsLimit': 'statelessForeachItems',
  'Runtime.Backend.FlowDefaultSplitOnItemsLimit': 'splitOnItems',
  'Runtime.Backend.MaximumUntilLimitCount': 'untilIterations',
  'Runtime.Backend.Stateless.MaximumUntilLimitCount': 'statelessUntilIterations',
  'Runtime.ContentLink.MaximumContentSizeInBytes': 'messageSize',
};

const durations: Readonly<Record<string, keyof Limits>> = {
  'Runtime.Backend.HttpOperation.RequestTimeout': 'requestTimeout',
};

/** The limits a host.json sets; what it does not name or what is malformed stays as it is. */
export function limitsOf(host: JsonTree | undefined): Partial<Limits> {
  const settings = ['extensions', 'workflow', 'settings'].reduce(anyCase, host?.root);
  const limits: Mutable<Pick<Limits, NumericLimit>> = {};
  for (const [name, limit] of Object.entries(counts)) {
    const value = numberOf(anyCase(settings, name));
    if (value !== undefined && value > 0 && isNumeric(limit)) limits[limit] = value;
  }
  for (const [name, limit] of Object.entries(durations)) {
    const value = timeSpan(stringOf(anyCase(settings, name)));
    if (value !== undefined && isNumeric(limit)) limits[limit] = value;
  }
  return limits;
}

type NumericLimit = { [Key in keyof Limits]: Limits[Key] extends number ? Key : never }[keyof Limits];

function isNumeric(limit: keyof Limits): limit is NumericLimit {
  return limit !== 'untilTimeout';
}

/** Milliseconds of `hh:mm:ss` or `d.hh:mm:ss`, as .NET writes spans of time. */
function timeSpan(text: string | undefined): number | undefined {
  const match = /^(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(text?.trim() ?? '');
  if (match === null) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
