/** What the benchmark of the language server opens: workflows of any number of actions, a like file for GitHub, and a schema for the JSON server. */

/** A chain of actions of several kinds, each using the one before. */
export function workflow(count) {
  const actions = {
    Init: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'total', type: 'integer', value: 0 }] },
      runAfter: {},
    },
  };
  let before = 'Init';
  for (let index = 1; index < count; index++) {
    const name = `Action_${index}`;
    const runAfter = { [before]: ['Succeeded'] };
    const kinds = [
      {
        type: 'Compose',
        inputs: { a: `@outputs('${before}')`, b: "@{concat('x', triggerBody()?['id'])} @{variables('total')}" },
        runAfter,
      },
      {
        type: 'Http',
        inputs: { method: 'POST', uri: "https://example.com/@{triggerBody()?['id']}", body: `@body('${before}')` },
        runAfter,
      },
      { type: 'SetVariable', inputs: { name: 'total', value: `@length(string(outputs('${before}')))` }, runAfter },
      {
        type: 'If',
        expression: { and: [{ equals: ["@variables('total')", index] }] },
        actions: {},
        else: { actions: {} },
        runAfter,
      },
    ];
    actions[name] = kinds[index % kinds.length];
    before = name;
  }
  const $schema =
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';
  const triggers = {
    manual: { type: 'Request', kind: 'Http', inputs: { schema: { properties: { id: { type: 'string' } } } } },
  };
  actions.Last = { type: 'Compose', inputs: "@body('')", runAfter: { [before]: ['Succeeded'] } };
  return JSON.stringify(
    { definition: { $schema, contentVersion: '1.0.0.0', triggers, actions, outputs: {} }, kind: 'Stateful' },
    null,
    2,
  );
}

/** The same for GitHub: a chain of steps, each using the one before. */
export function githubWorkflow(count) {
  const steps = [];
  for (let index = 0; index < count; index++) {
    steps.push(
      index % 2 === 0
        ? `      - id: step_${index}\n        name: Step ${index}\n        run: echo "\${{ github.event.number }} \${{ github.sha }}"`
        : `      - id: step_${index}\n        if: \${{ steps.step_${index - 1}.outcome == 'success' }}\n        run: echo "\${{ steps.step_${index - 1}.outputs.total }}"`,
    );
  }
  steps.push('      - id: last\n        run: echo "${{ steps. }}"');
  return `name: bench\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n${steps.join('\n')}\n`;
}

/**
 * What a plain JSON editor knows of the file: its outline, without types of actions. A schema that knows them, as the published one of
 * 2016-06-01 does in part, costs that server much more: this is the harder comparison.
 */
export const plainSchema = {
  type: 'object',
  properties: {
    kind: { enum: ['Stateful', 'Stateless'] },
    definition: {
      type: 'object',
      properties: {
        triggers: { additionalProperties: { $ref: '#/definitions/operation' } },
        actions: { additionalProperties: { $ref: '#/definitions/operation' } },
      },
    },
  },
  definitions: {
    operation: {
      required: ['type'],
      properties: {
        type: { type: 'string' },
        inputs: {},
        runAfter: {
          additionalProperties: { type: 'array', items: { enum: ['Succeeded', 'Failed', 'Skipped', 'TimedOut'] } },
        },
        actions: { additionalProperties: { $ref: '#/definitions/operation' } },
      },
    },
  },
};
