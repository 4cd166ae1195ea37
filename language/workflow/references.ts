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

/** Every expression of one version of a workflow. */
export class WorkflowExpressions {
  readonly sites: readonly ParsedSite[];
  readonly references: readonly Reference[];
  /** Texts that look like expressions and are none. */
  readonly lookalikes: readonly Site[];
  readonly #text: string;
  readonly #offsets = new Map<Site['node'], StringOffsets>();

  constructor(tree: JsonTree | undefined, groups: readonly SiteGroup[]) {
    this.#text = tree?.text ?? '';
    const sites: ParsedSite[] = [];
    const references: Reference[] = [];
    const lookalikes: Site[] = [];
    for (const { owner, group } of groups) {
      for (const { node, path, isKey, parsed, names } of group) {
        if (parsed === undefined) {
          lookalikes.push({ node, owner, path, isKey });
          continue;
        }
        const site = { node, owner, path, isKey, parsed };
        sites.push(site);
        for (const { kind, name, call, literal } of names) references.push({ kind, name, call, literal, site });
      }
    }
    this.sites = sites;
    this.references = references;
    this.lookalikes = lookalikes;
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

/** The texts of an operation, or of the outputs when it has no owner. */
interface SiteGroup {
  readonly owner: Site['owner'];
  readonly group: readonly ReadSite[];
}

function groupsOf(workflow: Workflow): SiteGroup[] {
  const groups: SiteGroup[] = [];
  for (const owner of workflow.triggers) groups.push({ owner, group: readOperation(owner) });
  for (const owner of workflow.actions) groups.push({ owner, group: readOperation(owner) });
  groups.push({ owner: undefined, group: outputSites(workflow).flatMap(readSite) });
  if (workflow.shape !== 'arm') return groups;
  return groups.map(({ owner, group }) => ({
    owner,
    group: group.filter(({ node }) => !isArmExpression(workflow, node.value)),
  }));
}

/** The expressions of connections.json and parameters.json; other files have none. */
export function fileExpressions(tree: JsonTree, kind: FileKind): WorkflowExpressions {
  const evaluated = kind === 'connections' || kind === 'parameters';
  return new WorkflowExpressions(
    tree,
    evaluated ? [{ owner: undefined, group: treeSites(tree.root).flatMap(readSite) }] : [],
  );
}

/** A site as it reads by itself; without `parsed` it only looks like an expression. */
interface ReadSite extends OwnSite {
  readonly parsed: ParsedTemplate | undefined;
  readonly names: readonly Omit<Reference, 'site'>[];
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

function namesIn(parsed: ParsedTemplate): Omit<Reference, 'site'>[] {
  const found: Omit<Reference, 'site'>[] = [];
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
