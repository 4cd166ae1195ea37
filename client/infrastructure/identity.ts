/** The names under which the extension appears in VS Code; package.json says the same. */

/** Prefix of commands, settings and context keys. */
export const PREFIX = 'logicAppsWorkbench';
export const DEBUG_TYPE = 'logicAppsWorkbench';
/** Context keys that `when` clauses of package.json read. */
export const contextKeys = {
  hasProject: `${PREFIX}.hasProject`,
  running: `${PREFIX}.running`,
} as const;
