/**
 * What the expressions of a workflow refer to by name: actions, variables, parameters, loops, app settings. Which argument of which
 * function names what is said by the function registry; `runAfter` and `inputs.name` of variable actions are references too.
 */
import type { Call, Expression, Literal, ParsedTemplate } from '../expressions/ast';
import { expressionsOf, walk } from '../expressions/ast';
import { findFunction, parseTemplate } from '../expressions/index';
import { parameterAt } from '../expressions/functions/definition';
import type { ReferenceKind } from '../expressions/functions/definition';
import { StringOffsets } from '../json/escape';
import type { FileKind } from '../project/fileKind';
import type { JsonTree, ObjectNode } from '../json/tree';
import type { TextRange } from '../text/range';
import { isArmExpression } from './arm';
import { isLookalike, operationSites, outputSites, treeSites } from './sites';
import type { OwnSite, Site } from './sites';
import type { Action, Trigger, Workflow } from './model';

/** A text of the workflow with what it says. */
export interface ParsedSite extends Site {
  readonly parsed: ParsedTemplate;
}

/** A name in quotes that stands for something declared elsewhere. */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly name: string;
  /** The function that names it, as written. */
  readonly call: Call;
  readonly literal: Literal;
  readonly site: ParsedSite;
}

/** A name that an expression gives. */
export type Named = Omit<Reference, 'site'>;

const namesOfGroups = new WeakMap<readonly ReadSite[], readonly Named[]>();

/** The texts of one operation that stand in one version of a workflow. */
interface BoundGroup {
  readonly sites: readonly ParsedSite[];
  readonly references: readonly Reference[];
  readonly lookalikes: readonly Site[];
}

const emptyGroup: BoundGroup = { sites: [], references: [], lookalikes: [] };

/** Every expression of one version of a workflow. What belongs to an operation is made when it is asked for. */
export class WorkflowExpressions {
  readonly #text: string;
  readonly #groups: ReadonlyMap<Site['owner'], SiteGroup>;
  readonly #bound = new Map<Site['owner'], BoundGroup>();
  readonly #offsets = new Map<Site['node'], StringOffsets>();
  #sites: readonly ParsedSite[] | undefined;
  #references: readonly Reference[] | undefined;

  constructor(tree: JsonTree | undefined, groups: readonly SiteGroup[]) {
    this.#text = tree?.text ?? '';
    this.#groups = new Map(groups.map((each) => [each.owner, each]));
  }

  get sites(): readonly ParsedSite[] {
    return (this.#sites ??= this.#all((each) => each.sites));
  }

  get references(): readonly Reference[] {
    return (this.#references ??= this.#all((each) => each.references));
  }

  /** The sites of an operation; of what stands in none, when `owner` is undefined. */
  sitesOf(owner: Site['owner']): readonly ParsedSite[] {
    return this.#groupOf(owner).sites;
  }

  /** The references in an operation; in what stands in none, when `owner` is undefined. */
  referencesOf(owner: Site['owner']): readonly Reference[] {
    return this.#groupOf(owner).references;
  }

  /** The references to one kind of thing, in document order. */
  *referencesTo(wanted: ReferenceKind): Iterable<Reference> {
    for (const owner of this.#groups.keys()) {
      if (!this.namesOf(owner).some(({ kind }) => kind === wanted)) continue;
      for (const each of this.referencesOf(owner)) if (each.kind === wanted) yield each;
    }
  }

  /** Texts of an operation, or of what stands in none, that look like expressions and are none. */
  lookalikesOf(owner: Site['owner']): readonly Site[] {
    return this.#groupOf(owner).lookalikes;
  }

  /** The names in an operation without their places, in which versions of a workflow differ. */
  namesOf(owner: Site['owner']): readonly Named[] {
    const group = this.#groups.get(owner)?.read() ?? [];
    let names = namesOfGroups.get(group);
    if (names === undefined) {
      names = group.flatMap((each) => each.names);
      namesOfGroups.set(group, names);
    }
    return names;
  }

  /** The names in the whole workflow. */
  *names(): Iterable<Named> {
    for (const owner of this.#groups.keys()) yield* this.namesOf(owner);
  }

  #all<T>(part: (group: BoundGroup) => readonly T[]): T[] {
    const found: T[] = [];
    for (const owner of this.#groups.keys()) for (const each of part(this.#groupOf(owner))) found.push(each);
    return found;
  }

  #groupOf(owner: Site['owner']): BoundGroup {
    let bound = this.#bound.get(owner);
    if (bound === undefined) {
      bound = boundGroup(owner, this.#groups.get(owner)?.read() ?? []);
      this.#bound.set(owner, bound);
    }
    return bound;
  }

  offsets(site: Site): StringOffsets {
    let offsets = this.#offsets.get(site.node);
    if (offsets === undefined) {
      offsets = new StringOffsets(this.#text, site.node);
      this.#offsets.set(site.node, offsets);
    }
    return offsets;
  }

  /** The place in the document of something in an expression. */
  rangeOf(site: Site, range: TextRange): TextRange {
    return this.offsets(site).rangeInDocument(range);
  }

  /** The place of a reference's name, without its quotes. */
  nameRange({ site, literal }: Reference): TextRange {
    const start = literal.start + 1;
    return this.rangeOf(site, { start, end: Math.max(start, literal.end - 1) });
  }

  /** The text that an offset of the document is in. */
  siteAt(offset: number): ParsedSite | undefined {
    return this.sites.find(({ node }) => node.start < offset && offset < node.end);
  }
}

/** The expressions of a workflow; none when there is no workflow. */
export function workflowExpressions(workflow: Workflow | undefined): WorkflowExpressions {
  return workflow === undefined
    ? new WorkflowExpressions(undefined, [])
    : new WorkflowExpressions(workflow.tree, groupsOf(workflow));
}

function boundGroup(owner: Site['owner'], group: readonly ReadSite[]): BoundGroup {
  if (group.length === 0) return emptyGroup;
  const sites: ParsedSite[] = [];
  const references: Reference[] = [];
  const lookalikes: Site[] = [];
  for (const { node, path, isKey, parsed, names } of group) {
    if (parsed === undefined) {
      lookalikes.push({ node, owner, path, isKey });
      continue;
    }
    const site = { node, owner, path, isKey, parsed };
    sites.push(site);
    for (const { kind, name, call, literal } of names) references.push({ kind, name, call, literal, site });
  }
  return { sites, references, lookalikes };
}

/** The texts of an operation, or of the outputs when it has no owner. */
interface SiteGroup {
  readonly owner: Site['owner'];
  readonly read: () => readonly ReadSite[];
}

function groupsOf(workflow: Workflow): SiteGroup[] {
  const evaluated = (group: readonly ReadSite[]): readonly ReadSite[] =>
    workflow.shape === 'arm' ? group.filter(({ node }) => !isArmExpression(workflow, node.value)) : group;
  const groups: SiteGroup[] = [];
  for (const owner of workflow.triggers) groups.push({ owner, read: () => evaluated(readOperation(owner)) });
  for (const owner of workflow.actions) groups.push({ owner, read: () => evaluated(readOperation(owner)) });
  groups.push({ owner: undefined, read: () => evaluated(outputSites(workflow).flatMap(readSite)) });
  return groups;
}

/** The expressions of connections.json and parameters.json; other files have none. */
export function fileExpressions(tree: JsonTree, kind: FileKind): WorkflowExpressions {
  const evaluated = kind === 'connections' || kind === 'parameters';
  return new WorkflowExpressions(
    tree,
    evaluated ? [{ owner: undefined, read: () => treeSites(tree.root).flatMap(readSite) }] : [],
  );
}

/** A site as it reads by itself; without `parsed` it only looks like an expression. */
interface ReadSite extends OwnSite {
  readonly parsed: ParsedTemplate | undefined;
  readonly names: readonly Named[];
}

/** What an operation's own text says stays the same from version to version, as long as its node does. */
const readOperations = new WeakMap<ObjectNode, readonly ReadSite[]>();

function readOperation(operation: Action | Trigger): readonly ReadSite[] {
  const { node } = operation;
  if (node === undefined) return [];
  let sites = readOperations.get(node);
  if (sites === undefined) {
    sites = operationSites(operation).flatMap(readSite);
    readOperations.set(node, sites);
  }
  return sites;
}

function readSite(site: OwnSite): ReadSite[] {
  const parsed = parseTemplate(site.node.value);
  if (parsed.template.kind === 'text' && parsed.problems.length === 0) {
    return isLookalike(site) ? [{ ...site, parsed: undefined, names: [] }] : [];
  }
  return [{ ...site, parsed, names: namesIn(parsed) }];
}

function namesIn(parsed: ParsedTemplate): Named[] {
  const found: Named[] = [];
  for (const expression of expressionsOf(parsed.template)) {
    walk(expression, (node) => {
      if (node.kind !== 'call') return;
      const definition = findFunction(node.name);
      if (definition === undefined) return;
      node.args.forEach((argument, index) => {
        const kind = parameterAt(definition, index)?.names;
        if (kind === undefined || !isText(argument)) return;
        found.push({ kind, name: argument.value, call: node, literal: argument });
      });
    });
  }
  return found;
}

function isText(node: Expression): node is Literal & { readonly value: string } {
  return node.kind === 'literal' && typeof node.value === 'string';
}
