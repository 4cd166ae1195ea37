/** What a rule is: a check of one document in its project that reports diagnostics. One rule a file; `rules/index.ts` lists them. */
import { diagnosticCodes } from '../text/codes';
import type { DiagnosticCode } from '../text/codes';
import type { Diagnostic, Fix, Severity } from '../text/diagnostic';
import type { TextRange } from '../text/range';
import type { ProjectDocument } from '../project/document';
import type { Project } from '../project/project';
import type { Workflow } from '../workflow/model';
import type { RunOrder } from '../workflow/order';

export interface Finding {
  readonly code: DiagnosticCode;
  readonly range: TextRange;
  readonly message: string;
  /** JSON pointer of the node. */
  readonly path: string;
  readonly fixes?: readonly Fix[];
  /** Other than the table's. */
  readonly severity?: Severity;
}

/** A rule about workflows. */
export interface WorkflowRule {
  readonly name: string;
  /** What is wrong. Between two findings, `undefined` is a place where long work can give way to a request. */
  check(context: WorkflowContext): Iterable<Finding | undefined>;
}

/** What a workflow rule can look at. */
export interface WorkflowContext {
  readonly project: Project;
  readonly document: ProjectDocument;
  readonly workflow: Workflow;
  readonly order: RunOrder;
}

export function workflowContext(project: Project, document: ProjectDocument, workflow: Workflow): WorkflowContext {
  return { project, document, workflow, order: document.order };
}

/** A rule about the other files of a project. */
export interface ProjectRule {
  readonly name: string;
  check(project: Project, document: ProjectDocument): Iterable<Finding>;
}

export function diagnosticOf(finding: Finding): Diagnostic {
  const { code, range, message, path, fixes } = finding;
  return {
    code,
    severity: finding.severity ?? diagnosticCodes[code].severity,
    message,
    range: { start: range.start, end: range.end },
    path,
    ...(fixes === undefined || fixes.length === 0 ? {} : { fixes }),
  };
}
