/** The documentation of a function as an editor shows it. */
import { signatureOf } from '../../language/expressions/functions/definition';
import type { FunctionDefinition } from '../../language/expressions/functions/definition';
import { typeNames } from '../../language/expressions/types';
import type { Type } from '../../language/expressions/types';

/** Examples beyond these are in the documentation; a hover is read in passing. */
const MAX_EXAMPLES = 3;

export function functionMarkdown(definition: FunctionDefinition): string {
  const { summary, details, deprecated, parameters, examples } = definition;
  const parts = [summary];
  if (deprecated !== undefined) parts.push(`**Deprecated.** Use \`${deprecated}\` instead.`);
  if (details !== undefined) parts.push(details);
  if (parameters.length > 0) {
    parts.push(
      parameters
        .map(
          (each) =>
            `- \`${each.name}\` (${typeText(each.type)}${each.optional === true ? ', optional' : ''}): ${each.description}`,
        )
        .join('\n'),
    );
  }
  const shown = examples
    .slice(0, MAX_EXAMPLES)
    .map(({ expression, result }) => (result === undefined ? expression : `${expression}  →  ${result}`));
  if (shown.length > 0) parts.push(['```', ...shown, '```'].join('\n'));
  return parts.join('\n\n');
}

/** Signature and documentation. */
export function functionHover(definition: FunctionDefinition): string {
  return `\`\`\`\n${signatureOf(definition)}: ${typeText(definition.returns)}\n\`\`\`\n\n${functionMarkdown(definition)}`;
}

export function typeText(type: Type): string {
  return typeNames(type).join(' or ');
}
