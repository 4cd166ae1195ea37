/**
 * Liquid transformations: JSON or XML through a template of Artifacts/Maps into JSON or text. The platform uses DotLiquid: its filter
 * names begin with a capital, and the input is called `content`. Source: "Transform JSON and XML using Liquid templates".
 */
import type { Liquid as LiquidEngine } from 'liquidjs';
import type { Call } from '../../../language/expressions/ast';
import { evaluateExpression } from '../../../language/expressions/evaluate';
import { parseValue } from '../../../language/json/parse';
import { stringify } from '../../../language/json/stringify';
import { isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import { textOf } from '../../engine/text';
import type { ActionHandler } from '../handler';
import { artifactName, artifactText, readArtifact } from './artifact';

export const liquid: ActionHandler = {
  type: 'Liquid',
  mockable: true,
  start: (step) => step.run.services.work.during(() => transform(step)),
};

const kinds = ['jsontojson', 'jsontotext', 'xmltojson', 'xmltotext'];

async function transform(step: ActionStep): Promise<Outcome> {
  const inputs = step.record.inputs ?? step.inputs();
  const kind = step.plan.kind?.toLowerCase() ?? '';
  if (!kinds.includes(kind)) {
    throw new StepFailure(
      'InvalidTemplate',
      `The kind '${step.plan.kind ?? ''}' of action '${step.name}' is no Liquid transformation.`,
    );
  }
  const map = await readArtifact(step, 'Maps', artifactName(inputs, 'map', step.name));
  const content = contentOf(step, kind, isObject(inputs) ? (inputs.get('content') ?? null) : null);
  const text = await render(step, artifactText(map), content);
  if (kind.endsWith('totext')) return succeeded(objectOf({ body: text }));
  const parsed = parseValue(text);
  if (parsed.ok) return succeeded(objectOf({ body: parsed.value }));
  throw new StepFailure(
    'LiquidTransformationFailed',
    `The Liquid template '${map.name}' of action '${step.name}' gave text that is not valid JSON: ${parsed.message}`,
  );
}

function contentOf(step: ActionStep, kind: string, content: Value): Value {
  if (kind.startsWith('json')) {
    const parsed = typeof content === 'string' ? parseValue(content) : undefined;
    return parsed?.ok === true ? parsed.value : content;
  }
  const nowhere = { start: 0, end: 0 };
  const call = (
    name: string,
    argument: Call | { kind: 'literal'; value: Value; start: number; end: number },
  ): Call => ({
    kind: 'call',
    name,
    args: [argument],
    open: 0,
    closed: true,
    ...nowhere,
  });
  const ast = call(
    'json',
    call('xml', { kind: 'literal', value: typeof content === 'string' ? content : textOf(content), ...nowhere }),
  );
  const outcome = evaluateExpression({ ast, problems: [], text: '' }, step.context);
  if (outcome.ok) return outcome.value;
  throw new StepFailure(
    'InvalidTemplate',
    `The content of action '${step.name}' is not valid XML: ${outcome.failure.message}`,
  );
}

let engine: Promise<LiquidEngine> | undefined;

async function render(step: ActionStep, template: string, content: Value): Promise<string> {
  try {
    const liquidEngine = await (engine ??= load());
    const scope: unknown = JSON.parse(stringify(objectOf({ content })));
    const text: unknown = liquidEngine.parseAndRenderSync(
      template,
      typeof scope === 'object' && scope !== null ? scope : {},
    );
    return String(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StepFailure(
      'LiquidTransformationFailed',
      `The Liquid template of action '${step.name}' cannot be rendered: ${reason}`,
    );
  }
}

async function load(): Promise<LiquidEngine> {
  const { Liquid } = await import('liquidjs');
  // No file of the machine can be included; endless templates are cut off.
  const made = new Liquid({ templates: {}, renderLimit: 10_000, memoryLimit: 1e8, cache: false });
  for (const [name, filter] of Object.entries(made.filters)) {
    // DotLiquid knows `size` as `Size` and `url_encode` as `UrlEncode`; templates in use have either.
    const pascal = name.replace(/(^|_)([a-z])/g, (_match, _dash: string, letter: string) => letter.toUpperCase());
    if (made.filters[pascal] === undefined) made.registerFilter(pascal, filter);
  }
  return made;
}
