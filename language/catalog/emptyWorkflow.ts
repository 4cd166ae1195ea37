/** A workflow to start from, and the kinds a Standard workflow can have. */

export const workflowKinds = ['Stateful', 'Stateless', 'Agent'] as const;

export const emptyWorkflow = {
  definition: {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: {
      When_a_request_is_received: { type: 'Request', kind: 'Http', inputs: { schema: {} } },
    },
    actions: {},
    outputs: {},
  },
  kind: 'Stateful',
} as const;
