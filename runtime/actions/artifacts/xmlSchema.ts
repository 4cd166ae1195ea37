/**
 * Actions that take XML by a schema of Artifacts/Schemas: validation, parsing into JSON, composing from JSON.
 * Source: "Validate XML in workflows", "Parse XML using schemas", "Compose XML using schemas".
 */
import { parseXml } from '../../../language/expressions/xml/parse';
import { XmlDocument } from '../../../language/expressions/xml/nodes';
import { parseValue } from '../../../language/json/parse';
import { isObject, objectOf } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { XmlValue } from '../../../language/json/xmlValue';
import { StepFailure, succeeded } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import { textOf } from '../../engine/text';
import type { ActionHandler } from '../handler';
import { SchemaError, schemaFiles } from '../../transforms/xsd/schemaSet';
import type { SchemaFile } from '../../transforms/xsd/schemaSet';
import { artifactName, artifactText, readArtifact } from './artifact';

type Work = (step: ActionStep, inputs: ObjectValue, schemas: readonly SchemaFile[]) => Promise<Outcome>;

function handler(type: string, work: Work): ActionHandler {
  return {
    type,
    mockable: true,
    start: (step) =>
      step.run.services.work.during(async () => {
        const inputs = step.record.inputs ?? step.inputs();
        const members: ObjectValue = isObject(inputs) ? inputs : new Map<string, Value>();
        try {
          return await work(step, members, await schemasOf(step, inputs));
        } catch (error) {
          if (error instanceof SchemaError)
            throw new StepFailure('InvalidXmlSchema', `${error.message} (action '${step.name}')`);
          throw error;
        }
      }),
  };
}

/** The schema that the action names, with those that it includes. */
export async function schemasOf(step: ActionStep, inputs: Value): Promise<readonly SchemaFile[]> {
  const schema = await readArtifact(step, 'Schemas', artifactName(inputs, 'schema', step.name));
  return schemaFiles({ name: schema.name, text: artifactText(schema) }, async (name) => {
    const bytes = await step.run.services.ports.files.read(`Artifacts/Schemas/${name}`);
    return bytes && artifactText({ name, bytes });
  });
}

const SHOWN = 20;

const validation = handler('XmlValidation', async (step, inputs, schemas) => {
  const { validateXml } = await import('../../transforms/xsd/validate');
  const violations = await validateXml(textOf(inputs.get('content') ?? ''), schemas);
  if (violations.length === 0) return succeeded(objectOf({}));
  const shown = violations
    .slice(0, SHOWN)
    .map(({ message, line, path }) => `${message} (line ${line}${path === undefined ? '' : `, ${path}`})`);
  const more = violations.length > SHOWN ? ` And ${violations.length - SHOWN} more.` : '';
  throw new StepFailure(
    'XmlValidationFailed',
    `The content of action '${step.name}' does not conform to the schema '${schemas[0]?.name ?? ''}'. ${shown.join(' ')}${more}`,
  );
});

const parsing = handler('XmlParse', async (step, inputs, schemas) => {
  const { globalElements } = await import('../../transforms/xsd/model');
  const { jsonOf } = await import('../../transforms/xsd/toJson');
  const document = parseXml(textOf(inputs.get('content') ?? ''));
  if (!(document instanceof XmlDocument) || document.documentElement === null) {
    const reason =
      'problem' in document ? `${document.problem} (line ${document.line}, column ${document.column})` : 'no element';
    throw new StepFailure('InvalidXmlContent', `The content of action '${step.name}' is not valid XML: ${reason}.`);
  }
  const root = document.documentElement;
  const declaration = globalElements(schemas).find(
    ({ name, uri }) => name === root.localName && uri === root.namespaceURI,
  );
  if (declaration === undefined) {
    const shown =
      root.namespaceURI === null ? `'${root.localName}'` : `'${root.localName}' of namespace '${root.namespaceURI}'`;
    throw new StepFailure(
      'InvalidXmlContent',
      `The root element ${shown} of the content of action '${step.name}' is not declared in the schema '${schemas[0]?.name ?? ''}'.`,
    );
  }
  const settings = inputs.get('jsonWriterSettings');
  const isSet = (name: string): boolean => isObject(settings) && settings.get(name) === true;
  const body = jsonOf(root, declaration, {
    ignoreAttributes: isSet('ignoreAttributes'),
    useFullyQualifiedNames: isSet('useFullyQualifiedNames'),
  });
  return succeeded(objectOf({ body }));
});

const composing = handler('XmlCompose', async (step, inputs, schemas) => {
  const { globalElements } = await import('../../transforms/xsd/model');
  const { xmlOf } = await import('../../transforms/xsd/fromJson');
  const written = inputs.get('content') ?? null;
  const parsed = typeof written === 'string' ? parseValue(written) : undefined;
  const content = parsed?.ok === true ? parsed.value : written;
  if (!isObject(content))
    throw new StepFailure('InvalidJsonContent', `The content of action '${step.name}' must be a JSON object.`);
  return succeeded(objectOf({ body: new XmlValue(xmlOf(content, globalElements(schemas), textOf)) }));
});

export const xmlSchemaActions: readonly ActionHandler[] = [validation, parsing, composing];
