/** The one table of diagnostic codes: stable names, default severity, and the title of the documentation page. */
import type { Severity } from './diagnostic';

interface CodeEntry {
  readonly severity: Severity;
  readonly title: string;
}

export const diagnosticCodes = {
  // The file
  'json-syntax': { severity: 'error', title: 'The file is not valid JSON' },
  'json-duplicate-key': { severity: 'warning', title: 'A name stands twice in one object' },
  'workflow-missing-definition': { severity: 'error', title: 'The file holds no workflow definition' },

  // Shape
  'workflow-invalid-type': { severity: 'error', title: 'A property has the wrong JSON type' },
  'workflow-missing-property': { severity: 'error', title: 'A required property is missing' },
  'workflow-invalid-value': { severity: 'error', title: 'A value is not one of those allowed' },
  'workflow-invalid-context': { severity: 'error', title: 'Something stands where the platform does not allow it' },
  'workflow-unknown-kind': { severity: 'hint', title: 'The kind of the workflow is not known' },
  'workflow-unknown-property': { severity: 'warning', title: 'A property is misspelt' },
  'workflow-conflicting-properties': { severity: 'error', title: 'Properties exclude each other' },
  'switch-duplicate-case': { severity: 'error', title: 'Two cases of a Switch have the same value' },
  'trigger-count': { severity: 'warning', title: 'A workflow starts with one trigger' },
  'recurrence-invalid': { severity: 'error', title: 'A recurrence cannot be read' },
  'recurrence-never': { severity: 'warning', title: 'A trigger never fires' },
  'response-missing': { severity: 'warning', title: 'A caller gets no answer on some paths' },
  'static-result-unknown': { severity: 'error', title: 'A static result is not defined' },
  'platform-limit': { severity: 'warning', title: 'A limit of the platform is exceeded' },

  // Actions and their order
  'action-duplicate-name': { severity: 'error', title: 'Two actions share a name' },
  'action-missing-type': { severity: 'error', title: 'An action or trigger has no type' },
  'action-unknown-type': { severity: 'hint', title: 'The type of an action is not known' },
  'trigger-unknown-type': { severity: 'hint', title: 'The type of a trigger is not known' },
  'operation-unknown': { severity: 'hint', title: 'The operation of a built-in connector is not known' },
  'operation-not-in-plan': { severity: 'warning', title: 'An operation does not exist in this plan' },
  'run-after-invalid': { severity: 'error', title: 'A runAfter entry has the wrong shape' },
  'run-after-invalid-status': { severity: 'error', title: 'A runAfter status is not known' },
  'run-after-unknown': { severity: 'error', title: 'runAfter names an action that does not exist' },
  'run-after-other-scope': { severity: 'error', title: 'runAfter names an action of another scope' },
  'run-after-trigger': { severity: 'error', title: 'runAfter names a trigger' },
  'run-after-cycle': { severity: 'error', title: 'Actions wait for each other' },
  'action-unreachable': { severity: 'warning', title: 'An action can never run' },

  // References
  'action-unknown': { severity: 'error', title: 'An expression names an action that does not exist' },
  'action-not-run-before': { severity: 'error', title: 'An expression uses an action that has not run before' },
  'trigger-uses-action': { severity: 'error', title: 'A trigger uses the result of an action' },
  'result-not-scope': { severity: 'error', title: 'result() needs an action that holds other actions' },
  'loop-unknown': { severity: 'error', title: 'items() or iterationIndexes() names no loop around it' },
  'item-outside-loop': { severity: 'error', title: 'item() is used outside of a loop' },
  'variable-unknown': { severity: 'error', title: 'A variable is not declared' },
  'variable-not-initialized': { severity: 'error', title: 'A variable is used before it is declared' },
  'variable-self-reference': { severity: 'error', title: 'A variable is set from its own value' },
  'variable-wrong-type': { severity: 'error', title: 'The type of a variable does not fit the action' },
  'variable-in-scope': { severity: 'error', title: 'A variable is declared inside a scope' },
  'variable-duplicate': { severity: 'error', title: 'A variable is declared twice' },
  'variable-value': { severity: 'warning', title: 'A value does not fit the type of the variable' },
  'variable-unused': { severity: 'hint', title: 'A variable is not used' },
  'agent-parameter-unknown': { severity: 'error', title: 'A tool has no such agent parameter' },
  'variable-parallel-loop': { severity: 'warning', title: 'A variable is changed by iterations that run at once' },
  'parameter-unknown': { severity: 'error', title: 'A parameter is not declared' },
  'parameter-unused': { severity: 'hint', title: 'A parameter is not used' },
  'parameter-without-value': { severity: 'warning', title: 'A parameter has no value' },
  'parameter-invalid': { severity: 'error', title: 'A parameter of the project has the wrong shape' },
  'app-setting-unset': { severity: 'warning', title: 'An app setting is not set on this machine' },
  'workflow-unknown': { severity: 'error', title: 'A workflow that is called does not exist' },
  'workflow-not-callable': { severity: 'error', title: 'A workflow that is called starts by itself' },
  'artifact-unknown': { severity: 'warning', title: 'A map, schema or rule file does not exist' },

  // Expressions
  'expression-syntax': { severity: 'error', title: 'An expression cannot be read' },
  'expression-unknown-function': { severity: 'error', title: 'A function does not exist' },
  'expression-arguments': { severity: 'error', title: 'A function gets the wrong number of arguments' },
  'expression-type': { severity: 'warning', title: 'An argument has the wrong type' },
  'expression-unknown-property': { severity: 'warning', title: 'A value has no such property' },
  'expression-null-access': { severity: 'hint', title: 'A value that may be null is read without a question mark' },
  'comparison-types': { severity: 'warning', title: 'Values that can never be equal are compared' },
  'condition-constant': { severity: 'warning', title: 'A comparison has always the same outcome' },
  'expression-context': { severity: 'error', title: 'A function is not available here' },
  'expression-leading-blank': { severity: 'hint', title: 'A blank before @ makes the text literal' },

  // Connections
  'connection-unknown': { severity: 'error', title: 'A connection does not exist' },
  'connection-wrong-kind': { severity: 'error', title: 'A connection is of another kind' },
  'secret-in-file': { severity: 'warning', title: 'A secret stands in a file as plain text' },
  'connection-unused': { severity: 'hint', title: 'A connection is not used' },
  'connection-invalid': { severity: 'error', title: 'A connection has the wrong shape' },
  'project-expression': { severity: 'error', title: 'A project file uses a function it may not use' },
  'project-file-invalid': { severity: 'error', title: 'A project file has the wrong shape' },
} as const satisfies Record<string, CodeEntry>;

export type DiagnosticCode = keyof typeof diagnosticCodes;

/** True for a name in the table. */
export function isDiagnosticCode(name: string): name is DiagnosticCode {
  return Object.hasOwn(diagnosticCodes, name);
}
