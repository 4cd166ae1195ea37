/** Numbers as text in a format. */
import type { FunctionDefinition } from './definition';

export const formatNumberFunctions: readonly FunctionDefinition[] = [];
