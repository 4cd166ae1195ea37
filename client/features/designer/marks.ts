/** Diagnostics and breakpoints of a document, as the designer shows them. */
import * as vscode from 'vscode';
import type { Severity } from '../../../language/text/diagnostic';
import type { ShownBreakpoint, ShownProblem } from '../../../webview/protocol/messages';

const severities: Readonly<Record<vscode.DiagnosticSeverity, Severity>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'information',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};

/** Everything the Problems panel lists for the document, whoever reported it. */
export function problemsOf(document: vscode.TextDocument): ShownProblem[] {
  return vscode.languages.getDiagnostics(document.uri).map(({ range, severity, message, code }) => {
    const value = typeof code === 'object' ? code.value : code;
    return {
      range: { start: document.offsetAt(range.start), end: document.offsetAt(range.end) },
      severity: severities[severity],
      message,
      code: value === undefined ? undefined : String(value),
    };
  });
}

export function breakpointsOf(document: vscode.TextDocument): ShownBreakpoint[] {
  return sourceBreakpoints(document).flatMap(({ location, enabled }) => {
    const line = location.range.start.line;
    if (line >= document.lineCount) return [];
    const { range } = document.lineAt(line);
    return [{ range: { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }, enabled }];
  });
}

/** Removes the breakpoint of the line an offset stands in, or adds one. */
export function toggleBreakpoint(document: vscode.TextDocument, offset: number): void {
  const { line } = document.positionAt(offset);
  const existing = sourceBreakpoints(document).filter((each) => each.location.range.start.line === line);
  if (existing.length > 0) {
    vscode.debug.removeBreakpoints(existing);
    return;
  }
  const location = new vscode.Location(document.uri, new vscode.Position(line, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
}

function sourceBreakpoints(document: vscode.TextDocument): vscode.SourceBreakpoint[] {
  const uri = document.uri.toString();
  return vscode.debug.breakpoints.flatMap((each) =>
    each instanceof vscode.SourceBreakpoint && each.location.uri.toString() === uri ? [each] : [],
  );
}
