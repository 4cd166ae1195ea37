/** The parts of an XPath 1.0 expression. Prefixes are resolved already: names carry the namespace itself. */

export interface ExpandedName {
  /** Null: no namespace. */
  readonly uri: string | null;
  readonly local: string;
}

export type Axis =
  | 'ancestor'
  | 'ancestor-or-self'
  | 'attribute'
  | 'child'
  | 'descendant'
  | 'descendant-or-self'
  | 'following'
  | 'following-sibling'
  | 'namespace'
  | 'parent'
  | 'preceding'
  | 'preceding-sibling'
  | 'self';

export type NodeTest =
  | { readonly kind: 'name'; readonly name: ExpandedName }
  /** `*`, or `p:*` when there is a namespace. */
  | { readonly kind: 'any'; readonly uri?: string }
  | { readonly kind: 'node' | 'text' | 'comment' }
  | { readonly kind: 'instruction'; readonly target?: string };

export interface PathStep {
  readonly axis: Axis;
  readonly test: NodeTest;
  readonly predicates: readonly XPath[];
}

export type BinaryOperator =
  'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'div' | 'mod' | '|';

export type XPath =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'variable'; readonly name: ExpandedName }
  | { readonly kind: 'call'; readonly name: ExpandedName; readonly args: readonly XPath[] }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: XPath; readonly right: XPath }
  | { readonly kind: 'negation'; readonly operand: XPath }
  | { readonly kind: 'filter'; readonly primary: XPath; readonly predicates: readonly XPath[] }
  | LocationPath;

export interface LocationPath {
  readonly kind: 'path';
  /** Where the first step begins: at the document, at the context node, or at what an expression gives. */
  readonly from: 'root' | 'context' | XPath;
  readonly steps: readonly PathStep[];
}

/** An expression that is not valid, or that cannot be evaluated. */
export class XPathError extends Error {
  override readonly name = 'XPathError';
}
