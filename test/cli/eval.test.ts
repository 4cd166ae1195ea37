import { describe, expect, it } from 'vitest';
import { inFolder, logicapps } from './terminal';

describe('logicapps eval', () => {
  it('prints the value as JSON', async () => {
    expect(await logicapps(['eval', "concat('a', string(add(1, 2)))"])).toEqual({ code: 0, out: '"a3"\n', err: '' });
    expect((await logicapps(['eval', '@{add(1, 2)} apples'])).out).toBe('"3 apples"\n');
  });

  it('takes a context', async () => {
    const context = JSON.stringify({ variables: { total: 5 }, outputs: { Get: { body: { x: '1' } } } });
    await inFolder({ 'context.json': `\uFEFF${context}` }, async (folder) => {
      const { out } = await logicapps(
        ['eval', "concat(body('Get')?['x'], variables('total'))", '--context', 'context.json'],
        folder,
      );
      expect(out).toBe('"15"\n');
    });
  });

  it('shows what fails and where', async () => {
    const { code, out, err } = await logicapps(['eval', "concat('a', nope('b'))"]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('nope');
    expect(err).toContain('  ^');
  });

  it('prints a line per case, exact beyond 2^53, binary as content', async () => {
    const cases = `[{"id":1,"expr":"add(9007199254740993, 0)"},{"id":"t","value":{"a":"@{1}","n":2.0}},{"id":2,"expr":"add('x', 1)"},
      {"id":3,"expr":"base64ToBinary('aGk=')"},{"id":4},5]`;
    await inFolder({ 'cases.json': cases }, async (folder) => {
      const { code, out } = await logicapps(['eval', '--batch', 'cases.json'], folder);
      const lines = out.trimEnd().split('\n');
      expect(code).toBe(0);
      expect(lines[0]).toBe('{"id":1,"value":9007199254740993}');
      expect(lines[1]).toBe('{"id":"t","value":{"a":"1","n":2.0}}');
      expect(JSON.parse(lines[2] ?? '')).toMatchObject({ id: 2, error: { code: 'InvalidTemplate' } });
      expect(JSON.parse(lines[3] ?? '')).toEqual({
        id: 3,
        value: { '$content-type': 'application/octet-stream', $content: 'aGk=' },
      });
      const rest: unknown = JSON.parse(`[${lines.slice(4).join()}]`);
      expect(rest).toMatchObject([
        { id: 4, error: {} },
        { id: null, error: {} },
      ]);
    });
  });

  it.each([[['eval']], [['eval', 'a', 'b']], [['eval', '--batch', 'missing.json']], [['eval', '1', '--nope']]])(
    'refuses %j with the usage',
    async (args) => {
      const { code, err } = await logicapps(args);
      expect(code).toBe(2);
      expect(err).toContain('Usage: logicapps eval');
    },
  );
});
