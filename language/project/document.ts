/**
 * One version of one file, read once: tree, line index, and for workflows the model. What is costly is made on first use and kept,
 * so that diagnostics, completion and hover on the same version share it.
 */
import { reparse } from '../json/reparse';
import { parseTree } from '../json/tree';
import type { JsonTree } from '../json/tree';
import type { Diagnostic } from '../text/diagnostic';
import { LineIndex } from '../text/range';
import { read } from '../workflow/read';
import type { WorkflowReading } from '../workflow/read';
import type { Workflow } from '../workflow/model';
import { RunOrder } from '../workflow/order';
import { fileExpressions, workflowExpressions } from '../workflow/references';
import type { WorkflowExpressions } from '../workflow/references';
import type { FileKind } from './fileKind';

export class ProjectDocument {
  /** Which actions run before which, remembered as it is asked. */
  readonly order = new RunOrder();
  readonly text: string;
  readonly kind: FileKind;
  /** The same for all versions of the file: what is known of its parts is kept under it. */
  readonly history: object;
  /** The version before, until its tree has been taken over. */
  #previous: ProjectDocument | undefined;
  #tree: JsonTree | undefined;
  #lines: LineIndex | undefined;
  #reading: WorkflowReading | undefined;
  #expressions: WorkflowExpressions | undefined;

  constructor(text: string, kind: FileKind, previous?: ProjectDocument) {
    this.text = text;
    this.kind = kind;
    this.#previous = previous;
    this.history = previous?.history ?? {};
  }

  /**
   * The next version. It takes over what stays the same from this one, which must not be asked any more: nobody looks at a version
   * that has been replaced.
   */
  edited(text: string, kind: FileKind): ProjectDocument {
    return new ProjectDocument(text, kind, this);
  }

  get tree(): JsonTree {
    if (this.#tree === undefined) {
      const earlier = this.#previous?.surrenderTree();
      this.#tree = earlier === undefined ? parseTree(this.text) : reparse(earlier, this.text);
      this.#previous = undefined;
    }
    return this.#tree;
  }

  /** The tree of this version or of the last one before it that was read. */
  private surrenderTree(): JsonTree | undefined {
    const tree = this.#tree ?? this.#previous?.surrenderTree();
    this.#tree = undefined;
    this.#reading = undefined;
    this.#expressions = undefined;
    this.#previous = undefined;
    return tree;
  }

  get lines(): LineIndex {
    return (this.#lines ??= new LineIndex(this.text));
  }

  /** The workflow in the text, or undefined when there is none. */
  get workflow(): Workflow | undefined {
    return this.reading.workflow;
  }

  /** What the reader found wrong, syntax problems included. */
  get problems(): readonly Diagnostic[] {
    return this.reading.problems;
  }

  /** Every expression of the file with its references. */
  get expressions(): WorkflowExpressions {
    return (this.#expressions ??=
      this.kind === 'workflow' ? workflowExpressions(this.workflow) : fileExpressions(this.tree, this.kind));
  }

  private get reading(): WorkflowReading {
    return (this.#reading ??= read(this.tree));
  }
}
