/** Workflows with everything that a debugger walks through: branches, loops in each other, calls, failures that are handled, retries. */

const after = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, ['Succeeded']]));
const compose = (inputs: unknown, runAfter: object = {}) => ({ type: 'Compose', inputs, runAfter });
const trigger = { Go: { type: 'Request', kind: 'Http' } };
const increment = { type: 'IncrementVariable', inputs: { name: 'n', value: 1 } };

const each = {
  type: 'Foreach',
  foreach: '@triggerBody()',
  actions: {
    Inner: compose({ item: '@item()', twice: "@mul(items('Each'), 2)" }),
    Again: {
      type: 'Foreach',
      foreach: "@createArray(item(), outputs('Inner')?['twice'])",
      actions: { Deep: compose("@concat('x', item())") },
      runAfter: after('Inner'),
    },
    Is_big: {
      type: 'If',
      expression: { and: [{ greater: ['@item()', 1] }] },
      actions: { Big: { ...increment, runAfter: {} } },
      else: { actions: {} },
      runAfter: after('Inner'),
    },
  },
  runAfter: after('Count'),
};

export const maze: Readonly<Record<string, object>> = {
  maze: {
    definition: {
      triggers: trigger,
      actions: {
        First: compose('@length(triggerBody())'),
        Count: {
          type: 'InitializeVariable',
          inputs: { variables: [{ name: 'n', type: 'integer', value: 0 }] },
          runAfter: after('First'),
        },
        Each: each,
        Beside: {
          type: 'Foreach',
          foreach: '@range(0, 4)',
          actions: { Quick: compose('@item()') },
          runAfter: after('First'),
        },
        Until: {
          type: 'Until',
          expression: "@greaterOrEquals(variables('n'), 6)",
          limit: { count: 20, timeout: 'PT1H' },
          actions: { Up: { ...increment, runAfter: {} } },
          runAfter: after('Each'),
        },
        Scope: {
          type: 'Scope',
          actions: {
            Call: {
              type: 'Http',
              // Nothing listens there: refused at once, and tried again.
              inputs: {
                method: 'GET',
                uri: 'http://127.0.0.1:9/',
                retryPolicy: { type: 'fixed', count: 1, interval: 'PT0.01S' },
              },
              runAfter: {},
            },
            Never: compose(1, after('Call')),
          },
          runAfter: after('Beside'),
        },
        Handled: compose("@result('Scope')", { Scope: ['Failed', 'Skipped', 'TimedOut'] }),
        Which: {
          type: 'Switch',
          expression: '@length(triggerBody())',
          cases: { Three: { case: 3, actions: { Is_three: compose(3) } } },
          default: { actions: { Is_other: compose(0) } },
          runAfter: after('Until'),
        },
        Child: {
          type: 'Workflow',
          inputs: { host: { workflow: { id: 'called' } }, body: { n: "@variables('n')" } },
          runAfter: after('Which'),
        },
        Last: compose("@body('Child')", after('Child', 'Handled')),
      },
    },
    kind: 'Stateful',
  },
  called: {
    definition: {
      triggers: trigger,
      actions: {
        Inside: compose("@triggerBody()?['n']"),
        Answer: {
          type: 'Response',
          inputs: { statusCode: 200, body: "@outputs('Inside')" },
          runAfter: after('Inside'),
        },
      },
    },
    kind: 'Stateful',
  },
};
