/** Date and time functions. */
import type { FunctionDefinition } from './definition';

export const dateFunctions: readonly FunctionDefinition[] = [];
