/**
 * What exists in one plan only, types of operations aside: app settings and references into connections.json are of Standard,
 * `$connections` is of Consumption. Source: "Differences between Standard and Consumption logic apps" and real definitions of both.
 */
import { member } from '../../json/tree';
import { sitePointer } from '../../workflow/sites';
import type { Operation, Workflow } from '../../workflow/model';
import type { Finding, WorkflowRule } from '../rule';

export const plansRule: WorkflowRule = {
  name: 'plans',
  reach: 'operation',
  *check({ workflow, document, project, due }) {
    const isConsumption = workflow.shape === 'arm';
    const isStandard = workflow.shape === 'standard' && project.documents.size > 0;
    if (!isConsumption && !isStandard) return;
    const { expressions } = document;
    for (const reference of due.references()) {
      const { kind, name, site, call } = reference;
      const message =
        isConsumption && kind === 'appSetting'
          ? `${call.name}() reads the settings of a Standard logic app; a Consumption workflow has none. Use a parameter.`
          : isStandard && kind === 'parameter' && name.toLowerCase() === '$connections'
            ? '$connections is how Consumption workflows get their connections; a Standard workflow names one of connections.json in "referenceName".'
            : undefined;
      if (message === undefined || (isStandard && declaresConnections(workflow))) continue;
      yield {
        code: 'operation-not-in-plan',
        range: expressions.nameRange(reference),
        path: sitePointer(workflow, site),
        message,
      };
    }
    if (!isConsumption) return;
    for (const operation of due.operations()) yield* checkReference(operation);
  },
};

function declaresConnections({ parameters }: Workflow): boolean {
  return parameters.some(({ name }) => name.toLowerCase() === '$connections');
}

function* checkReference(operation: Operation): Iterable<Finding> {
  const connection = member(member(operation.inputs, 'host'), 'connection');
  const reference = member(connection, 'referenceName');
  if (reference === undefined || member(connection, 'name') !== undefined) return;
  yield {
    code: 'operation-not-in-plan',
    range: reference,
    path: `${operation.path}/inputs/host/connection/referenceName`,
    message:
      '"referenceName" names a connection of a Standard project; a Consumption workflow writes "name": "@parameters(\'$connections\')[\'…\'][\'connectionId\']".',
  };
}
