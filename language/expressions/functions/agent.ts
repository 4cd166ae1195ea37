/** Functions of agents and their tools. */
import { FunctionError } from '../failure';
import type { FunctionDefinition } from './definition';
import { byName, plain } from './workflow';

function agentOnly(name: string, summary: string): FunctionDefinition {
  return plain({ name, summary, undocumented: 'Used by agents in Azure.', examples: [] }, () => {
    throw new FunctionError(
      `The template function '${name}' is not supported here: it works in the channels of an agent in Azure only.`,
    );
  });
}

export const agentFunctions: readonly FunctionDefinition[] = [
  byName(
    {
      name: 'agentParameters',
      summary: 'Returns the value an agent gave for a parameter of the tool it called.',
      examples: [
        { expression: "agentParameters('city')", result: '"Oslo"', context: { agentParameters: { city: 'Oslo' } } },
      ],
    },
    { name: 'parameterName', description: 'The name of the parameter of the tool', names: 'agentParameter' },
    (name, context) => {
      const value = context.agentParameter(name);
      if (value !== undefined) return value;
      throw new FunctionError(
        `The template function 'agentParameters' refers to the parameter '${name}', which the agent's tool does not have here.`,
        "Declare it in the tool's agentParameterSchema.",
        0,
      );
    },
  ),
  agentOnly('channelTriggerBody', "Returns the body of the request that reached an agent's channel."),
  agentOnly('assistantMessage', "Returns the agent's message that a channel is to send."),
];
