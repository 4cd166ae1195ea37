/** XML functions. */
import type { FunctionDefinition } from './definition';

export const xmlFunctions: readonly FunctionDefinition[] = [];
