/** Settings of the user that reach the server: severities by diagnostic code, and which inlay hints are shown. */
import { isDiagnosticCode } from '../language/text/codes';
import type { DiagnosticCode } from '../language/text/codes';
import type { Diagnostic, Severity } from '../language/text/diagnostic';

export type ShownSeverity = Severity | 'off';
export type SeveritySettings = Readonly<Partial<Record<DiagnosticCode, ShownSeverity>>>;

/** Section of the client's settings: `logicAppsWorkbench.diagnostics.severity` is an object of code to severity. */
export const SETTINGS_SECTION = 'logicAppsWorkbench';

const severities: readonly string[] = ['error', 'warning', 'information', 'hint', 'off'] satisfies ShownSeverity[];

function isShownSeverity(value: unknown): value is ShownSeverity {
  return typeof value === 'string' && severities.includes(value);
}

/** Reads what the client sends for the section. Unknown codes and severities are passed over. */
export function readSeverities(section: unknown): SeveritySettings {
  const map = objectIn(objectIn(section, 'diagnostics'), 'severity');
  const found: Partial<Record<DiagnosticCode, ShownSeverity>> = {};
  if (typeof map !== 'object' || map === null) return found;
  for (const [code, severity] of Object.entries(map)) {
    if (isDiagnosticCode(code) && isShownSeverity(severity)) found[code] = severity;
  }
  return found;
}

/** Which inlay hints are shown: none unless asked for. */
export interface InlayHintSettings {
  readonly types: boolean;
  readonly nextOccurrence: boolean;
}

export function readInlayHints(section: unknown): InlayHintSettings {
  const hints = objectIn(section, 'inlayHints');
  return { types: objectIn(hints, 'types') === true, nextOccurrence: objectIn(hints, 'nextOccurrence') === true };
}

function objectIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}

export function severityOf(diagnostic: Diagnostic, settings: SeveritySettings): ShownSeverity {
  return settings[diagnostic.code] ?? diagnostic.severity;
}
