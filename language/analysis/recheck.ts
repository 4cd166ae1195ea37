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
import type { Reach, WorkflowContext, WorkflowRule } from './rule';
import { StampBook, Stamps } from './stamps';
import type { Stamp } from './stamps';

/** By the history of a document. */
const books = new WeakMap<object, StampBook>();

interface Stamped {
  readonly operation: Action | Trigger;
  /** Undefined: nothing can be kept. */
  readonly stamp: Stamp | undefined;
}

/** The operations that rules of one reach have to do with. */
interface Stock {
  /** Not looked at by all the rules, as far as is known. */
  readonly open: readonly Stamped[];
  /** Of the others, those of which something was found. */
  readonly found: readonly Stamped[];
}

/** One check of one version. */
export class Recheck {
  readonly #document: ProjectDocument;
  readonly #workflow: Workflow;
  readonly #stamps: Stamps;
  readonly #stocks = new Map<Reach, Stock>();
  readonly #bits: ReadonlyMap<WorkflowRule, number>;
  readonly #allBits: ReadonlyMap<Reach, number>;
  readonly #whole: WorkflowContext;

  /** `rules`: all that will be run, always the same. At most 31 of one reach can be told apart. */
  constructor(project: Project, document: ProjectDocument, workflow: Workflow, rules: readonly WorkflowRule[]) {
    this.#document = document;
    this.#workflow = workflow;
    this.#stamps = new Stamps(bookOf(document), project, document, workflow);
    const bits = new Map<WorkflowRule, number>();
    const allBits = new Map<Reach, number>();
    for (const rule of rules) {
      if (rule.reach === undefined) continue;
      const before = allBits.get(rule.reach) ?? 0;
      bits.set(rule, before + 1);
      allBits.set(rule.reach, before * 2 + 1);
    }
    this.#bits = bits;
    this.#allBits = allBits;
    this.#whole = workflowContext(project, document, workflow);
  }

  /** Adds what a rule finds, giving way between findings and where the rule does. */
  *run(rule: WorkflowRule, found: Diagnostic[]): Generator<void> {
    const { reach } = rule;
    const bit = this.#bits.get(rule);
    if (reach === undefined || bit === undefined) {
      for (const finding of rule.check(this.#whole)) {
        if (finding !== undefined) found.push(diagnosticOf(finding));
        yield;
      }
      return;
    }
    const stock = this.#stockOf(reach);
    yield;
    const isSeen = ({ stamp }: Stamped): boolean => stamp !== undefined && (stamp.seen & bit) !== 0;
    for (const { operation, stamp } of [...stock.found, ...stock.open.filter(isSeen)]) {
      for (const each of stamp?.findings?.get(rule) ?? []) found.push(moved(each, operation.property.start));
    }
    const due = stock.open.filter((each) => !isSeen(each));
    const focus = new DueOperations(
      this.#document.expressions,
      due.map(({ operation }) => operation),
    );
    const fresh = new Map<Operation, Diagnostic[]>();
    for (const finding of rule.check({ ...this.#whole, due: focus })) {
      if (finding !== undefined) {
        const diagnostic = diagnosticOf(finding);
        found.push(diagnostic);
        const { current } = focus;
        if (current !== undefined) fresh.set(current, [...(fresh.get(current) ?? []), diagnostic]);
      }
      yield;
    }
    for (const { operation, stamp } of due)
      if (stamp !== undefined) keep(rule, bit, operation, stamp, fresh.get(operation));
  }

  #stockOf(reach: Reach): Stock {
    let stock = this.#stocks.get(reach);
    if (stock === undefined) {
      const open: Stamped[] = [];
      const found: Stamped[] = [];
      const all = this.#allBits.get(reach);
      for (const operations of [this.#workflow.triggers, this.#workflow.actions]) {
        for (const operation of operations) {
          const stamp = this.#stamps.of(operation, reach);
          if (stamp?.seen !== all) open.push({ operation, stamp });
          else if (stamp?.findings !== undefined) found.push({ operation, stamp });
        }
      }
      stock = { open, found };
      this.#stocks.set(reach, stock);
    }
    return stock;
  }
}

function bookOf({ history }: ProjectDocument): StampBook {
  let book = books.get(history);
  if (book === undefined) {
    book = new StampBook();
    books.set(history, book);
  }
  return book;
}

/** Remembers what a rule found of an operation, if it can be found again from where the operation begins. */
function keep(
  rule: WorkflowRule,
  bit: number,
  operation: Operation,
  stamp: Stamp,
  findings: readonly Diagnostic[] | undefined,
): void {
  if (findings !== undefined) {
    if (!findings.every((each) => isWithin(each, operation.property))) return;
    stamp.findings ??= new Map();
    stamp.findings.set(
      rule,
      findings.map((each) => moved(each, -operation.property.start)),
    );
  }
  stamp.seen |= bit;
}

function isWithin({ range, fixes }: Diagnostic, operation: TextRange): boolean {
  if (!encloses(operation, range)) return false;
  if (fixes === undefined) return true;
  return fixes.every(({ edits }) =>
    // How an inserted line is indented follows from the lines around it.
    edits.every((edit) => encloses(operation, edit.range) && !edit.newText.includes('\n')),
  );
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
