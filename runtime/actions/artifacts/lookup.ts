/** Integration account artifact lookup: a schema or map of the project's Artifacts folder as a value. */
import { binaryContent } from '../../../language/json/content';
import { isObject, objectOf } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import type { ActionHandler } from '../handler';
import { readArtifact } from './artifact';

export const artifactLookup: ActionHandler = {
  type: 'IntegrationAccountArtifactLookup',
  mockable: true,
  start: (step) => lookUp(step),
};

async function lookUp(step: ActionStep): Promise<Outcome> {
  const inputs = step.record.inputs ?? step.inputs();
  const type = isObject(inputs) ? inputs.get('artifactType') : undefined;
  const name = isObject(inputs) ? inputs.get('artifactName') : undefined;
  if (typeof type !== 'string' || typeof name !== 'string') {
    throw new StepFailure('InvalidTemplate', `The action '${step.name}' needs "artifactType" and "artifactName".`);
  }
  const folder = { map: 'Maps' as const, schema: 'Schemas' as const }[type.toLowerCase()];
  if (folder === undefined) {
    throw new StepFailure(
      'NotSupportedLocally',
      `Artifacts of type '${type}' are kept in an integration account, which this machine does not have. Mock the action in a scenario.`,
    );
  }
  const artifact = await readArtifact(step, folder, name);
  const contentType = /\.(xslt?|xsd|xml)$/i.test(artifact.name) ? 'application/xml' : 'text/plain';
  return succeeded(
    objectOf({
      body: objectOf({
        name,
        type,
        properties: objectOf({ contentType, content: binaryContent(artifact.bytes, contentType) }),
      }),
    }),
  );
}
