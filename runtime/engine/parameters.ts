/**
 * Parameters and app settings as expressions see them. A value in parameters.json beats the definition's default; both may be
 * expressions over app settings. Names match in any case.
 */
import type { EvaluationContext } from '../../language/expressions/context';
import { parseValue } from '../../language/json/parse';
import type { JsonNode } from '../../language/json/tree';
import { isArray, isObject } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import type { Workflow } from '../../language/workflow/model';
import type { Ids } from '../ports';
import { StepFailure } from './failure';
import type { RuntimeProject } from './project';
import { compile } from './template';

interface Declared {
  readonly type: string | undefined;
  readonly node: JsonNode | undefined;
}

export class ParameterValues {
  readonly #declared = new Map<string, Declared>();
  readonly #values = new Map<string, Value>();
  readonly #settings = new Map<string, string>();
  readonly #context: EvaluationContext;

  constructor(project: RuntimeProject, workflow: Workflow | undefined, now: () => number, ids: Ids) {
    for (const [name, value] of project.appSettings) this.#settings.set(name.toLowerCase(), value);
    for (const [name, parameter] of project.parameters) {
      this.#declared.set(name.toLowerCase(), { type: parameter.type, node: parameter.value });
    }
    for (const { name, type, defaultValue } of workflow?.parameters ?? []) {
      const given = this.#declared.get(name.toLowerCase());
      this.#declared.set(name.toLowerCase(), {
        type: type ?? given?.type,
        node: given?.node ?? defaultValue,
      });
    }
    this.#context = new ParameterContext(this, now, ids);
  }

  /** The value of a parameter; undefined when there is none of this name, or none was given. Throws a `StepFailure`. */
  get(name: string): Value | undefined {
    const key = name.toLowerCase();
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const declared = this.#declared.get(key);
    if (declared?.node === undefined) return undefined;
    const value = typed(compile(declared.node).evaluate(this.#context), declared.type);
    this.#values.set(key, value);
    return value;
  }

  appSetting(name: string): string | undefined {
    return this.#settings.get(name.toLowerCase());
  }

  /** Evaluates a node of connections.json. */
  evaluate(node: JsonNode): Value {
    return compile(node).evaluate(this.#context);
  }

  /** True for a SecureString or SecureObject. */
  isSecure(name: string): boolean {
    return this.#declared.get(name.toLowerCase())?.type?.toLowerCase().startsWith('secure') === true;
  }

  /** Texts that must not be shown: the strings in the values of secure parameters. */
  secrets(): string[] {
    const found: string[] = [];
    for (const name of this.#declared.keys()) {
      if (!this.isSecure(name)) continue;
      try {
        const value = this.get(name);
        if (value !== undefined) collectStrings(value, found);
      } catch (error) {
        // A parameter without a value holds no secret; the action that uses it will say what is wrong.
        if (!(error instanceof StepFailure)) throw error;
      }
    }
    return found;
  }
}

function collectStrings(value: Value, found: string[]): void {
  if (typeof value === 'string') found.push(value);
  else if (isArray(value)) for (const item of value) collectStrings(item, found);
  else if (isObject(value)) for (const item of value.values()) collectStrings(item, found);
}

/** App settings are text: a parameter of another type takes the JSON in it. */
function typed(value: Value, type: string | undefined): Value {
  if (typeof value !== 'string') return value;
  switch (type?.toLowerCase()) {
    case 'int':
    case 'float':
    case 'bool':
    case 'array':
    case 'object':
    case 'secureobject': {
      const parsed = parseValue(
        value.trim().toLowerCase() === 'true' || value.trim().toLowerCase() === 'false'
          ? value.trim().toLowerCase()
          : value,
      );
      return parsed.ok ? parsed.value : value;
    }
    default:
      return value;
  }
}

/** What is there before a run: app settings and parameters. */
export class ParameterContext implements EvaluationContext {
  constructor(
    protected readonly values: ParameterValues,
    protected readonly clock: () => number,
    protected readonly ids: Ids,
  ) {}
  parameter(name: string): Value | undefined {
    return this.values.get(name);
  }
  appSetting(name: string): Value | undefined {
    return this.values.appSetting(name);
  }
  variable(): undefined {
    return undefined;
  }
  trigger(): ObjectValue | undefined {
    return undefined;
  }
  action(): ObjectValue | undefined {
    return undefined;
  }
  currentAction(): ObjectValue | undefined {
    return undefined;
  }
  item(): Value | undefined {
    return undefined;
  }
  items(): undefined {
    return undefined;
  }
  iterationIndex(): number | undefined {
    return undefined;
  }
  result(): undefined {
    return undefined;
  }
  workflow(): Value | undefined {
    return undefined;
  }
  callbackUrl(): string | undefined {
    return undefined;
  }
  agentParameter(): undefined {
    return undefined;
  }
  now(): number {
    return this.clock();
  }
  newGuid(): string {
    return this.ids.guid();
  }
  random(): number {
    return this.ids.random();
  }
}
