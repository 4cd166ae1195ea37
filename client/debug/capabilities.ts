/** What the adapter offers. Nothing is listed that does not work. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { exceptionFilters } from './exceptions';

export const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsFunctionBreakpoints: true,
  supportsDataBreakpoints: true,
  supportsBreakpointLocationsRequest: true,
  exceptionBreakpointFilters: exceptionFilters,
  supportsExceptionInfoRequest: true,
  supportsEvaluateForHovers: true,
  supportsClipboardContext: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsStepInTargetsRequest: true,
  supportsStepBack: true,
  supportsRestartRequest: true,
  supportsRestartFrame: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ["'", '(', '@', '{'],
  supportsTerminateRequest: true,
  supportTerminateDebuggee: true,
};
