/** What package.json offers in launch.json is what the adapter reads: each attribute counts, and a wrong value of it is named. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLaunchArguments } from '../../../client/debug/launchArguments';

interface Attribute {
  readonly description?: string;
}

interface Snippet {
  readonly label: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly request: 'launch' | 'attach' };
}

interface Debugger {
  readonly configurationAttributes: Readonly<
    Record<'launch' | 'attach', { readonly properties: Readonly<Record<string, Attribute>> }>
  >;
  readonly initialConfigurations: readonly Snippet['body'][];
  readonly configurationSnippets: readonly Snippet[];
}

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  readonly contributes: { readonly debuggers: readonly [Debugger] };
};
const [{ configurationAttributes, configurationSnippets, initialConfigurations }] = manifest.contributes.debuggers;
const { launch, attach } = configurationAttributes;

/** Of no attribute's type. */
const WRONG = 0.5;

describe('the attributes of a launch configuration', () => {
  it.each(Object.entries(launch.properties))('%s is described, read and checked', (name, { description }) => {
    expect(description).toMatch(/\.$/);
    const given = { noDebug: false, project: '/p', workflow: 'w', [name]: WRONG };
    expect(readLaunchArguments(given)).toEqual({ problem: expect.stringContaining(`"${name}"`) as string });
  });

  it('of an attach are among them', () => {
    expect(Object.keys(launch.properties)).toEqual(expect.arrayContaining(Object.keys(attach.properties)));
  });
});

describe('a configuration that is offered', () => {
  it.each(configurationSnippets.map(({ label, body }) => [label, body] as const))(
    '%s, has known attributes only',
    (_label, body) => {
      const { type, request, name, ...rest } = body;
      expect([type, typeof name]).toEqual(['logicAppsWorkbench', 'string']);
      expect(Object.keys(configurationAttributes[request].properties)).toEqual(
        expect.arrayContaining(Object.keys(rest)),
      );
    },
  );

  it('is readable when it is the first one', () => {
    for (const each of initialConfigurations)
      expect(readLaunchArguments({ noDebug: false, ...each })).toHaveProperty('launch');
  });
});
