/** What a check says about real files. Every error here is one that a person agrees with, so that a new one is a false alarm or a find. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../language/analysis/analyze';
import type { Severity } from '../../../language/text/diagnostic';
import { corpusFiles, hasCorpus } from './corpus';

/** By file: the codes of its errors. */
const errors: Readonly<Record<string, readonly string[]>> = {
  // A trigger inside of a trigger that is named "triggers".
  'consumption/5139cfb6.json': ['action-missing-type', 'expression-context'],
  // The parameter of the template is not handed on to the definition.
  'consumption/169a1a0e.json': ['parameter-unknown'],
  // Four arguments for a function that takes one.
  'consumption/1f99a50e.json': ['expression-arguments'],
  // parameters('… without its end.
  'consumption/55327cc1.json': ['expression-syntax', 'parameter-unknown'],
  // An action that is named twice and was taken out.
  'consumption/7daaddd4.json': ['action-unknown', 'run-after-unknown'],
  // createArray() needs an item.
  'consumption/9506f826.json': ['expression-arguments'],
  'standard-projects/Shibinneudesic__Azure-LogicApp-EmployeeDB/wf-employee-upsert/workflow.json': [
    'expression-arguments',
  ],
  'workflows/77731fd7.json': ['expression-arguments'],
  'workflows/ecf4920a.json': ['expression-arguments'],
  // Reads an action beside it that it does not wait for.
  'consumption/fb2a673a.json': ['action-not-run-before'],
  // A connections.json without the connections that the workflow uses.
  'standard-projects/jometzg__logic-app-demos__workflows/processs-files/workflow.json': ['connection-unknown'],
  // body() of the trigger.
  'standard-projects/nathan-interprit__hl7-logicapp-demo__demo1-LogicApp/adt01_handler/workflow.json': [
    'action-unknown',
  ],
  // Parameters whose values are parameters.
  'standard-projects/wsilveiranz__la-inproc8-issues__LogicApps/parameters.json': ['project-expression'],
  // Pictures of a designer, with a variable that nothing declares.
  'workflows/131245ed.json': ['variable-unknown'],
  // Wrong on purpose: its name says so where it comes from.
  'workflows/1671293c.json': ['action-unknown'],
  // Tokens that a test fills in: "@JobId", and texts where objects belong.
  'workflows/924c14c5.json': ['workflow-invalid-type'],
  'workflows/b3016c6b.json': ['expression-syntax'],
  'workflows/ba2da052.json': ['expression-syntax'],
  'workflows/bc9441d1.json': ['expression-syntax'],
  'workflows/df7b586d.json': ['expression-syntax'],
  'workflows/ed67aebc.json': ['expression-syntax'],
  'workflows/f1cba872.json': ['expression-syntax'],
};

/** How many files have a warning of a code. */
const warnings: Readonly<Record<string, number>> = {
  'action-unknown': 1,
  'app-setting-unset': 2,
  'artifact-unknown': 1,
  'condition-constant': 5,
  'connection-unknown': 7,
  'expression-type': 3,
  'json-duplicate-key': 5,
  'platform-limit': 1,
  'response-missing': 2,
  'secret-in-file': 3,
  'variable-parallel-loop': 12,
  'workflow-invalid-value': 1,
};

/** The codes of each file, of one severity. */
async function codesByFile(severity: Severity): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { path, project, document } of await corpusFiles()) {
    const codes = analyze(project, document).flatMap((each) => (each.severity === severity ? [each.code] : []));
    if (codes.length > 0) found.set(path, [...new Set(codes)].sort());
  }
  return found;
}

describe.skipIf(!hasCorpus)('real files', () => {
  it('have these errors and no others', async () => {
    expect(Object.fromEntries(await codesByFile('error'))).toEqual(errors);
  });

  it('have so many warnings', async () => {
    const counts: Record<string, number> = {};
    for (const code of [...(await codesByFile('warning')).values()].flat()) counts[code] = (counts[code] ?? 0) + 1;
    expect(counts).toEqual(warnings);
  });

  it('read no parameter that is said to be unused', async () => {
    for (const { path, project, document } of await corpusFiles()) {
      for (const { code, range } of analyze(project, document)) {
        if (code !== 'parameter-unused') continue;
        const name = document.text.slice(range.start + 1, range.end - 1);
        const reads = document.text.replaceAll(/\[[^\]]*\]"/g, '').split(`parameters('${name}')`).length - 1;
        expect({ path, name, reads }).toEqual({ path, name, reads: 0 });
      }
    }
  });
});
