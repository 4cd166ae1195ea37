/** What a client asks of a held step: threads, stack, scopes, values, evaluation and changes. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { base64Encode } from '../../language/json/base64';
import { AnsweringSession } from './answering';
import { dataIdOf } from './breakpoints';
import { completionsAt } from './completions';
import { evaluate } from './evaluate';
import { exceptionInfo } from './exceptions';
import { framesOf } from './frames';
import { Refusal } from './refusal';

const VARIABLE = /^\s*@?\{?\s*variables\('((?:[^']|'')+)'\)\s*\}?\s*$/i;

export abstract class InspectingSession extends AnsweringSession {
  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    this.answer(response, async () => {
      response.body = { threads: [...(this.debuggee?.threads.all ?? [])] };
    });
  }

  protected override stackTraceRequest(
    response: DebugProtocol.StackTraceResponse,
    { threadId, startFrame = 0, levels = 0 }: DebugProtocol.StackTraceArguments,
  ): void {
    this.answer(response, async () => {
      const { threads, sources } = this.running;
      const hold = threads.holdOf(threadId);
      const frames = hold === undefined ? [] : await framesOf(hold, sources, threads);
      const end = levels > 0 ? startFrame + levels : frames.length;
      response.body = {
        totalFrames: frames.length,
        stackFrames: frames.slice(startFrame, end).map((frame) => this.stackFrame(hold, frame)),
      };
    });
  }

  protected override scopesRequest(
    response: DebugProtocol.ScopesResponse,
    { frameId }: DebugProtocol.ScopesArguments,
  ): void {
    this.answer(response, async () => {
      const known = this.knownFrame(frameId);
      response.body = { scopes: known ? await this.running.variables.scopes(known.hold, known.frame.level) : [] };
    });
  }

  protected override variablesRequest(
    response: DebugProtocol.VariablesResponse,
    args: DebugProtocol.VariablesArguments,
  ): void {
    this.answer(response, async () => {
      response.body = { variables: await this.running.variables.list(args) };
    });
  }

  /** Binary content, such as a file that a connector has read. */
  protected override readMemoryRequest(
    response: DebugProtocol.ReadMemoryResponse,
    { memoryReference, offset = 0, count }: DebugProtocol.ReadMemoryArguments,
  ): void {
    this.answer(response, async () => {
      const bytes = this.running.variables.memory(memoryReference);
      if (bytes === undefined) throw new Refusal('The run has gone on: this content is not known any more.');
      const from = Math.min(Math.max(offset, 0), bytes.length);
      const read = bytes.subarray(from, from + count);
      const unreadableBytes = count - read.length;
      response.body = {
        address: `0x${from.toString(16)}`,
        data: base64Encode(read),
        ...(unreadableBytes > 0 ? { unreadableBytes } : {}),
      };
    });
  }

  protected override setVariableRequest(
    response: DebugProtocol.SetVariableResponse,
    { variablesReference, name, value }: DebugProtocol.SetVariableArguments,
  ): void {
    this.answer(response, async () => {
      const result = await this.running.variables.change(variablesReference, name, value);
      if ('problem' in result) throw new Refusal(result.problem);
      const { variable } = result;
      response.body = { ...variable };
      this.invalidate();
    });
  }

  protected override setExpressionRequest(
    response: DebugProtocol.SetExpressionResponse,
    { expression, value, frameId }: DebugProtocol.SetExpressionArguments,
  ): void {
    this.answer(response, async () => {
      const name = variableIn(expression);
      const hold = this.holdOfFrame(frameId);
      const scopes = hold === undefined ? [] : await this.running.variables.scopes(hold, 'trigger');
      const scope = scopes.find((each) => each.name === 'Variables');
      if (name === undefined || scope === undefined) {
        throw new Refusal("Only a workflow variable can be set, written as variables('name').");
      }
      const result = await this.running.variables.change(scope.variablesReference, name, value);
      if ('problem' in result) throw new Refusal(result.problem);
      response.body = { ...result.variable };
      this.invalidate();
    });
  }

  protected override evaluateRequest(
    response: DebugProtocol.EvaluateResponse,
    { expression, frameId, context }: DebugProtocol.EvaluateArguments,
  ): void {
    this.answer(response, async () => {
      const { link, variables } = this.running;
      response.body = await evaluate(link, variables, expression, this.holdOfFrame(frameId), context);
    });
  }

  protected override completionsRequest(
    response: DebugProtocol.CompletionsResponse,
    { text, column, line = this.places.toLine(0), frameId }: DebugProtocol.CompletionsArguments,
  ): void {
    this.answer(response, async () => {
      const { link, sources } = this.running;
      const hold = this.holdOfFrame(frameId);
      const names = async (scope: 'parameters' | 'appSettings'): Promise<string[]> =>
        hold === undefined
          ? []
          : (await link.send('inspect', { holdId: hold.holdId, scope })).items.map((each) => each.name);
      const document = hold && (await sources.document(sources.fileOf(hold.workflow)));
      const row = text.split('\n')[this.places.fromLine(line)] ?? text;
      const targets = completionsAt(row, this.places.fromColumn(column), {
        workflow: document?.workflow,
        action: hold?.step?.action,
        parameters: await names('parameters'),
        appSettings: await names('appSettings'),
      });
      response.body = { targets };
    });
  }

  protected override exceptionInfoRequest(
    response: DebugProtocol.ExceptionInfoResponse,
    { threadId }: DebugProtocol.ExceptionInfoArguments,
  ): void {
    this.answer(response, async () => {
      const hold = this.running.threads.holdOf(threadId);
      const info = hold && exceptionInfo(hold);
      if (info === undefined) throw new Refusal('This step has not failed.');
      response.body = info;
    });
  }

  protected override dataBreakpointInfoRequest(
    response: DebugProtocol.DataBreakpointInfoResponse,
    { variablesReference, name, frameId }: DebugProtocol.DataBreakpointInfoArguments,
  ): void {
    this.answer(response, async () => {
      const { variables } = this.running;
      const hold = this.holdOfFrame(frameId);
      const typed = variableIn(name);
      const found =
        variablesReference === undefined
          ? hold && typed !== undefined && { workflow: hold.workflow, name: typed }
          : variables.variableAt(variablesReference, name);
      response.body = found
        ? {
            dataId: dataIdOf(found.workflow, found.name),
            description: `variable ${found.name} of ${found.workflow}`,
            accessTypes: ['write'],
            canPersist: true,
          }
        : { dataId: null, description: 'Only the variables of a workflow can be watched.' };
    });
  }
}

function variableIn(expression: string): string | undefined {
  return VARIABLE.exec(expression)?.[1]?.replaceAll("''", "'");
}
