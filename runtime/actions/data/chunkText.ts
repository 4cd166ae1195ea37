/** Chunk text: a text in pieces of so many characters or tokens, which may overlap. Source: "Parse or chunk content", Chunk text. */
import { isObject, objectOf } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import { numberOf } from '../../engine/numbers';
import type { ActionStep } from '../../engine/step';
import { textOf } from '../../engine/text';
import type { ActionHandler } from '../handler';
import { wayOut } from '../unsupported';

export const chunkText: ActionHandler = {
  type: 'ChunkText',
  mockable: true,
  start: (step) => step.run.services.work.during(() => chunk(step)),
};

const TOKENS = 5000;
const ENCODING = 'cl100k_base';

async function chunk(step: ActionStep): Promise<Outcome> {
  const inputs = step.record.inputs ?? step.inputs();
  const member = membersOf(inputs);
  const text = textOf(member('text') ?? '');
  const strategy = textOf(member('chunkingStrategy') ?? '').toLowerCase();
  const overlap = numberOf(member('pageOverlapLength')) ?? 0;
  const size = numberOf(member(strategy === 'tokensize' ? 'tokenSize' : 'maxPageLength')) ?? TOKENS;
  if (!(size >= 1) || !(overlap >= 0) || overlap >= size) {
    throw new StepFailure(
      'InvalidChunkingSettings',
      `The pieces of action '${step.name}' would have ${size} characters or tokens with an overlap of ${overlap}; the overlap must be smaller than the pieces.`,
    );
  }
  switch (strategy) {
    case 'fixedlength':
      return succeeded(objectOf({ body: objectOf({ value: byCharacters(text, size, overlap) }) }));
    case 'tokensize': {
      const model = textOf(member('encodingModel') ?? ENCODING);
      if (model.toLowerCase() !== ENCODING) {
        throw new StepFailure(
          'NotSupportedLocally',
          `The encoding model '${model}' of action '${step.name}' is not known on this machine, which counts tokens by '${ENCODING}'. ${wayOut}`,
        );
      }
      return succeeded(objectOf({ body: objectOf({ value: await byTokens(text, size, overlap) }) }));
    }
    default:
      throw new StepFailure(
        'InvalidTemplate',
        `The chunking strategy '${strategy}' of action '${step.name}' is not known.`,
      );
  }
}

/** Members by name: files have `tokenSize` and `TokenSize`. */
function membersOf(inputs: Value): (name: string) => Value | undefined {
  const members: ObjectValue = isObject(inputs) ? inputs : new Map<string, Value>();
  return (name) => [...members].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function byCharacters(text: string, size: number, overlap: number): string[] {
  const letters = [...text];
  return windows(letters.length, size, overlap).map(([start, end]) => letters.slice(start, end).join(''));
}

async function byTokens(text: string, size: number, overlap: number): Promise<string[]> {
  const { encode, decode } = await import('gpt-tokenizer/encoding/cl100k_base');
  const tokens = encode(text, { disallowedSpecial: new Set() });
  const chunks: string[] = [];
  for (let start = 0; start < tokens.length;) {
    let end = Math.min(start + size, tokens.length);
    let chunk = decode(tokens.slice(start, end));
    // Some letters are several tokens; a piece ends before such a letter.
    while (chunk.endsWith('\uFFFD') && end < tokens.length && end > start + 1)
      chunk = decode(tokens.slice(start, --end));
    chunks.push(chunk);
    if (end === tokens.length) break;
    start = Math.max(start + 1, end - overlap);
  }
  return chunks;
}

function windows(length: number, size: number, overlap: number): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let start = 0; start < length; start += size - overlap) {
    found.push([start, start + size]);
    if (start + size >= length) break;
  }
  return found;
}
