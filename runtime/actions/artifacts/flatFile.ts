/** Flat file decoding and encoding by a schema of Artifacts/Schemas. Source: "Encode and decode flat files in workflows". */
import { parseXml } from '../../../language/expressions/xml/parse';
import { XmlDocument } from '../../../language/expressions/xml/nodes';
import { isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { XmlValue } from '../../../language/json/xmlValue';
import { StepFailure, succeeded } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import { textOf } from '../../engine/text';
import type { RecordFormat } from '../../transforms/flatFile/format';
import { SchemaError } from '../../transforms/xsd/schemaSet';
import type { ActionHandler } from '../handler';
import { schemasOf } from './xmlSchema';

function handler(
  type: string,
  convert: (content: string, format: RecordFormat, step: ActionStep) => Promise<Value>,
): ActionHandler {
  return {
    type,
    mockable: true,
    start: (step) =>
      step.run.services.work.during(async () => {
        const inputs = step.record.inputs ?? step.inputs();
        const content = isObject(inputs) ? textOf(inputs.get('content') ?? '') : '';
        const { flatFileFormat } = await import('../../transforms/flatFile/format');
        const { FlatFileError } = await import('../../transforms/flatFile/decode');
        try {
          const format = flatFileFormat(await schemasOf(step, inputs));
          return succeeded(objectOf({ body: await convert(content.replace(/^\uFEFF/, ''), format, step) }));
        } catch (error) {
          if (error instanceof SchemaError)
            throw new StepFailure('InvalidXmlSchema', `${error.message} (action '${step.name}')`);
          if (!(error instanceof FlatFileError)) throw error;
          throw new StepFailure(
            `${type}Failed`,
            `The content of action '${step.name}' does not fit the schema. ${error.message}`,
          );
        }
      }),
  };
}

const decoding = handler('FlatFileDecoding', async (content, format) => {
  const { decodeFlatFile } = await import('../../transforms/flatFile/decode');
  return new XmlValue(decodeFlatFile(content, format));
});

const encoding = handler('FlatFileEncoding', async (content, format, step) => {
  const { encodeFlatFile } = await import('../../transforms/flatFile/encode');
  const document = parseXml(content);
  if (!(document instanceof XmlDocument) || document.documentElement === null) {
    const reason =
      'problem' in document ? `${document.problem} (line ${document.line}, column ${document.column})` : 'no element';
    throw new StepFailure('InvalidXmlContent', `The content of action '${step.name}' is not valid XML: ${reason}.`);
  }
  return encodeFlatFile(document.documentElement, format);
});

export const flatFileActions: readonly ActionHandler[] = [decoding, encoding];
