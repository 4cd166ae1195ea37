/** Parse a document and Chunk text. */
import { describe, expect, it } from 'vitest';
import { play } from '../engine/play';

const chunks = async (inputs: Record<string, unknown>) => {
  const played = await play({ C: { type: 'ChunkText', inputs } });
  const error = played.step('C')?.error;
  return error === undefined ? (played.outputs('C') as { body: { value: string[] } }).body.value : error;
};

describe('Chunk text', () => {
  it('cuts by characters, with an overlap', async () => {
    expect(
      await chunks({
        chunkingStrategy: 'FixedLength',
        text: 'abcdefghij',
        maxPageLength: 4,
        pageOverlapLength: 1,
        language: 'en',
      }),
    ).toEqual(['abcd', 'defg', 'ghij']);
    expect(await chunks({ chunkingStrategy: 'fixedlength', text: 'a😀b', maxPageLength: 2 })).toEqual(['a😀', 'b']);
  });

  it('cuts by tokens, in the spelling that files have', async () => {
    const text = 'The quick brown fox jumps over the lazy dog';
    const inputs = {
      chunkingStrategy: 'TokenSize',
      text,
      EncodingModel: 'cl100k_base',
      TokenSize: 4,
      PageOverlapLength: 0,
    };
    expect(await chunks(inputs)).toEqual(['The quick brown fox', ' jumps over the lazy', ' dog']);
    expect(await chunks({ ...inputs, PageOverlapLength: 2 })).toEqual([
      'The quick brown fox',
      ' brown fox jumps over',
      ' jumps over the lazy',
      ' the lazy dog',
    ]);
  });

  it('never cuts a letter', async () => {
    const text = '🧑‍🚀🦖🧬'.repeat(5);
    const pieces = await chunks({ chunkingStrategy: 'TokenSize', text, tokenSize: 4, encodingModel: 'cl100k_base' });
    expect(Array.isArray(pieces) ? pieces.join('') : pieces).toBe(text);
    expect(JSON.stringify(pieces)).not.toContain('\uFFFD');
  });

  it('says what is wrong with its settings', async () => {
    expect(
      await chunks({ chunkingStrategy: 'FixedLength', text: 'a', maxPageLength: 2, pageOverlapLength: 2 }),
    ).toMatchObject({
      code: 'InvalidChunkingSettings',
    });
    expect(
      await chunks({ chunkingStrategy: 'TokenSize', text: 'a', tokenSize: 2, encodingModel: 'p50k_base' }),
    ).toMatchObject({
      code: 'NotSupportedLocally',
      message: expect.stringContaining("'p50k_base'") as string,
    });
  });
});

describe('Parse a document', () => {
  const parsed = async (content: unknown) => {
    const played = await play({ P: { type: 'ParseDocument', inputs: { content } } });
    return played.step('P')?.error ?? played.outputs('P');
  };
  const bytes = (text: string, type: string, encoding: BufferEncoding = 'utf8') => ({
    '$content-type': type,
    $content: Buffer.from(text, encoding).toString('base64'),
  });

  it('gives the text of texts', async () => {
    expect(await parsed('plain')).toEqual({ body: { text: 'plain' } });
    expect(await parsed(bytes('\uFEFFa;b\r\nü', 'text/csv'))).toEqual({ body: { text: 'a;b\r\nü' } });
    expect(await parsed(bytes('größer', 'text/plain; charset=iso-8859-1', 'latin1'))).toEqual({
      body: { text: 'größer' },
    });
    expect(await parsed(bytes('# Title', 'application/octet-stream'))).toEqual({ body: { text: '# Title' } });
  });

  it('leaves the tags of HTML out', async () => {
    const html =
      '<html><head><title>T</title></head><body><h1>Hi &amp; bye</h1><p>One<br/>two</p><script>x()</script></body></html>';
    expect(await parsed(bytes(html, 'text/html'))).toEqual({ body: { text: 'Hi & bye\nOne\ntwo' } });
  });

  it('says that other documents are not parsed here, and the way out', async () => {
    expect(await parsed(bytes('%PDF-1.7 …', 'application/pdf'))).toMatchObject({
      code: 'NotSupportedLocally',
      message: expect.stringMatching(/is a PDF document; on this machine.*Mock it in a scenario/) as string,
    });
    expect(await parsed(bytes('PK\x03\x04', 'application/octet-stream', 'latin1'))).toMatchObject({
      code: 'NotSupportedLocally',
    });
  });
});
