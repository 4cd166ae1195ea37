export function installCodeServer(say: (line: string) => void): string;
export function freePort(preferred?: number): Promise<number>;
export function startCodeServer(options: {
  readonly entry: string;
  readonly dataFolder: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly extensions?: readonly (readonly [folder: string, name: string])[];
  readonly userSettings?: Readonly<Record<string, unknown>>;
}): Promise<{ readonly url: string; stop(): Promise<void> }>;
