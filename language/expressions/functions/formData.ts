/** Functions that read form data and multipart bodies of the trigger and of actions. */
import { isObject, isArray } from '../../json/value';
import type { Value } from '../../json/value';
import { asContent, decodeText, mediaType } from '../../json/content';
import { base64Decode } from '../../json/base64';
import type { EvaluationContext } from '../context';
import { ArgumentError, FunctionError } from '../failure';
import { memberOf } from '../names';
import { stringOfValue } from '../text';
import { formDecode } from '../uri';
import { integerAt, stringAt } from './arguments';
import type { Arguments } from './arguments';
import type { FunctionDefinition, Parameter } from './definition';
import { actionNamed, bodyOf, outputsOf, triggerOf } from './workflow';

const actionName: Parameter = {
  name: 'actionName',
  type: 'string',
  description: 'The name of the action',
  names: 'action',
};
const key: Parameter = { name: 'key', type: 'string', description: 'The name of the form field' };
const index: Parameter = { name: 'index', type: 'integer', description: 'Which part, from 0' };

interface Field {
  readonly key: string;
  readonly value: Value;
}

/** The fields of a form: those the host lists as `$formdata`, else those in the content itself. */
function fieldsOf(body: Value, functionName: string): readonly Field[] {
  if (isObject(body)) {
    const listed = body.get('$formdata');
    if (isArray(listed)) return listed.flatMap(listedField);
    const parts = body.get('$multipart');
    if (isArray(parts)) return parts.flatMap(fieldOfPart);
    const content = asContent(body);
    if (content !== undefined && mediaType(content.type) === 'application/x-www-form-urlencoded') {
      const bytes = base64Decode(content.base64);
      const text = bytes === undefined ? undefined : decodeText(bytes, content.type);
      if (text !== undefined) return writtenFields(text);
    }
  }
  throw new FunctionError(
    `The template language function '${functionName}' expects a body with form data ('application/x-www-form-urlencoded'); the body has none.`,
  );
}

function listedField(entry: Value): Field[] {
  if (!isObject(entry)) return [];
  const name = memberOf(entry, 'key');
  return typeof name === 'string' ? [{ key: name, value: memberOf(entry, 'value') ?? null }] : [];
}

/** A part of a multipart/form-data body: its name stands in the Content-Disposition header. */
function fieldOfPart(part: Value): Field[] {
  const headers = isObject(part) ? memberOf(part, 'headers') : undefined;
  const disposition = isObject(headers) ? memberOf(headers, 'Content-Disposition') : undefined;
  const name = typeof disposition === 'string' ? /;\s*name="?([^";]*)"?/i.exec(disposition)?.[1] : undefined;
  if (name === undefined || !isObject(part)) return [];
  const body = memberOf(part, 'body') ?? null;
  return [{ key: name, value: asContent(body) === undefined ? body : stringOfValue(body) }];
}

function writtenFields(text: string): Field[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0
        ? { key: formDecode(pair), value: '' }
        : { key: formDecode(pair.slice(0, equals)), value: formDecode(pair.slice(equals + 1)) };
    });
}

function valuesOf(body: Value, name: string, functionName: string): Value[] {
  return fieldsOf(body, functionName)
    .filter((field) => field.key === name)
    .map((field) => field.value);
}

function valueOf(body: Value, name: string, functionName: string): Value {
  const values = valuesOf(body, name, functionName);
  if (values.length <= 1) return values[0] ?? null;
  throw new FunctionError(
    `The template language function '${functionName}' found '${values.length}' values for the key '${name}' where it expects one.`,
    'Use the function of the same name with MultiValues.',
  );
}

function partOf(body: Value, args: Arguments, position: number, functionName: string): Value {
  const wanted = integerAt(args, position);
  const parts = isObject(body) ? body.get('$multipart') : undefined;
  if (!isArray(parts)) {
    throw new FunctionError(
      `The template language function '${functionName}' expects a body with several parts ('multipart/…'); the body has none.`,
    );
  }
  const part = parts[wanted];
  if (part === undefined) {
    throw new ArgumentError(position, `to be the index of one of the '${parts.length}' parts of the body`, wanted);
  }
  return isObject(part) ? (memberOf(part, 'body') ?? null) : part;
}

function bodyOfAction(args: Arguments, context: EvaluationContext, functionName: string): Value {
  return bodyOf(outputsOf(actionNamed(stringAt(args, 0), context, functionName)));
}

function bodyOfTrigger(context: EvaluationContext, functionName: string): Value {
  return bodyOf(outputsOf(triggerOf(context, functionName)));
}

const form = {
  body: { '$content-type': 'application/x-www-form-urlencoded', $content: 'VG89YSZUbz1iJlM9cw==' },
};
const multipart = { body: { $multipart: [{ headers: {}, body: 'first part' }] } };

export const formDataFunctions: readonly FunctionDefinition[] = [
  {
    name: 'formDataMultiValues',
    category: 'workflow',
    summary: "Returns all values of a field in an action's form data, as an array.",
    parameters: [actionName, key],
    returns: 'array',
    examples: [
      { expression: "formDataMultiValues('Send', 'To')", result: '["a","b"]', context: { outputs: { Send: form } } },
    ],
    evaluate: (args, context) =>
      valuesOf(bodyOfAction(args, context, 'formDataMultiValues'), stringAt(args, 1), 'formDataMultiValues'),
  },
  {
    name: 'formDataValue',
    category: 'workflow',
    summary: "Returns the value of a field in an action's form data. More than one value is an error.",
    parameters: [actionName, key],
    returns: 'any',
    examples: [{ expression: "formDataValue('Send', 'S')", result: '"s"', context: { outputs: { Send: form } } }],
    evaluate: (args, context) =>
      valueOf(bodyOfAction(args, context, 'formDataValue'), stringAt(args, 1), 'formDataValue'),
  },
  {
    name: 'multipartBody',
    category: 'workflow',
    summary: "Returns the body of one part of an action's multipart output.",
    parameters: [actionName, index],
    returns: 'any',
    examples: [
      { expression: "multipartBody('Send', 0)", result: '"first part"', context: { outputs: { Send: multipart } } },
    ],
    evaluate: (args, context) => partOf(bodyOfAction(args, context, 'multipartBody'), args, 1, 'multipartBody'),
  },
  {
    name: 'triggerFormDataMultiValues',
    category: 'workflow',
    summary: "Returns all values of a field in the trigger's form data, as an array.",
    parameters: [key],
    returns: 'array',
    examples: [
      { expression: "triggerFormDataMultiValues('To')", result: '["a","b"]', context: { trigger: { outputs: form } } },
    ],
    evaluate: (args, context) =>
      valuesOf(bodyOfTrigger(context, 'triggerFormDataMultiValues'), stringAt(args, 0), 'triggerFormDataMultiValues'),
  },
  {
    name: 'triggerFormDataValue',
    category: 'workflow',
    summary: "Returns the value of a field in the trigger's form data. More than one value is an error.",
    parameters: [key],
    returns: 'any',
    examples: [{ expression: "triggerFormDataValue('S')", result: '"s"', context: { trigger: { outputs: form } } }],
    evaluate: (args, context) =>
      valueOf(bodyOfTrigger(context, 'triggerFormDataValue'), stringAt(args, 0), 'triggerFormDataValue'),
  },
  {
    name: 'triggerMultipartBody',
    category: 'workflow',
    summary: "Returns the body of one part of the trigger's multipart output.",
    parameters: [index],
    returns: 'any',
    examples: [
      { expression: 'triggerMultipartBody(0)', result: '"first part"', context: { trigger: { outputs: multipart } } },
    ],
    evaluate: (args, context) =>
      partOf(bodyOfTrigger(context, 'triggerMultipartBody'), args, 0, 'triggerMultipartBody'),
  },
];
