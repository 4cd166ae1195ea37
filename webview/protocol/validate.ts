/** The gate at both ends of the channel: a message is let in when it has the shape of one in `messages.ts`. */
import type { DesignerMessage, HostMessage } from './messages';
import { actionStatuses, runStatuses } from './run';
import {
  isBoolean,
  isCount,
  isEither,
  isListOf,
  isLiteral,
  isNumber,
  isOneOf,
  isOptional,
  isPlainJson,
  isRecordOf,
  isShape,
  isString,
} from './shape';
import type { Check } from './shape';

const range = isShape({ start: isCount, end: isCount });
const repetition = isListOf(isCount);
const actionStatus = isOneOf(...actionStatuses);

const overlay = isShape({
  runId: isString,
  status: isOneOf(...runStatuses),
  trigger: isOptional(isShape({ name: isString, status: actionStatus, durationMs: isNumber })),
  steps: isListOf(
    isShape({
      action: isString,
      status: actionStatus,
      count: isCount,
      statuses: isRecordOf(isCount),
      durationMs: isNumber,
      code: isOptional(isString),
      error: isOptional(isString),
      latest: repetition,
    }),
  ),
  paused: isOptional(
    isEither(
      isShape({ role: isLiteral('trigger') }),
      isShape({ role: isLiteral('action'), action: isString, repetition }),
    ),
  ),
  error: isOptional(isShape({ code: isString, message: isString })),
});

type Checks<M extends { readonly type: string }> = {
  readonly [T in M['type']]: Check<Extract<M, { readonly type: T }>>;
};

const hostChecks: Checks<HostMessage> = {
  document: isShape({
    type: isLiteral('document'),
    text: isString,
    version: isCount,
    fileName: isString,
    readOnly: isBoolean,
  }),
  problems: isShape({
    type: isLiteral('problems'),
    version: isCount,
    problems: isListOf(
      isShape({
        range,
        severity: isOneOf('error', 'warning', 'information', 'hint'),
        message: isString,
        code: isOptional(isString),
      }),
    ),
  }),
  breakpoints: isShape({
    type: isLiteral('breakpoints'),
    version: isCount,
    breakpoints: isListOf(isShape({ range, enabled: isBoolean })),
  }),
  cursor: isShape({ type: isLiteral('cursor'), version: isCount, offset: isCount }),
  run: isShape({ type: isLiteral('run'), overlay: isEither(overlay, isLiteral(null)) }),
  stepValues: isShape({
    type: isLiteral('stepValues'),
    values: isShape({
      action: isString,
      repetition,
      inputs: isOptional(isString),
      outputs: isOptional(isString),
      note: isOptional(isString),
    }),
  }),
  form: isShape({
    type: isLiteral('form'),
    role: isOneOf('trigger', 'action'),
    operationType: isString,
    fields: isListOf(
      isShape({
        path: isListOf(isString),
        description: isOptional(isString),
        required: isBoolean,
        isNested: isBoolean,
        isSetting: isBoolean,
        choices: isOptional(isListOf(isString)),
        start: isPlainJson,
      }),
    ),
  }),
  editRejected: isShape({ type: isLiteral('editRejected'), message: isString }),
};

const designerChecks: Checks<DesignerMessage> = {
  ready: isShape({ type: isLiteral('ready') }),
  edit: isShape({
    type: isLiteral('edit'),
    version: isCount,
    label: isString,
    edits: isListOf(isShape({ range, newText: isString })),
  }),
  rename: isShape({ type: isLiteral('rename'), version: isCount, offset: isCount, newName: isString }),
  reveal: isShape({ type: isLiteral('reveal'), version: isCount, range }),
  select: isShape({ type: isLiteral('select'), version: isCount, range }),
  toggleBreakpoint: isShape({ type: isLiteral('toggleBreakpoint'), version: isCount, offset: isCount }),
  openText: isShape({ type: isLiteral('openText') }),
  showProblems: isShape({ type: isLiteral('showProblems') }),
  askStepValues: isShape({ type: isLiteral('askStepValues'), action: isString, repetition }),
  askForm: isShape({ type: isLiteral('askForm'), role: isOneOf('trigger', 'action'), operationType: isString }),
  failed: isShape({ type: isLiteral('failed'), message: isString }),
};

/** The message, or undefined when the value is none the designer knows. */
export function hostMessage(value: unknown): HostMessage | undefined {
  const checks: readonly Check<HostMessage>[] = Object.values(hostChecks);
  for (const check of checks) if (check(value)) return value;
  return undefined;
}

/** The message, or undefined when the value is none the extension knows. */
export function designerMessage(value: unknown): DesignerMessage | undefined {
  const checks: readonly Check<DesignerMessage>[] = Object.values(designerChecks);
  for (const check of checks) if (check(value)) return value;
  return undefined;
}
