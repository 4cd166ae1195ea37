/**
 * The variables of a run. They belong to the run, not to an iteration: parallel iterations share them, as on the platform.
 * Source: "Create variables to store values".
 */
import { Decimal, Double, double, integer, isArray, isInteger, isObject } from '../../language/json/value';
import type { Value } from '../../language/json/value';
import type { Failure } from '../events';

export const variableTypes = ['Boolean', 'Integer', 'Float', 'String', 'Object', 'Array'] as const;
export type VariableType = (typeof variableTypes)[number];

export interface Variable {
  readonly name: string;
  readonly type: VariableType;
  readonly value: Value;
}

/** The type of this name in any case, or undefined. */
export function variableType(name: string): VariableType | undefined {
  const lower = name.toLowerCase();
  return variableTypes.find((type) => type.toLowerCase() === lower);
}

/** What a variable without a start value holds. Strings start empty and arrays without items; the rest start as null. */
export function initialValue(type: VariableType): Value {
  switch (type) {
    case 'String':
      return '';
    case 'Array':
      return [];
    case 'Boolean':
    case 'Integer':
    case 'Float':
    case 'Object':
      return null;
  }
}

export class Variables {
  readonly #byName = new Map<string, Variable>();

  get(name: string): Variable | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  list(): readonly Variable[] {
    return [...this.#byName.values()];
  }

  /** Creates a variable; a failure when the name is taken or the value does not fit. */
  initialize(name: string, type: VariableType, value: Value | undefined): Variable | Failure {
    if (this.get(name) !== undefined) {
      return {
        code: 'InvalidTemplate',
        message: `The variable '${name}' is already initialized. A variable is initialized once in a run.`,
      };
    }
    if (value === undefined) return this.#keep({ name, type, value: initialValue(type) });
    const fitted = fit(type, value);
    if (fitted === undefined) return this.#mismatch(name, type, value);
    return this.#keep({ name, type, value: fitted });
  }

  /** Gives a variable a new value of its own type. */
  set(name: string, value: Value): Variable | Failure {
    const variable = this.get(name);
    if (variable === undefined) return notInitialized(name);
    const fitted = fit(variable.type, value);
    if (fitted === undefined) return this.#mismatch(variable.name, variable.type, value);
    return this.#keep({ name: variable.name, type: variable.type, value: fitted });
  }

  /** Puts back what a run that is taken up again had. */
  restore(variable: Variable): void {
    this.#keep(variable);
  }

  #keep(variable: Variable): Variable {
    this.#byName.set(variable.name.toLowerCase(), variable);
    return variable;
  }

  /** Adds an item to an array variable. */
  append(variable: Variable, item: Value): Variable {
    const items = isArray(variable.value) ? variable.value : [];
    return this.#keep({ name: variable.name, type: variable.type, value: [...items, item] });
  }

  #mismatch(name: string, type: VariableType, value: Value): Failure {
    const supported = type === 'Float' ? 'Float, Integer' : type;
    return {
      code: 'BadRequest',
      message:
        `The variable '${name}' of type '${type}' cannot be initialized or updated with value of type '${typeName(value)}'. ` +
        `The variable '${name}' only supports values of types '${supported}'.`,
    };
  }
}

export function notInitialized(name: string): Failure {
  return {
    code: 'InvalidTemplate',
    message: `The variable '${name}' does not exist: an 'Initialize variable' action must have run before it is used.`,
  };
}

/** The value as the variable keeps it, or undefined when it is of another type. A whole number is a fine float. */
function fit(type: VariableType, value: Value): Value | undefined {
  switch (type) {
    case 'Boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'Integer':
      return isInteger(value) ? value : undefined;
    case 'Float':
      return isNumber(value) ? value : undefined;
    case 'String':
      return typeof value === 'string' ? value : undefined;
    case 'Array':
      return isArray(value) ? value : undefined;
    case 'Object':
      // An object variable also takes null and any JSON array, as the platform's JObject check is skipped for tokens.
      return isObject(value) || value === null ? value : undefined;
  }
}

export function isNumber(value: Value | undefined): value is number | bigint | Double | Decimal {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal;
}

/** The name the platform's messages give to the type of a value. */
export function typeName(value: Value | undefined): string {
  if (value === undefined || value === null) return 'Null';
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  if (isInteger(value)) return 'Integer';
  if (isNumber(value)) return 'Float';
  if (isArray(value)) return 'Array';
  return 'Object';
}

/** Sum of two numbers: exact for integers, else as double. Undefined when the sum leaves the 64-bit range. */
export function addNumbers(left: Value, right: Value): Value | undefined {
  if (isInteger(left) && isInteger(right)) {
    const sum = BigInt(left) + BigInt(right);
    return BigInt.asIntN(64, sum) === sum ? integer(sum) : undefined;
  }
  return double(toDouble(left) + toDouble(right));
}

export function negate(value: Value): Value {
  if (isInteger(value)) return integer(-BigInt(value));
  return double(-toDouble(value));
}

function toDouble(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Double) return value.value;
  if (value instanceof Decimal) return Number(value.digits) / 10 ** value.scale;
  return Number.NaN;
}
