/** Documents for tests of rules: a workflow around what matters, and the findings as short texts. */
import { analyze } from '../../../language/analysis/analyze';
import { ProjectDocument } from '../../../language/project/document';
import { fileKind } from '../../../language/project/fileKind';
import { emptyProject, projectOf } from '../../../language/project/project';
import { applyEdits } from '../../../language/text/edit';
import type { Diagnostic } from '../../../language/text/diagnostic';

const $schema =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';
const request = { manual: { type: 'Request', kind: 'Http', inputs: {} } };

export type Json = Readonly<Record<string, unknown>>;

/** The text of a Standard workflow. */
export function workflowText(actions: Json, more: Json = {}, kind = 'Stateful'): string {
  return JSON.stringify({ definition: { $schema, triggers: request, actions, ...more }, kind }, null, 1);
}

/** `code: text underlined`, of errors and warnings. */
export function findings(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  return shown(diagnose(text, files)).map((each) => `${each.code}: ${text.slice(each.range.start, each.range.end)}`);
}

export function shown(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter((each) => each.severity === 'error' || each.severity === 'warning');
}

/** Checks a workflow, in a project when other files are given. */
export function diagnose(text: string, files: Readonly<Record<string, string>> = {}): Diagnostic[] {
  const document = new ProjectDocument(text, 'workflow');
  return analyze(projectWith(document, files), document);
}

/** Checks another file of a project. */
export function diagnoseFile(path: string, files: Readonly<Record<string, string>>): Diagnostic[] {
  const project = projectWith(undefined, files);
  const document = project.documents.get(path);
  if (document === undefined) throw new Error(`${path} is not among the files`);
  return analyze(project, document);
}

function projectWith(workflow: ProjectDocument | undefined, files: Readonly<Record<string, string>>) {
  const entries = Object.entries(files);
  if (entries.length === 0) return emptyProject;
  const documents = new Map(
    entries
      .filter(([path]) => !path.startsWith('Artifacts/'))
      .map(([path, text]) => [path, new ProjectDocument(text, fileKind(path))]),
  );
  if (workflow !== undefined) documents.set('main/workflow.json', workflow);
  return projectOf(
    documents,
    entries.flatMap(([path]) => (path.startsWith('Artifacts/') ? [path] : [])),
  );
}

/** The text after the preferred fix of the first diagnostic that has one. */
export function mended(text: string, files: Readonly<Record<string, string>> = {}): string {
  const fixes = diagnose(text, files).flatMap((each) => each.fixes ?? []);
  const fix = fixes.find((each) => each.preferred === true) ?? fixes[0];
  if (fix === undefined) throw new Error('no fix');
  return applyEdits(text, fix.edits);
}
