/** Values as text, as interpolation, string() and concat() convert them. */
import { asContent, decodeText } from '../json/content';
import type { Content } from '../json/content';
import { base64Decode } from '../json/base64';
import { numberText } from '../json/numberText';
import { stringify } from '../json/stringify';
import { Decimal, Double } from '../json/value';
import type { Value } from '../json/value';
import { XmlValue } from '../json/xmlValue';
import { FunctionError } from './failure';

/** The platform's limit on the size of a message; no string grows beyond it. */
export const MAX_TEXT = 104_857_600;

/** No format of dates or numbers that means something is as long as this. */
export const MAX_FORMAT = 10_000;

/** Refuses texts no run could carry. */
export function limited(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  throw new FunctionError(
    `The result has '${text.length}' characters, which exceeds the limit of '${MAX_TEXT}' for the size of a message.`,
  );
}

/** Refuses an array of strings that no run could carry: as JSON each takes two quotes and a comma besides its characters. */
export function checkItems(count: number, characters: number): void {
  const size = characters + 3 * count;
  if (size <= MAX_TEXT) return;
  throw new FunctionError(
    `The result has '${count}' items of '${size}' characters, which exceeds the limit of '${MAX_TEXT}' for the size of a message.`,
  );
}

/** `True`, `5`, the empty text for null, JSON for arrays and objects, the decoded content of content objects. */
export function stringOfValue(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' || typeof value === 'bigint') return numberText(value);
  if (value instanceof Double || value instanceof Decimal) return numberText(value);
  if (value instanceof XmlValue) return value.text;
  const content = asContent(value);
  return content === undefined ? stringify(value) : textOfContent(content);
}

/** The text of a content object. Throws FunctionError when its type or base64 is malformed. */
export function textOfContent(content: Content): string {
  for (const segment of content.type.split(';').slice(1)) {
    if (!segment.includes('=')) {
      throw new FunctionError(
        `The content type '${content.type}' is not valid: '${segment}' is no parameter of the form name=value.`,
      );
    }
  }
  const bytes = base64Decode(content.base64);
  if (bytes === undefined) throw new FunctionError(`The value of '$content' is not valid base64.`);
  const text = decodeText(bytes, content.type);
  if (text === undefined)
    throw new FunctionError(`The charset of the content type '${content.type}' is not supported.`);
  return text;
}
