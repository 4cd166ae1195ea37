/**
 * Transform XML: content through a map of Artifacts/Maps, with parameters. Source: "Transform XML in workflows", schema reference.
 * The result begins with a byte-order mark unless `transformOptions` says otherwise, as on the platform.
 */
import { binaryContent } from '../../../language/json/content';
import { parseValue } from '../../../language/json/parse';
import { isObject, objectOf } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import { textOf } from '../../engine/text';
import { wayOut } from '../unsupported';
import type { ActionHandler } from '../handler';
import type { Transformed } from '../../transforms/xslt/transform';
import { artifactName, artifactText, readArtifact } from './artifact';

export const xslt: ActionHandler = {
  type: 'Xslt',
  mockable: true,
  start: (step) => step.run.services.work.during(() => run(step)),
};

/** Milliseconds; what takes longer does not come to an end. */
const TIMEOUT = 60_000;

async function run(step: ActionStep): Promise<Outcome> {
  const inputs = step.record.inputs ?? step.inputs();
  const members: ObjectValue = isObject(inputs) ? inputs : new Map<string, Value>();
  const options = textOf(members.get('transformOptions') ?? '')
    .toLowerCase()
    .split(/[,\s]+/);
  const map = await readArtifact(step, 'Maps', artifactName(inputs, 'map', step.name));
  const { transform } = await import('../../transforms/xslt/transform');
  const { XsltError } = await import('../../transforms/xslt/failure');
  try {
    const result = await transform({
      name: map.name,
      map: artifactText(map),
      source: textOf(members.get('content') ?? ''),
      parameters: parametersOf(members.get('xsltParameters')),
      appliesOutput: options.includes('applyxsltoutputattributes'),
      now: step.now(),
      timeout: TIMEOUT,
      read: async (href) => {
        const bytes = await step.run.services.ports.files.read(`Artifacts/Maps/${href}`);
        return bytes && artifactText({ name: href, bytes });
      },
    });
    return succeeded(objectOf({ body: bodyOf(result, options) }));
  } catch (error) {
    if (!(error instanceof XsltError)) throw error;
    const message = `The map '${map.name}' of action '${step.name}' cannot transform the content. ${error.message}`;
    if (error.unsupported) throw new StepFailure('NotSupportedLocally', `${message} ${wayOut}`);
    throw new StepFailure('XsltTransformationFailed', message);
  }
}

function parametersOf(value: Value | undefined): ReadonlyMap<string, string> {
  return new Map(isObject(value) ? [...value].map(([name, each]) => [name, textOf(each)]) : []);
}

function bodyOf({ text, method, encoding, mediaType }: Transformed, options: readonly string[]): Value {
  const json = method === 'text' && mediaType?.includes('json') === true ? parseValue(text) : undefined;
  if (json?.ok === true) return json.value;
  if (method === 'text' || options.includes('generatetextoutput')) return text;
  const marked = options.includes('disablebyteordermark') ? text : `\uFEFF${text}`;
  const type = method === 'html' ? 'text/html' : 'application/xml';
  return /^utf-?16/.test(encoding)
    ? binaryContent(Buffer.from(marked, 'utf16le'), `${type}; charset=utf-16`)
    : binaryContent(Buffer.from(marked, 'utf8'), `${type}; charset=utf-8`);
}
