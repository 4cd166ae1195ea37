/** What a call calls, and how what a function throws gets its place. */
import type { Value } from '../json/value';
import type { Call } from './ast';
import { ArgumentError, FunctionError, LocatedError, usage } from './failure';
import { arityOf, parameterAt, signatureOf } from './functions/definition';
import type { FunctionDefinition, Parameter } from './functions/definition';
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

/** What is wrong with the number of arguments, in the platform's form: how many there should be and, when that is fixed, what each is. */
export function arityMessage(definition: FunctionDefinition, given: number): string | undefined {
  const { least, most } = arityOf(definition);
  if (given >= least && given <= most) return undefined;
  return `The template language function '${definition.name}' expects ${expected(definition)}. The function was invoked with '${given}' parameter(s). ${usage(definition.name)}`;
}

function expected(definition: FunctionDefinition): string {
  const { least, most } = arityOf(definition);
  const amount = (count: number): string => `${counts[count] ?? count} ${count === 1 ? 'parameter' : 'parameters'}`;
  if (most === Infinity) return `at least ${amount(least)}`;
  if (least === most) return amount(least) + roles(definition.parameters);
  return least === 0 ? `at most ${amount(most)}` : `${counts[least] ?? least} to ${amount(most)}`;
}

/** `: the string to search as the first parameter, the substring to find as the second parameter`. */
function roles(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  const described = parameters.map(({ description }, index) => {
    const [what = ''] = description.split(';');
    const place = parameters.length === 1 ? '' : ` as the ${ordinal(index)} parameter`;
    return what.charAt(0).toLowerCase() + what.slice(1) + place;
  });
  return `: ${described.join(', ')}`;
}

function ordinal(index: number): string {
  return ordinals[index] ?? `${index + 1}th`;
}

/** Gives what a function threw its place and its whole sentence. */
export function located(error: unknown, node: Call, definition: FunctionDefinition): unknown {
  if (error instanceof ArgumentError) {
    const parameter = parameterAt(definition, error.index);
    const single = definition.parameters.length === 1 && parameter?.rest !== true;
    const which = single ? 'parameter' : `${ordinal(error.index)} parameter`;
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
