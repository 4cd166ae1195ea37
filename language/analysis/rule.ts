/** What a rule is: a check of one document in its project that reports diagnostics. One rule a file; `rules/index.ts` lists them. */
import { diagnosticCodes } from '../text/codes';
import type { DiagnosticCode } from '../text/codes';
import type { Diagnostic, Fix, Severity } from '../text/diagnostic';
import type { TextRange } from '../text/range';
import type { ProjectDocument } from '../project/document';
import type { Project } from '../project/project';
import type { Workflow } from '../workflow/model';
import type { RunOrder } from '../workflow/order';
import { DueOperations } from './due';
import type { Due } from './due';

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

/**
 * What a rule's findings about an operation follow from, the file's parts outside of the actions and the rest of the project aside:
 * - `operation`: its own text;
 * - `order`: that, the own text of the actions around it, and names, types, places and runAfter of all actions, and the variables;
 * - `types`: its own text and that of the actions around it, and what the actions that it names in expressions say, and the ones that
 *   those name, and the declarations of variables if it uses any.
 */
export type Reach = 'operation' | 'order' | 'types';

/** A rule about workflows. */
export interface WorkflowRule {
  readonly name: string;
  /**
   * Given by rules that look at operations through `due`, which after an edit leaves out those of which nothing has changed. Without it,
   * the rule looks at the whole workflow after every edit.
   */
  readonly reach?: Reach;
  /** What is wrong. Between two findings, `undefined` is a place where long work can give way to a request. */
  check(context: WorkflowContext): Iterable<Finding | undefined>;
}

/** What a workflow rule can look at. */
export interface WorkflowContext {
  readonly project: Project;
  readonly document: ProjectDocument;
  readonly workflow: Workflow;
  readonly order: RunOrder;
  readonly due: Due;
}

export function workflowContext(
  project: Project,
  document: ProjectDocument,
  workflow: Workflow,
  due: Due = new DueOperations(document.expressions, [...workflow.triggers, ...workflow.actions]),
): WorkflowContext {
  return { project, document, workflow, order: document.order, due };
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
    ...(fixes === undefined || fixes.length === 0 ? {} : { fixes: fixes.map(fixOf) }),
  };
}

/** Rules give nodes as ranges; those move when the text before them changes. */
function fixOf(fix: Fix): Fix {
  return {
    ...fix,
    edits: fix.edits.map(({ range, newText }) => ({ range: { start: range.start, end: range.end }, newText })),
  };
}
