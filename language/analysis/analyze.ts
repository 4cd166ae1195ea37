/** All rules over one document. Data in, diagnostics out; the steps let a server give way between rules. */
import type { ProjectDocument } from '../project/document';
import type { Project } from '../project/project';
import type { Diagnostic } from '../text/diagnostic';
import { Recheck } from './recheck';
import { diagnosticOf } from './rule';
import { projectRules, workflowRules } from './rules/index';
import { duplicateKeyFindings } from './rules/duplicateKeys';
import { syntaxFindings } from './rules/syntax';
import { withoutSuppressed } from './suppression';

export interface AnalysisOptions {
  /** Report what every JSON editor can: syntax errors and names that stand twice. False where an editor does it already. */
  readonly syntax: boolean;
}

/** Checks a document of a project. In order of place; never throws on any text. */
export function analyze(
  project: Project,
  document: ProjectDocument,
  options: AnalysisOptions = { syntax: true },
): Diagnostic[] {
  const steps = analysisSteps(project, document, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same, giving way after every rule, and within the long ones. */
export function* analysisSteps(
  project: Project,
  document: ProjectDocument,
  options: AnalysisOptions,
): Generator<void, Diagnostic[]> {
  const found: Diagnostic[] = [];
  if (options.syntax && document.kind !== 'other') {
    for (const finding of duplicateKeyFindings(document)) found.push(diagnosticOf(finding));
    yield;
  }
  if (document.kind === 'workflow') {
    // Each is made on first use and takes a while: a server gives way between them.
    void document.tree;
    yield;
    const { workflow, problems } = document;
    yield;
    found.push(...problems.filter((each) => options.syntax || each.code !== 'json-syntax'));
    if (workflow !== undefined) {
      const recheck = new Recheck(project, document, workflow, workflowRules);
      yield;
      for (const rule of workflowRules) {
        yield* recheck.run(rule, found);
        yield;
      }
    }
  } else {
    if (options.syntax) for (const finding of syntaxFindings(document)) found.push(diagnosticOf(finding));
    for (const rule of projectRules) {
      for (const finding of rule.check(project, document)) found.push(diagnosticOf(finding));
      yield;
    }
  }
  return withoutSuppressed(found, document.text, document.lines).sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end,
  );
}
