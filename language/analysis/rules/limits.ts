/** Names and counts that the platform bounds. Sources: Microsoft's limits page and definition language schema reference. */
import type { Finding, WorkflowRule } from '../rule';

/** "Actions per workflow", "Trigger and action - Maximum length", "Allowed nesting depth for actions" of the limits page. */
const MAX_ACTIONS = 500;
const MAX_NAME = 80;
const MAX_DEPTH = 8;
const MAX_PARAMETERS = 50;

export const limitsRule: WorkflowRule = {
  name: 'limits',
  *check({ workflow }) {
    if (workflow.actions.length > MAX_ACTIONS) {
      const action = workflow.actions[MAX_ACTIONS];
      if (action !== undefined) {
        yield limit(
          action.property.key,
          action.path,
          `A workflow may have ${MAX_ACTIONS} actions; this one has ${workflow.actions.length}.`,
        );
      }
    }
    if (workflow.parameters.length > MAX_PARAMETERS) {
      const parameter = workflow.parameters[MAX_PARAMETERS];
      if (parameter !== undefined) {
        const path = `${workflow.path}/parameters`;
        yield limit(parameter.property.key, path, `A workflow may have ${MAX_PARAMETERS} parameters.`);
      }
    }
    for (const operation of [...workflow.triggers, ...workflow.actions]) {
      if (operation.name.length > MAX_NAME) {
        yield limit(
          operation.property.key,
          operation.path,
          `A name may have ${MAX_NAME} characters; this one has ${operation.name.length}.`,
        );
      }
    }
    for (const action of workflow.actions) {
      let depth = 1;
      for (let owner = action.scope.owner; owner !== undefined; owner = owner.scope.owner) depth++;
      // Only the outermost of those too deep: what is inside it adds nothing.
      if (depth === MAX_DEPTH + 1) {
        yield limit(action.property.key, action.path, `Actions may be nested ${MAX_DEPTH} levels deep.`);
      }
    }
  },
};

function limit(range: Finding['range'], path: string, message: string): Finding {
  return { code: 'platform-limit', range, path, message };
}
