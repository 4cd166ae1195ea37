/** Colours for expressions inside strings: functions, names in quotes, numbers, properties. */
import { SemanticTokensBuilder } from 'vscode-languageserver';
import type { SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver';
import { findFunction } from '../../language/expressions/index';
import { parameterAt } from '../../language/expressions/functions/definition';
import { expressionsOf, walk } from '../../language/expressions/ast';
import type { Expression, Literal } from '../../language/expressions/ast';
import type { TextRange } from '../../language/text/range';
import type { DocumentView } from '../workspace';

const types = ['function', 'variable', 'parameter', 'property', 'number', 'keyword', 'string'] as const;
type TokenType = (typeof types)[number];
const modifiers = ['defaultLibrary'] as const;

export const semanticTokensLegend: SemanticTokensLegend = { tokenTypes: [...types], tokenModifiers: [...modifiers] };

interface Token extends TextRange {
  readonly type: TokenType;
}

export function semanticTokens({ document }: DocumentView): SemanticTokens {
  const { expressions, lines } = document;
  const builder = new SemanticTokensBuilder();
  const tokens: Token[] = [];
  for (const site of expressions.sites) {
    for (const expression of expressionsOf(site.parsed.template)) {
      for (const token of tokensOf(expression)) tokens.push({ ...expressions.rangeOf(site, token), type: token.type });
    }
  }
  tokens.sort((a, b) => a.start - b.start);
  for (const { start, end, type } of tokens) {
    const { line, character } = lines.positionAt(start);
    builder.push(line, character, end - start, types.indexOf(type), type === 'function' ? 1 : 0);
  }
  return builder.build();
}

function tokensOf(root: Expression): Token[] {
  const tokens: Token[] = [];
  /** Literals whose meaning a parent has said. */
  const named = new Map<Expression, TokenType>();
  walk(root, (node) => {
    switch (node.kind) {
      case 'call': {
        const definition = findFunction(node.name);
        tokens.push({ start: node.start, end: node.start + node.name.length, type: 'function' });
        node.args.forEach((argument, index) => {
          const names = definition && parameterAt(definition, index)?.names;
          if (names !== undefined)
            named.set(argument, names === 'parameter' || names === 'appSetting' ? 'parameter' : 'variable');
        });
        return;
      }
      case 'access':
        named.set(node.key, 'property');
        return;
      case 'literal':
        tokens.push({ start: node.start, end: node.end, type: literalType(node, named.get(node)) });
        return;
      case 'hole':
        return;
    }
  });
  return tokens.filter((each) => each.end > each.start);
}

function literalType(literal: Literal, named: TokenType | undefined): TokenType {
  if (typeof literal.value === 'string') return named ?? 'string';
  return literal.value === null || typeof literal.value === 'boolean' ? 'keyword' : 'number';
}
