/** The expression language: what the rest of the program uses of it. */
export type {
  Access,
  Call,
  Expression,
  ExpressionPart,
  Hole,
  Literal,
  ParsedExpression,
  ParsedTemplate,
  SyntaxProblem,
  Template,
  TextPart,
} from './ast';
export { expressionsOf, walk } from './ast';
export type { EvaluationContext } from './context';
export { evaluateExpression, evaluateTemplate, evaluateValue, syntaxMessage } from './evaluate';
export type { ExpressionFailure, FailureCode, Outcome } from './failure';
export { arityOf, parameterAt, signatureOf } from './functions/definition';
export type { Category, Example, FunctionDefinition, Parameter, ReferenceKind } from './functions/definition';
export { findFunction, functions, similarFunction } from './functions/registry';
export { ItemContext } from './itemContext';
export { evaluateJsonContext } from './jsonContext';
export type { ContextPorts } from './jsonContext';
export { MAX_DEPTH, MAX_LENGTH, parse } from './parser';
export { print, printLiteral, printTemplate } from './print';
export { parseTemplate } from './template';
export { suggestionsFor } from './suggestions';
export type { Suggestion } from './suggestions';
export { stringOfValue } from './text';
export type { Type, TypeName } from './types';
export { mayBe, typeNameOf, typeOf } from './types';
