/** The parameters of the function around the cursor. */
import type { SignatureHelp } from 'vscode-languageserver';
import { findFunction, parseTemplate } from '../../language/expressions/index';
import type { FunctionDefinition } from '../../language/expressions/functions/definition';
import { StringOffsets } from '../../language/json/escape';
import { locate } from '../../language/json/path';
import { callAt } from '../values/expressionPlace';
import { typeText } from '../values/functionMarkdown';
import type { DocumentView } from '../workspace';

export function signatureHelp(view: DocumentView, offset: number): SignatureHelp | null {
  const { document } = view;
  const { nodes, inKey } = locate(document.tree, offset);
  const node = nodes.at(-1);
  if (node?.kind !== 'string' || inKey) return null;
  const inText = new StringOffsets(document.text, node).inValue(offset);
  const around = callAt(parseTemplate(node.value), inText);
  const definition = around && findFunction(around.call.name);
  if (around === undefined || definition === undefined) return null;
  const { label, parameters } = signature(definition);
  const last = definition.parameters.length - 1;
  const active = definition.parameters[last]?.rest === true ? Math.min(around.index, last) : around.index;
  return {
    signatures: [{ label, documentation: { kind: 'markdown', value: definition.summary }, parameters }],
    activeSignature: 0,
    activeParameter: active,
  };
}

interface SignatureText {
  readonly label: string;
  readonly parameters: { label: [number, number]; documentation: string }[];
}

/** Parameters are given by their place in the label, as one name may stand in another. */
function signature(definition: FunctionDefinition): SignatureText {
  let label = `${definition.name}(`;
  const parameters: SignatureText['parameters'] = [];
  definition.parameters.forEach((parameter, index) => {
    if (index > 0) label += ', ';
    const name = `${parameter.name}: ${typeText(parameter.type)}${parameter.rest === true ? ', …' : ''}`;
    const text = parameter.optional === true ? `[${name}]` : name;
    parameters.push({ label: [label.length, label.length + text.length], documentation: parameter.description });
    label += text;
  });
  return { label: `${label}): ${typeText(definition.returns)}`, parameters };
}
