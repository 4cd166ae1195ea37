/** `logicapps eval`: one expression, or a batch of cases with a JSON line each. The context is plain data. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { evaluateExpression, evaluateJsonContext, evaluateValue } from '../language/expressions/index';
import type { ExpressionFailure, Outcome } from '../language/expressions/index';
import { parseValue } from '../language/json/parse';
import { stringify } from '../language/json/stringify';
import { isArray, isObject, objectOf } from '../language/json/value';
import type { ObjectValue, Value } from '../language/json/value';
import { parseArguments } from './arguments';
import { exitCodes, UsageError } from './io';
import type { Io } from './io';

/**
 * Evaluates and prints. Resolves with 1 when an expression fails; a batch resolves with 0 however its cases end, as each says so itself.
 */
export async function evaluate(args: readonly string[], io: Io): Promise<number> {
  const { positional, options } = parseArguments(args, { options: ['context', 'batch'], flags: [] });
  const batch = options.get('batch');
  if (batch !== undefined) {
    if (positional.length > 0 || options.has('context'))
      throw new UsageError('--batch takes everything from its file.');
    return runBatch(await readJson(batch, io), batch, io);
  }
  const [expression, ...extra] = positional;
  if (expression === undefined || extra.length > 0) throw new UsageError('One expression is needed; put it in quotes.');
  const file = options.get('context');
  const context = file === undefined ? undefined : await readJson(file, io);
  const outcome = evaluateTyped(expression, context);
  if (!outcome.ok) {
    const { failure } = outcome;
    io.err(`${failure.code}: ${failure.message}\n${pointer(failure)}`);
    return exitCodes.found;
  }
  io.out(`${stringify(outcome.value)}\n`);
  return exitCodes.fine;
}

/** As it is typed in a terminal: bare, or with the `@` or `@{…}` that it has in a workflow. */
function evaluateTyped(expression: string, context: Value | undefined): Outcome {
  const environment = evaluateJsonContext(context);
  return expression.includes('@{') || expression.startsWith('@')
    ? evaluateValue(expression, environment)
    : evaluateExpression(expression, environment);
}

/** The expression with a mark under what failed, and the way out. */
function pointer({ text, range, hint }: ExpressionFailure): string {
  const isLine = !/[\r\n\t]/.test(text) && text.length <= 200;
  const mark = isLine
    ? `  ${text}\n  ${' '.repeat(range.start)}${'^'.repeat(Math.max(1, range.end - range.start))}\n`
    : '';
  return mark + (hint === undefined ? '' : `${hint}\n`);
}

function runBatch(cases: Value, file: string, io: Io): number {
  if (!isArray(cases)) throw new UsageError(`${file} must hold an array of cases.`);
  for (const each of cases) io.out(`${stringify(runCase(each))}\n`);
  return exitCodes.fine;
}

function runCase(given: Value): ObjectValue {
  if (!isObject(given)) return failed(null, 'InvalidCase', 'A case must be an object.');
  const id = given.get('id') ?? null;
  const expression = given.get('expr');
  const value = given.get('value');
  const context = evaluateJsonContext(given.get('context'));
  if (typeof expression === 'string') return line(id, evaluateExpression(expression, context));
  if (value !== undefined) return line(id, evaluateValue(value, context));
  return failed(id, 'InvalidCase', 'A case needs "expr" or "value".');
}

function line(id: Value, outcome: Outcome): ObjectValue {
  if (!outcome.ok) return failed(id, outcome.failure.code, outcome.failure.message);
  return objectOf({ id, value: outcome.value });
}

function failed(id: Value, code: string, message: string): ObjectValue {
  return objectOf({ id, error: objectOf({ code, message }) });
}

async function readJson(file: string, io: Io): Promise<Value> {
  let text: string;
  try {
    text = await readFile(path.resolve(io.cwd, file), 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
  const result = parseValue(text.replace(/^\uFEFF/, ''));
  if (!result.ok) throw new UsageError(`${file} is not valid JSON: ${result.message}`);
  return result.value;
}
