/** The table of action types. A type that is not here loads and draws; executing it says so. */
import { actionType, actionTypes } from '../../language/workflow/actions';
import { connectionActions } from './connection';
import { flatFileActions } from './artifacts/flatFile';
import { artifactLookup } from './artifacts/lookup';
import { liquid } from './artifacts/liquid';
import { xmlSchemaActions } from './artifacts/xmlSchema';
import { xslt } from './artifacts/xslt';
import { invokeFunction } from './code/invokeFunction';
import { javaScriptCode } from './code/javaScriptCode';
import { scriptActions } from './code/scripts';
import { condition } from './control/condition';
import { foreach } from './control/foreach';
import { scope } from './control/scope';
import { switchAction } from './control/switch';
import { terminate } from './control/terminate';
import { until } from './control/until';
import { chunkText } from './data/chunkText';
import { compose } from './data/compose';
import { join } from './data/join';
import { parseDocument } from './data/parseDocument';
import { parseJson } from './data/parseJson';
import { query } from './data/query';
import { select } from './data/select';
import { table } from './data/table';
import { expression } from './expressionKinds';
import type { ActionHandler } from './handler';
import { http } from './http/http';
import { httpWebhook } from './http/httpWebhook';
import { response } from './http/response';
import { sendToBatch } from './sendToBatch';
import { unknownType, unsupported } from './unsupported';
import {
  appendToArrayVariable,
  appendToStringVariable,
  decrementVariable,
  incrementVariable,
  initializeVariable,
  setVariable,
} from './variables/variables';
import { wait } from './wait';
import { workflow } from './workflow';

const implemented: readonly ActionHandler[] = [
  scope,
  condition,
  switchAction,
  foreach,
  until,
  terminate,
  compose,
  join,
  parseJson,
  query,
  select,
  table,
  chunkText,
  parseDocument,
  initializeVariable,
  setVariable,
  incrementVariable,
  decrementVariable,
  appendToArrayVariable,
  appendToStringVariable,
  http,
  httpWebhook,
  response,
  wait,
  expression,
  javaScriptCode,
  invokeFunction,
  ...scriptActions,
  liquid,
  xslt,
  ...xmlSchemaActions,
  ...flatFileActions,
  artifactLookup,
  workflow,
  sendToBatch,
  ...connectionActions,
];

/** Other names by which definitions know a type. */
const aliases: readonly ActionHandler[] = [{ ...xslt, type: 'XmlTransform' }];

const byType = new Map([...implemented, ...aliases].map((handler) => [handler.type.toLowerCase(), handler]));
for (const { type } of actionTypes) {
  if (!byType.has(type.toLowerCase())) byType.set(type.toLowerCase(), unsupported(type));
}

/** What executes actions of a type, in any spelling of case. */
export function actionHandler(type: string): ActionHandler {
  return byType.get(type.toLowerCase()) ?? unknownType(actionType(type)?.type ?? type);
}
