/** The workflow files of the debugged project: which file belongs to which workflow, and their text as the user sees it now. */
import { isAbsolute, join, relative, sep } from 'node:path';
import { ProjectDocument } from '../../language/project/document';
import { member } from '../../language/json/tree';
import type { JsonNode } from '../../language/json/tree';
import type { TextRange } from '../../language/text/range';
import { nameRange } from '../../language/workflow/model';
import type { Operation } from '../../language/workflow/model';
import { findAction } from '../../language/workflow/graph';

/** Gives the text of a file: of its editor when it is open, else from disk. Undefined when there is none. */
export type ReadText = (file: string) => Promise<string | undefined>;

/** One-based lines and columns are the client's business; these are zero-based. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export class WorkflowSources {
  readonly #project: string;
  readonly #read: ReadText;
  /** The last version of each file, so that a stack trace does not parse it again. */
  readonly #documents = new Map<string, ProjectDocument>();

  constructor(project: string, read: ReadText) {
    this.#project = project;
    this.#read = read;
  }

  fileOf(workflow: string): string {
    return join(this.#project, workflow, 'workflow.json');
  }

  /** The workflow's name, or undefined for a file that is no workflow of this project. */
  workflowOf(file: string): string | undefined {
    const path = relative(this.#project, file);
    if (path.startsWith('..') || isAbsolute(path)) return undefined;
    const parts = path.split(sep);
    return parts.length === 2 && parts[1]?.toLowerCase() === 'workflow.json' ? parts[0] : undefined;
  }

  async document(file: string): Promise<ProjectDocument | undefined> {
    const text = await this.#read(file);
    if (text === undefined) return undefined;
    const known = this.#documents.get(file);
    if (known?.text === text) return known;
    const document = new ProjectDocument(text, 'workflow');
    this.#documents.set(file, document);
    return document;
  }

  /** Where a trigger or action stands: its name, or for what happens after it its closing brace. */
  async place(
    workflow: string,
    role: 'trigger' | 'action',
    name: string,
    moment: 'before' | 'after' = 'before',
  ): Promise<SourcePlace | undefined> {
    const file = this.fileOf(workflow);
    const document = await this.document(file);
    const operation = document && findOperation(document, role, name);
    return document && operation && placeOf(file, document, operation, moment);
  }

  /** A part of the text of a property: `start` and `end` count in the decoded string. */
  async expressionPlace(
    workflow: string,
    role: 'trigger' | 'action',
    name: string,
    path: readonly (string | number)[],
    start: number,
    end: number,
  ): Promise<SourcePlace | undefined> {
    const file = this.fileOf(workflow);
    const document = await this.document(file);
    let node: JsonNode | undefined = document && findOperation(document, role, name)?.node;
    for (const step of path) {
      node = typeof step === 'number' ? (node?.kind === 'array' ? node.items[step] : undefined) : member(node, step);
    }
    // The text may have been edited since the run began.
    if (document === undefined || node?.kind !== 'string' || end > node.value.length) return undefined;
    const offset = (decoded: number): number => rawOffset(document.text, node.start, decoded);
    return placeIn(file, document, { start: offset(start), end: offset(end) });
  }
}

/** Where a letter of a decoded JSON string stands in the text; `start` is that of the opening quote. */
function rawOffset(text: string, start: number, decoded: number): number {
  let offset = start + 1;
  for (let passed = 0; passed < decoded; passed += 1) {
    offset += text[offset] !== '\\' ? 1 : text[offset + 1] === 'u' ? 6 : 2;
  }
  return offset;
}

export function findOperation(
  document: ProjectDocument,
  role: 'trigger' | 'action',
  name: string,
): Operation | undefined {
  const { workflow } = document;
  if (workflow === undefined) return undefined;
  if (role === 'action') return findAction(workflow, name);
  return workflow.triggers.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

function placeOf(
  file: string,
  document: ProjectDocument,
  operation: Operation,
  moment: 'before' | 'after',
): SourcePlace {
  const { node } = operation;
  const range =
    moment === 'after' && node !== undefined ? { start: node.end - 1, end: node.end } : nameRange(operation);
  return placeIn(file, document, range);
}

function placeIn(file: string, document: ProjectDocument, range: TextRange): SourcePlace {
  const { start, end } = document.lines.rangeOf(range);
  return { file, line: start.line, column: start.character, endLine: end.line, endColumn: end.character };
}
