/**
 * What the Variables view shows: scopes of held steps, read when they are opened, and values that open into their members page by
 * page. References are valid until the step goes on.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { parseValue } from '../../language/json/parse';
import { stringify } from '../../language/json/stringify';
import { isArray, isObject } from '../../language/json/value';
import type { Value } from '../../language/json/value';
import type { Payload } from '../../runtime/events';
import type { ActionMember, Hold, Inspected, InspectScope, RuntimeLink } from '../../runtime/host/commands';
import type { ShownFrame } from './frames';
import { replaced, typedValue, valueAt } from './memberPaths';
import { binaryOf, binaryText, contentText, HIDDEN, rowText, typeName } from './valueText';

/** Values that belong to no held step, such as responses in the console: the latest can be opened. */
const KEPT = 1000;
const ONLY =
  'Only variables, the inputs of an action that has not begun, and the outputs and status of one that has run can be changed.';
/** Long lists open in pages of this many. */
const PAGE = 100;
/** Bytes of binary content in its opened row; all of them are memory to read. */
const MAX_DUMP = 256;

interface ScopeReference {
  readonly kind: 'scope';
  readonly hold: Hold;
  readonly scope: InspectScope;
}

interface ValueReference {
  readonly kind: 'value';
  readonly holdId: number | undefined;
  readonly value: Value;
  /** Gives the same value in the debug console. */
  readonly expression: string | undefined;
  /** Set inside of what can be changed: where in it the value is, so that a change can be written back. */
  readonly inside: Inside | undefined;
}

/** A workflow variable, or what a held action is given or gives. */
type Holder = { readonly variable: string } | { readonly member: ActionMember };

interface Inside {
  readonly holder: Holder;
  readonly root: Value;
  readonly path: readonly (string | number)[];
}

type Reference = ScopeReference | ValueReference;

/** How a client asks for more of a value. */
type Referred = Pick<DebugProtocol.Variable, 'variablesReference' | 'indexedVariables' | 'memoryReference'>;

const scopeNames: Readonly<Record<InspectScope, string>> = {
  expression: 'Expression',
  action: 'Action',
  loop: 'Loop',
  variables: 'Variables',
  trigger: 'Trigger',
  parameters: 'Parameters',
  appSettings: 'App settings',
  run: 'Run',
};

/** The scopes of a frame, in the order in which people look for things. */
function scopesAt(hold: Hold, level: ShownFrame['level']): readonly InspectScope[] {
  if (level === 'caller') return [];
  const inLoop = hold.enclosing.some((each) => each.index !== undefined);
  const rest: InspectScope[] = ['variables', 'trigger', 'parameters', 'appSettings', 'run'];
  if (level === 'trigger') return ['trigger', ...rest.filter((each) => each !== 'trigger')];
  if (level === 'expression') return ['expression', ...scopesAt(hold, 'action')];
  return [...(level === 'action' ? (['action'] as const) : []), ...(inLoop ? (['loop'] as const) : []), ...rest];
}

export class SessionVariables {
  readonly #link: RuntimeLink;
  readonly #references = new Map<number, Reference>();
  /** References that no held step ends, oldest first. */
  readonly #free: number[] = [];
  #lastReference = 0;

  constructor(link: RuntimeLink) {
    this.#link = link;
  }

  async scopes(hold: Hold, level: ShownFrame['level']): Promise<DebugProtocol.Scope[]> {
    const scopes = scopesAt(hold, level);
    // Before a condition or a loop runs there is nothing to see of it.
    const hasAction = scopes.includes('action') && (await this.#inspect({ hold, scope: 'action' })).some(isShown);
    return scopes
      .filter((scope) => scope !== 'action' || hasAction)
      .map((scope) => ({
        name: scopeNames[scope],
        variablesReference: this.#keep({ kind: 'scope', hold, scope }),
        // Only what people open each time is read at once.
        expensive: scope === 'parameters' || scope === 'appSettings' || scope === 'run',
        ...(scope === 'variables' || scope === 'expression' ? { presentationHint: 'locals' } : {}),
        ...(scope === 'action' ? { presentationHint: 'arguments' } : {}),
      }));
  }

  /** The step goes on: what was shown of it is no longer true. */
  forget(holdId: number): void {
    for (const [id, reference] of this.#references) {
      if ((reference.kind === 'scope' ? reference.hold.holdId : reference.holdId) === holdId)
        this.#references.delete(id);
    }
  }

  async list({
    variablesReference,
    filter,
    start = 0,
    count = 0,
  }: DebugProtocol.VariablesArguments): Promise<DebugProtocol.Variable[]> {
    const reference = this.#references.get(variablesReference);
    if (reference === undefined) return [];
    if (reference.kind === 'scope') return this.#scope(reference);
    const { value } = reference;
    const all = isArray(value) ? value.length : isObject(value) ? value.size : 0;
    if (filter === 'named' && isArray(value)) return [];
    const end = count > 0 ? Math.min(all, start + count) : all;
    return this.#members(reference, start, end);
  }

  /** The bytes of binary content that `memoryReference` of a row or result names; undefined when its step has gone on. */
  memory(memoryReference: string): Uint8Array | undefined {
    const reference = this.#references.get(Number(memoryReference));
    return reference?.kind === 'value' ? binaryOf(reference.value) : undefined;
  }

  /** A value on its own: the result of an evaluation, the body of a response. */
  shown(value: Value, expression?: string, holdId?: number): Referred {
    return this.#reference({ kind: 'value', holdId, value, expression, inside: undefined });
  }

  /**
   * Changes a workflow variable, the inputs of a held action that has not begun, the outputs or status of one that has run, or a
   * member of these. `text` is JSON, or in place of a string the string itself. The reply is the new value, or the reason why it cannot be.
   */
  async change(
    variablesReference: number,
    name: string,
    text: string,
  ): Promise<{ readonly variable: DebugProtocol.Variable } | { readonly problem: string }> {
    const reference = this.#references.get(variablesReference);
    const place = reference && (await this.#changeable(reference, name));
    if (place === undefined) return { problem: ONLY };
    const { holdId, inside } = place;
    const current = valueAt(inside.root, inside.path);
    const typed = typedValue(text, typeof current === 'string');
    if (typed === undefined) return { problem: `'${text}' is no JSON value: write a text in double quotes.` };
    const root = replaced(inside.root, inside.path, typed);
    const json = stringify(root);
    const { holder } = inside;
    const reply =
      'variable' in holder
        ? await this.#link.send('setVariable', { holdId, name: holder.variable, json })
        : await this.#link.send('setAction', { holdId, member: holder.member, json });
    if ('error' in reply) return { problem: reply.error.message };
    const after = valueOf(reply.value) ?? root;
    const expression = 'variable' in holder ? variableExpression(holder.variable) : undefined;
    const changed: ValueReference = {
      kind: 'value',
      holdId,
      value: valueAt(after, inside.path) ?? null,
      expression:
        expression !== undefined
          ? inside.path.reduce<string>((text, step) => accessOf(text, step), expression)
          : undefined,
      inside: { ...inside, root: after },
    };
    return { variable: this.#variable(name, changed) };
  }

  /** The workflow variable that a row of a scope stands for. */
  variableAt(
    variablesReference: number,
    name: string,
  ): { readonly workflow: string; readonly name: string } | undefined {
    const reference = this.#references.get(variablesReference);
    if (reference?.kind !== 'scope' || reference.scope !== 'variables') return undefined;
    return { workflow: reference.hold.workflow, name };
  }

  async #changeable(
    reference: Reference,
    name: string,
  ): Promise<{ readonly holdId: number; readonly inside: Inside } | undefined> {
    if (reference.kind === 'scope') {
      const holder = holderOf(reference, name);
      if (holder === undefined) return undefined;
      const { holdId } = reference.hold;
      const item = (await this.#inspect(reference)).find((each) => each.name === name);
      return item && { holdId, inside: { holder, root: valueOf(item.value) ?? null, path: [] } };
    }
    const { inside, holdId, value } = reference;
    if (inside === undefined || holdId === undefined) return undefined;
    return { holdId, inside: { ...inside, path: [...inside.path, isArray(value) ? Number(name) : name] } };
  }

  async #inspect({ hold, scope }: Pick<ScopeReference, 'hold' | 'scope'>): Promise<readonly Inspected[]> {
    return (await this.#link.send('inspect', { holdId: hold.holdId, scope })).items;
  }

  async #scope(reference: ScopeReference): Promise<DebugProtocol.Variable[]> {
    const items = await this.#inspect(reference);
    const { holdId } = reference.hold;
    // A container has no inputs, a step that failed early no outputs: such rows would say nothing.
    return items.filter(isShown).map(({ name, expression, kind, value: payload }) => {
      if (payload.secured === true) {
        return {
          ...readOnly,
          name,
          value: HIDDEN,
          type: 'Hidden: secured by the workflow, or a secret.',
          variablesReference: 0,
        };
      }
      const value = valueOf(payload);
      if (value === undefined) return { ...readOnly, name, value: 'none', type: kind ?? '', variablesReference: 0 };
      if (kind === 'error' && typeof value === 'string') {
        return { ...readOnly, name, value: `cannot be evaluated: ${value}`, type: 'error', variablesReference: 0 };
      }
      const holder = holderOf(reference, name);
      const inside = holder && { holder, root: value, path: [] };
      const shown = this.#variable(name, { kind: 'value', holdId, value, expression, inside });
      // Variables are declared in lower case; the runtime names types as the platform's parameters do.
      return kind === undefined
        ? shown
        : { ...shown, type: reference.scope === 'variables' ? kind.toLowerCase() : kind };
    });
  }

  #members(reference: ValueReference, start: number, end: number): DebugProtocol.Variable[] {
    const { value, expression, inside, holdId } = reference;
    const member = (step: string | number, each: Value): DebugProtocol.Variable =>
      this.#variable(String(step), {
        kind: 'value',
        holdId,
        value: each,
        expression: expression && accessOf(expression, step),
        inside: inside && { ...inside, path: [...inside.path, step] },
      });
    if (isArray(value)) return value.slice(start, end).map((each, index) => member(start + index, each));
    if (!isObject(value)) return [];
    const members = [...value].slice(start, end).map(([name, each]) => member(name, each));
    const text = start === 0 ? (contentText(value) ?? binaryText(value, MAX_DUMP)) : undefined;
    if (text === undefined) return members;
    return [...members, { ...readOnly, name: '(decoded)', value: text, type: 'string', variablesReference: 0 }];
  }

  #variable(name: string, reference: ValueReference): DebugProtocol.Variable {
    const { value, expression, inside } = reference;
    return {
      name,
      value: rowText(value),
      type: typeName(value),
      ...(expression === undefined ? {} : { evaluateName: expression }),
      ...(inside === undefined ? readOnly : {}),
      ...this.#reference(reference),
    };
  }

  #reference(reference: ValueReference): Referred {
    const { value } = reference;
    if (isArray(value) && value.length > 0) {
      const variablesReference = this.#keep(reference);
      return value.length > PAGE ? { variablesReference, indexedVariables: value.length } : { variablesReference };
    }
    if (isObject(value) && value.size > 0) {
      const variablesReference = this.#keep(reference);
      const isBinary = binaryOf(value) !== undefined;
      return { variablesReference, ...(isBinary ? { memoryReference: String(variablesReference) } : {}) };
    }
    return { variablesReference: 0 };
  }

  #keep(reference: Reference): number {
    const id = (this.#lastReference += 1);
    this.#references.set(id, reference);
    if (reference.kind === 'value' && reference.holdId === undefined) {
      const oldest = this.#free.push(id) > KEPT ? this.#free.shift() : undefined;
      if (oldest !== undefined) this.#references.delete(oldest);
    }
    return id;
  }
}

/** There is a value, if only a hidden one. */
function isShown({ value }: Inspected): boolean {
  return value.secured === true || value.json !== undefined;
}

const readOnly: Pick<DebugProtocol.Variable, 'presentationHint'> = { presentationHint: { attributes: ['readOnly'] } };

/** The value of a payload; undefined when there is none. */
export function valueOf(payload: Payload): Value | undefined {
  if (payload.json === undefined) return undefined;
  const read = parseValue(payload.json);
  return read.ok ? read.value : payload.json;
}

export function variableExpression(name: string): string {
  return `variables(${quoted(name)})`;
}

function accessOf(expression: string, step: string | number): string {
  return typeof step === 'number' ? `${expression}[${step}]` : `${expression}?[${quoted(step)}]`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** What a row of a scope stands for, when it can be changed: variables always, the rest of an action in its own time. */
function holderOf({ scope, hold }: ScopeReference, name: string): Holder | undefined {
  if (scope === 'variables') return { variable: name };
  if (scope !== 'action' || hold.role !== 'action') return undefined;
  if (name === 'inputs') return hold.moment === 'before' ? { member: name } : undefined;
  return hold.moment === 'after' && (name === 'outputs' || name === 'status') ? { member: name } : undefined;
}
