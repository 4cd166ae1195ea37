/**
 * What one function of the language is. A function is declared once; evaluation, static checks, completion, hover, signature help,
 * the designer's picker and the documentation all read this entry, and its examples run as tests.
 */
import type { Value } from '../../json/value';
import type { EvaluationContext } from '../context';
import type { Type } from '../types';

export type Category =
  'string' | 'collection' | 'logical' | 'conversion' | 'math' | 'date' | 'workflow' | 'uri' | 'manipulation';

/** What a literal name in an argument refers to. */
export type ReferenceKind =
  'action' | 'scope' | 'loop' | 'until' | 'variable' | 'parameter' | 'appSetting' | 'agentParameter';

/** Kinds of values that are not the only ones allowed. */
export type Suggested = 'timeZone' | 'culture' | 'dateTimeFormat' | 'numberFormat' | 'guidFormat';

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  /** One sentence, or a noun phrase, without markup. */
  readonly description: string;
  readonly optional?: true;
  /** The last parameter may be given any number of times: at least once, unless it is optional too. */
  readonly rest?: true;
  /** A string literal here names such a thing. */
  readonly names?: ReferenceKind;
  /** The only values allowed (compared without regard to case). */
  readonly values?: readonly string[];
  /** What an editor may offer here. */
  readonly suggests?: Suggested;
}

export interface Example {
  /** Without the leading `@`. */
  readonly expression: string;
  /** The result as JSON text, e.g. `"abc"`, `2.5`, `[1,2]`. Left out when it differs from run to run. */
  readonly result?: string;
  /** The context the expression needs, in the form of `eval --context`. */
  readonly context?: Readonly<Record<string, unknown>>;
}

interface Common {
  /** As the documentation spells it; calls match without regard to case. */
  readonly name: string;
  readonly category: Category;
  /** One sentence. */
  readonly summary: string;
  /** Further sentences: oddities, limits. */
  readonly details?: string;
  readonly parameters: readonly Parameter[];
  readonly returns: Type;
  readonly examples: readonly Example[];
  /** The function to use instead. */
  readonly deprecated?: string;
  /** Set for a function that Microsoft's reference does not list: where it comes from. */
  readonly undocumented?: string;
}

/**
 * Arguments are evaluated first; their number has been checked against `parameters`, their types have not (use `arguments.ts`).
 * Throws FunctionError or ArgumentError when it fails.
 */
export interface EagerFunction extends Common {
  readonly lazy?: undefined;
  readonly evaluate: (args: readonly Value[], context: EvaluationContext) => Value;
}

/** An argument not yet evaluated; `context` may be another one than the caller's (to bind `item()`). */
export type LazyArgument = (context: EvaluationContext) => Value;

/** Evaluates only the arguments it needs. */
export interface LazyFunction extends Common {
  readonly lazy: true;
  readonly evaluate: (args: readonly LazyArgument[], context: EvaluationContext) => Value;
}

export type FunctionDefinition = EagerFunction | LazyFunction;

export interface Arity {
  readonly least: number;
  /** `Infinity` when there is no most. */
  readonly most: number;
}

/** The fewest and the most arguments. */
export function arityOf({ parameters }: FunctionDefinition): Arity {
  return {
    least: parameters.filter((parameter) => parameter.optional !== true).length,
    most: parameters.at(-1)?.rest === true ? Infinity : parameters.length,
  };
}

/** The parameter that takes the argument at `index`, a repeated last one included. */
export function parameterAt(definition: FunctionDefinition, index: number): Parameter | undefined {
  const last = definition.parameters.at(-1);
  return definition.parameters[index] ?? (last?.rest === true ? last : undefined);
}

/** `concat(text1, …)` as signature help shows it. */
export function signatureOf(definition: FunctionDefinition): string {
  const parts = definition.parameters.map((parameter) => {
    const name = parameter.rest === true ? `${parameter.name}, …` : parameter.name;
    return parameter.optional === true ? `[${name}]` : name;
  });
  return `${definition.name}(${parts.join(', ')})`;
}
