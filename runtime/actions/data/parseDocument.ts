/**
 * Parse a document: the text of a document. Text in every form is read here; PDF and Office documents are not.
 * Source: "Parse or chunk content", Parse a document.
 */
import { asContent, contentBytes, decodeText, mediaType } from '../../../language/json/content';
import { isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import { textOf } from '../../engine/text';
import type { ActionHandler } from '../handler';
import { wayOut } from '../unsupported';

export const parseDocument: ActionHandler = {
  type: 'ParseDocument',
  mockable: true,
  start(step) {
    const inputs = step.record.inputs ?? step.inputs();
    const content = isObject(inputs) ? (inputs.get('content') ?? null) : null;
    return succeeded(objectOf({ body: objectOf({ text: documentText(step, content) }) }));
  },
};

function documentText(step: ActionStep, content: Value): string {
  const bytes = contentBytes(content);
  const media = mediaType(asContent(content)?.type ?? '');
  if (bytes === undefined) return plain(textOf(content), media);
  const kind = binaryKind(bytes);
  const text =
    kind === undefined ? decodeText(bytes, asContent(content)?.type ?? 'text/plain;charset=utf-8') : undefined;
  if (text !== undefined) return plain(text.replace(/^\uFEFF/, ''), media);
  throw new StepFailure(
    'NotSupportedLocally',
    `The content of action '${step.name}' is ${kind ?? `of type '${media}'`}; on this machine only documents of text are parsed. ${wayOut}`,
  );
}

function binaryKind(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (start.startsWith('%PDF-')) return 'a PDF document';
  if (start.startsWith('PK\x03\x04')) return 'an Office document or an archive';
  if (start.startsWith('\xD0\xCF\x11\xE0')) return 'an Office document';
  return bytes.subarray(0, 1024).includes(0) ? 'binary' : undefined;
}

/** HTML without its tags, everything else as it is. */
function plain(text: string, media: string): string {
  if (media !== 'text/html' && !/^\s*<(!doctype html|html)\b/i.test(text)) return text;
  return text
    .replace(/<(script|style|head)\b[^>]*>[^]*?<\/\1\s*>/gi, '')
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<(br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&(nbsp|lt|gt|quot|amp|#39);/g, (_whole, name: string) => entities[name] ?? '')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const entities: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };
