/** What a call calls, and how what a function throws gets its place. */
import type { Value } from '../json/value';
import type { Call } from './ast';
import { ArgumentError, FunctionError, LocatedError, usage } from './failure';
import { arityOf, parameterAt, signatureOf } from './functions/definition';
import type { FunctionDefinition } from './functions/definition';
import { findEntry, similarFunction } from './functions/registry';
import { typeNameOf } from './types';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const counts = ['no', 'one', 'two', 'three', 'four'];

/** The function, when there is one and it takes so many arguments. */
export function calleeOf(node: Call): FunctionDefinition | LocatedError {
  const entry = findEntry(node.name);
  if (entry === undefined) return unknownFunction(node);
  const { definition, arity } = entry;
  const given = node.args.length;
  return given < arity.least || given > arity.most ? wrongArity(node, definition) : definition;
}

function unknownFunction(node: Call): LocatedError {
  const similar = similarFunction(node.name);
  const hint = similar === undefined ? undefined : `Did you mean '${similar}'?`;
  const message = `The template function '${node.name}' is not defined or not valid.`;
  return new LocatedError(message, { start: node.start, end: node.start + node.name.length }, hint);
}

function wrongArity(node: Call, definition: FunctionDefinition): LocatedError {
  const message = arityMessage(definition, node.args.length) ?? '';
  return new LocatedError(message, node, `It is called as ${signatureOf(definition)}.`);
}

/** What is wrong with the number of arguments, in the platform's form. */
export function arityMessage(definition: FunctionDefinition, given: number): string | undefined {
  const { least, most } = arityOf(definition);
  if (given >= least && given <= most) return undefined;
  const word = (count: number): string => counts[count] ?? String(count);
  const plural = (count: number): string => (count === 1 ? 'parameter' : 'parameters');
  const expected =
    most === Infinity
      ? `at least ${word(least)} ${plural(least)}`
      : least === most
        ? `${word(least)} ${plural(least)}`
        : `${word(least)} to ${word(most)} parameters`;
  return `The template language function '${definition.name}' expects ${expected}. The function was invoked with '${given}' parameter(s). ${usage(definition.name)}`;
}

/** Gives what a function threw its place and its whole sentence. */
export function located(error: unknown, node: Call, definition: FunctionDefinition): unknown {
  if (error instanceof ArgumentError) {
    const parameter = parameterAt(definition, error.index);
    const single = definition.parameters.length === 1 && parameter?.rest !== true;
    const which = single ? 'parameter' : `${ordinals[error.index] ?? `${error.index + 1}th`} parameter`;
    const given = error.given === undefined ? '' : ` The provided value is of type '${typeNameOf(error.given)}'.`;
    const message = `The template language function '${definition.name}' expects its ${which} ${error.expectation}.${given} ${usage(definition.name)}`;
    const hint = error.hint ?? nullHint(error.given) ?? `It is called as ${signatureOf(definition)}.`;
    return new LocatedError(message, node.args[error.index] ?? node, hint);
  }
  if (!(error instanceof FunctionError)) return error;
  const argument = error.argument === undefined ? undefined : node.args[error.argument];
  return new LocatedError(error.message, argument ?? node, error.hint);
}

function nullHint(given: Value | undefined): string | undefined {
  return given === null ? 'Give it another value when there is none: coalesce(…, …).' : undefined;
}
