/** Parse JSON: content as a value, checked against a schema. */
import { asContent, contentBytes, decodeText, isJsonType, mediaType } from '../../../language/json/content';
import { parseValue } from '../../../language/json/parse';
import { isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import type { ActionHandler } from '../handler';
import { checkSchema } from './jsonSchema';

export const parseJson: ActionHandler = {
  type: 'ParseJson',
  passesThrough: true,
  start(step) {
    const inputs = step.inputs();
    const given = isObject(inputs) ? inputs.get('content') : undefined;
    if (given === undefined || given === null) {
      throw new StepFailure(
        'InvalidTemplate',
        `Unable to process template language expressions in action '${step.name}' inputs at line '0' and column '0': ` +
          `'Required property 'content' expects a value but got null. Path ''.'.`,
      );
    }
    const body = contentValue(given);
    const schema = isObject(inputs) ? inputs.get('schema') : undefined;
    if (schema === undefined || schema === null) return succeeded(objectOf({ body }));
    const check = checkSchema(schema, body);
    if (check.ok) return succeeded(objectOf({ body }));
    if ('invalidSchema' in check) {
      throw new StepFailure(
        'BadRequest',
        `The schema of action '${step.name}' is not a valid JSON schema: ${check.invalidSchema}.`,
      );
    }
    return {
      status: 'Failed',
      code: 'ValidationFailed',
      outputs: objectOf({ errors: [...check.errors] }),
      error: { code: 'ValidationFailed', message: 'The schema validation failed.' },
    };
  },
};

/** JSON text, or content that holds it, is read; other values are taken as they are. The messages are those users report of the cloud. */
function contentValue(value: Value): Value {
  const text = typeof value === 'string' ? value : textOf(value);
  if (text === undefined) return value;
  const parsed = parseValue(text);
  if (parsed.ok) return parsed.value;
  throw new StepFailure(
    'InvalidJSON',
    `The 'content' property of actions of type 'ParseJson' must be valid JSON. The provided value cannot be parsed: '${parsed.message}'.`,
  );
}

function textOf(value: Value): string | undefined {
  const content = asContent(value);
  const bytes = content && contentBytes(value);
  if (content === undefined || bytes === undefined) return undefined;
  if (isJsonType(content.type) || mediaType(content.type).startsWith('text/')) return decodeText(bytes, content.type);
  throw new StepFailure(
    'InvalidTemplate',
    `The property 'content' must be of type JSON in the 'ParseJson' action inputs, but was of type '${content.type}'.`,
  );
}
