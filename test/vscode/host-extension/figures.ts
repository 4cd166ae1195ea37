/**
 * Figures that tests measure and the closing report prints. The suites are bundles of their own, so they meet this
 * module's list through the global object of the extension host.
 */
declare global {
  var logicAppsWorkbenchFigures: Record<string, number> | undefined;
}

/** Notes a measured value under its title, which names the unit. */
export function measure(title: string, value: number): void {
  list()[title] = Math.round(value);
}

export function figures(): Readonly<Record<string, number>> {
  return list();
}

function list(): Record<string, number> {
  globalThis.logicAppsWorkbenchFigures ??= {};
  return globalThis.logicAppsWorkbenchFigures;
}
