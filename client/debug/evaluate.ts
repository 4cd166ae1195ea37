/** Evaluation for the debug console, watches and hovers: the workflow definition language, with or without its `@`. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Hold, RuntimeLink } from '../../runtime/host/commands';
import { Refusal } from './refusal';
import { fullText, HIDDEN, rowText, typeName } from './valueText';
import { valueOf } from './variables';
import type { SessionVariables } from './variables';

/** Throws a `Refusal` with the platform's message when the expression fails. */
export async function evaluate(
  link: RuntimeLink,
  variables: SessionVariables,
  expression: string,
  hold: Hold | undefined,
  context: string | undefined,
): Promise<DebugProtocol.EvaluateResponse['body']> {
  if (expression.trim() === '') return { result: '', variablesReference: 0 };
  const holdId = hold === undefined ? {} : { holdId: hold.holdId };
  const reply = await link.send('evaluate', { ...holdId, expression });
  if ('error' in reply) throw new Refusal(reply.error.message);
  if (reply.value.secured === true) return { result: HIDDEN, variablesReference: 0 };
  const value = valueOf(reply.value);
  if (value === undefined) return { result: '', variablesReference: 0 };
  const isWhole = context === 'clipboard' || context === 'variables';
  return {
    result: isWhole ? fullText(value) : context === 'repl' && typeof value === 'string' ? value : rowText(value),
    type: typeName(value),
    ...variables.shown(value, withoutAt(expression), hold?.holdId),
  };
}

/** As a part of a longer expression. */
function withoutAt(expression: string): string {
  const text = expression.trim();
  return /^@\{(.*)\}$/s.exec(text)?.[1] ?? (text.startsWith('@') ? text.slice(1) : text);
}
