/** Names of time zones, as the platform's designers offer them: by their Windows names. */
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';

export const timeZoneNames: readonly string[] = [
  ...new Set(['UTC', ...WINDOWS_TO_IANA_MAP.map((each) => each.windowsName)]),
].sort((a, b) => (a === 'UTC' ? -1 : b === 'UTC' ? 1 : a < b ? -1 : 1));
