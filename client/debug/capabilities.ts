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
  supportsExceptionFilterOptions: true,
  supportsExceptionInfoRequest: true,
  supportsDelayedStackTraceLoading: true,
  supportsEvaluateForHovers: true,
  supportsClipboardContext: true,
  supportsReadMemoryRequest: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsStepInTargetsRequest: true,
  supportsStepBack: true,
  supportsRestartRequest: true,
  supportsRestartFrame: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ["'", '(', '@', '{'],
  supportsTerminateRequest: true,
  supportsTerminateThreadsRequest: true,
  supportTerminateDebuggee: true,
};
