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
import type { JsonTree } from '../json/tree';
import type { TextRange } from '../text/range';
import { isArmExpression } from './arm';
import { expressionSites, isLookalike, treeSites } from './sites';
import type { Site } from './sites';
import type { Workflow } from './model';

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

  constructor(tree: JsonTree | undefined, sites: readonly Site[]) {
    this.#text = tree?.text ?? '';
    this.sites = sites.flatMap(parsedSite);
    this.lookalikes = sites.filter(isLookalike);
    this.references = this.sites.flatMap(referencesOf);
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
  if (workflow === undefined) return new WorkflowExpressions(undefined, []);
  const sites = expressionSites(workflow).filter((site) => !isArmExpression(workflow, site.node.value));
  return new WorkflowExpressions(workflow.tree, sites);
}

/** The expressions of connections.json and parameters.json; other files have none. */
export function fileExpressions(tree: JsonTree, kind: FileKind): WorkflowExpressions {
  const evaluated = kind === 'connections' || kind === 'parameters';
  return new WorkflowExpressions(tree, evaluated ? treeSites(tree.root) : []);
}

function parsedSite(site: Site): ParsedSite[] {
  const parsed = parseTemplate(site.node.value);
  return parsed.template.kind === 'text' && parsed.problems.length === 0 ? [] : [{ ...site, parsed }];
}

function referencesOf(site: ParsedSite): Reference[] {
  const found: Reference[] = [];
  for (const expression of expressionsOf(site.parsed.template)) {
    walk(expression, (node) => {
      if (node.kind !== 'call') return;
      const definition = findFunction(node.name);
      if (definition === undefined) return;
      node.args.forEach((argument, index) => {
        const kind = parameterAt(definition, index)?.names;
        if (kind === undefined || !isText(argument)) return;
        found.push({ kind, name: argument.value, call: node, literal: argument, site });
      });
    });
  }
  return found;
}

function isText(node: Expression): node is Literal & { readonly value: string } {
  return node.kind === 'literal' && typeof node.value === 'string';
}
