export function browser(say: (line: string) => void): string | undefined;
