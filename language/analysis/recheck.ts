/**
 * Runs rules over a version of a workflow, leaving out the operations of which nothing has changed since they were looked at: what was
 * found of them then is moved to where they stand now.
 */
import type { ProjectDocument } from '../project/document';
import type { Project } from '../project/project';
import type { Diagnostic } from '../text/diagnostic';
import { encloses } from '../text/range';
import type { TextRange } from '../text/range';
import type { Action, Operation, Trigger, Workflow } from '../workflow/model';
import { DueOperations } from './due';
import { diagnosticOf, workflowContext } from './rule';
import type { WorkflowContext, WorkflowRule } from './rule';
import { StampBook, Stamps } from './stamps';
import type { Stamp } from './stamps';

/** Diagnostics with places counted from where the operation begins; undefined when they reach beyond it. */
type Findings = readonly Diagnostic[] | undefined;

interface Memory {
  readonly book: StampBook;
  readonly findings: Map<WorkflowRule, WeakMap<Stamp, readonly Diagnostic[]>>;
}

/** By the history of a document. */
const memories = new WeakMap<object, Memory>();

/** One check of one version. */
export class Recheck {
  readonly #project: Project;
  readonly #document: ProjectDocument;
  readonly #workflow: Workflow;
  readonly #memory: Memory;
  readonly #stamps: Stamps;
  readonly #operations: readonly (Action | Trigger)[];
  readonly #whole: WorkflowContext;

  constructor(project: Project, document: ProjectDocument, workflow: Workflow) {
    this.#project = project;
    this.#document = document;
    this.#workflow = workflow;
    this.#memory = memoryOf(document);
    this.#stamps = new Stamps(this.#memory.book, project, document, workflow);
    this.#operations = [...workflow.triggers, ...workflow.actions];
    this.#whole = workflowContext(project, document, workflow, new DueOperations(workflow, document.expressions));
  }

  /** Adds what a rule finds, giving way between findings and where the rule does. */
  *run(rule: WorkflowRule, found: Diagnostic[]): Generator<void> {
    const { reach } = rule;
    if (reach === undefined) {
      for (const finding of rule.check(this.#whole)) {
        if (finding !== undefined) found.push(diagnosticOf(finding));
        yield;
      }
      return;
    }
    const kept = this.#keptBy(rule);
    const due: (Action | Trigger)[] = [];
    for (const operation of this.#operations) {
      const stamp = this.#stamps.of(operation, reach);
      const known = stamp && kept.get(stamp);
      if (known === undefined) due.push(operation);
      else for (const each of known) found.push(moved(each, operation.property.start));
    }
    yield;
    const focus = new DueOperations(this.#workflow, this.#document.expressions, due);
    const context = workflowContext(this.#project, this.#document, this.#workflow, focus);
    const fresh = new Map<Operation, Diagnostic[]>();
    for (const finding of rule.check(context)) {
      if (finding !== undefined) {
        const diagnostic = diagnosticOf(finding);
        found.push(diagnostic);
        const { current } = focus;
        if (current !== undefined) fresh.set(current, [...(fresh.get(current) ?? []), diagnostic]);
      }
      yield;
    }
    for (const operation of due) {
      const stamp = this.#stamps.of(operation, reach);
      const findings = within(fresh.get(operation) ?? [], operation.property);
      if (stamp !== undefined && findings !== undefined) kept.set(stamp, findings);
    }
  }

  #keptBy(rule: WorkflowRule): WeakMap<Stamp, readonly Diagnostic[]> {
    let kept = this.#memory.findings.get(rule);
    if (kept === undefined) {
      kept = new WeakMap();
      this.#memory.findings.set(rule, kept);
    }
    return kept;
  }
}

function memoryOf({ history }: ProjectDocument): Memory {
  let memory = memories.get(history);
  if (memory === undefined) {
    memory = { book: new StampBook(), findings: new Map() };
    memories.set(history, memory);
  }
  return memory;
}

function within(diagnostics: readonly Diagnostic[], operation: TextRange): Findings {
  const isInside = diagnostics.every(
    ({ range, fixes }) =>
      encloses(operation, range) &&
      // How an inserted line is indented follows from the lines around it.
      (fixes ?? []).every(({ edits }) =>
        edits.every((edit) => encloses(operation, edit.range) && !edit.newText.includes('\n')),
      ),
  );
  return isInside ? diagnostics.map((each) => moved(each, -operation.start)) : undefined;
}

function moved(diagnostic: Diagnostic, distance: number): Diagnostic {
  const { fixes } = diagnostic;
  const to = ({ start, end }: TextRange): TextRange => ({ start: start + distance, end: end + distance });
  return {
    ...diagnostic,
    range: to(diagnostic.range),
    ...(fixes === undefined
      ? {}
      : {
          fixes: fixes.map((fix) => ({
            ...fix,
            edits: fix.edits.map((edit) => ({ ...edit, range: to(edit.range) })),
          })),
        }),
  };
}
