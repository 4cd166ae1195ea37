/** Actions that use files of the project's Artifacts folder, and code that runs elsewhere. */
import { describe, expect, it } from 'vitest';
import { play } from './play';

const liquid = (kind: string, content: unknown, map = 'order'): unknown => ({
  type: 'Liquid',
  kind,
  inputs: { content, map: { source: 'LogicApp', name: map } },
});

describe('Liquid', () => {
  const files = {
    'Artifacts/Maps/order.liquid':
      '{"name":"{{ content.customer.name | Upcase }}","lines":[{% for l in content.lines %}{{ l.sku | json }}{% unless forloop.last %},{% endunless %}{% endfor %}]}',
    'Artifacts/Maps/text.liquid': 'Hello {{content.r.n}}',
    'Artifacts/Maps/broken.liquid': '{% for %}',
  };

  it('makes JSON of JSON', async () => {
    const content = { customer: { name: 'ann' }, lines: [{ sku: 'a' }, { sku: 'b' }] };
    const played = await play({ T: liquid('JsonToJson', content) }, { files });
    expect(played.outputs('T')).toEqual({ body: { name: 'ANN', lines: ['a', 'b'] } });
  });

  it('makes text of XML', async () => {
    const played = await play({ T: liquid('XmlToText', '<r><n>Bob</n></r>', 'text.liquid') }, { files });
    expect(played.outputs('T')).toEqual({ body: 'Hello Bob' });
  });

  it('says which template is broken, and which are there', async () => {
    const broken = await play({ T: liquid('JsonToText', {}, 'broken') }, { files });
    expect(broken.step('T')?.error?.code).toBe('LiquidTransformationFailed');
    const missing = await play({ T: liquid('JsonToText', {}, 'other') }, { files });
    expect(missing.step('T')?.error?.message).toContain('there are order.liquid, text.liquid, broken.liquid');
  });
});

describe('an artifact', () => {
  it('is looked up by its name', async () => {
    const inputs = { artifactType: 'Schema', artifactName: 'Order' };
    const played = await play(
      { L: { type: 'IntegrationAccountArtifactLookup', inputs } },
      { files: { 'Artifacts/Schemas/order.xsd': '<xs/>' } },
    );
    expect(played.outputs('L')).toMatchObject({
      body: { properties: { content: { $content: Buffer.from('<xs/>').toString('base64') } } },
    });
  });
});

describe('a local function', () => {
  const invoke = { F: { type: 'InvokeFunction', inputs: { functionName: 'Rate', parameters: { n: 2 } } } };

  it('is called at the address that a setting gives', async () => {
    const played = await play(invoke, {
      case: {
        settings: { 'LogicAppsWorkbench.Functions.Rate': 'http://localhost:9000/rate' },
        mocks: [{ match: { path: { equals: ['/rate'] } }, responses: [{ body: { rate: 4 } }] }],
      },
    });
    expect(played.outputs('F')).toMatchObject({ body: { rate: 4 } });
    expect(Buffer.from(played.seen.requests[0]?.body ?? []).toString()).toBe('{"n":2}');
  });

  it('is a script of the project that a setting names', async () => {
    const run = (script: string) =>
      play(invoke, {
        files: { 'functions/rate.js': script },
        case: { settings: { 'LogicAppsWorkbench.Functions.Rate': 'functions/rate.js' } },
      });
    expect((await run('return { rate: parameters.n * 2 };')).outputs('F')).toEqual({ body: { rate: 4 } });
    const failing = await run("\nthrow new Error('no rate');");
    expect(failing.step('F')?.error).toMatchObject({
      code: 'InlineCodeScriptRuntimeFailure',
      message: expect.stringContaining('Error: no rate') as string,
    });
  });

  it('without one says what to do', async () => {
    const played = await play(invoke);
    expect(played.step('F')?.error).toMatchObject({
      code: 'NotSupportedLocally',
      message: expect.stringContaining('LogicAppsWorkbench.Functions.Rate') as string,
    });
  });
});
