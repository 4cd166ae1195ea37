/** The expression at a place in a workflow's text: what a hover evaluates. Pure. */
import type { Expression, ParsedTemplate } from '../../../language/expressions/ast';
import type { ProjectDocument } from '../../../language/project/document';
import type { TextRange } from '../../../language/text/range';
import { touches } from '../../../language/text/range';

export interface ExpressionAt {
  /** In the document. */
  readonly range: TextRange;
  /** Without its `@`. */
  readonly expression: string;
}

/** The smallest expression with a value of its own that holds the offset: the call under the cursor, or the path up to it. */
export function expressionAt(document: ProjectDocument, offset: number): ExpressionAt | undefined {
  const { expressions } = document;
  const site = expressions.siteAt(offset);
  if (site === undefined) return undefined;
  let best: Expression | undefined;
  const search = (node: Expression): void => {
    const range = expressions.rangeOf(site, node);
    if (!touches(range, offset)) return;
    if (node.kind === 'call' || node.kind === 'access') best = node;
    if (node.kind === 'call') for (const argument of node.args) search(argument);
    if (node.kind === 'access') {
      search(node.target);
      // In the name after the dot or bracket the path up to it is meant.
      if (node.key.kind !== 'literal') search(node.key);
    }
  };
  for (const root of rootsOf(site.parsed)) search(root);
  if (best === undefined) return undefined;
  return { range: expressions.rangeOf(site, best), expression: site.parsed.text.slice(best.start, best.end) };
}

/** Every whole expression in a part of the document. */
export function expressionsIn(document: ProjectDocument, range: TextRange): ExpressionAt[] {
  const { expressions } = document;
  return expressions.sites.flatMap((site) => {
    if (site.node.start < range.start || site.node.end > range.end) return [];
    return rootsOf(site.parsed).map((root) => ({
      range: expressions.rangeOf(site, root),
      expression: site.parsed.text.slice(root.start, root.end),
    }));
  });
}

function rootsOf({ template }: ParsedTemplate): readonly Expression[] {
  if (template.kind === 'expression') return [template.expression];
  if (template.kind === 'text') return [];
  return template.parts.flatMap((part) => (part.kind === 'expression' ? [part.expression] : []));
}
