/** Reads the sources of the product and what each file imports, with the compiler's parser. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

export const root = join(import.meta.dirname, '..', '..');

export const rooms = ['language', 'runtime', 'server', 'webview', 'client', 'cli'] as const;
export type Room = (typeof rooms)[number];

export interface Import {
  /** From the repository's root, with slashes. */
  readonly from: string;
  /** A file of the repository, from its root, or else the name as written, such as `node:fs` or `react`. */
  readonly to: string;
  readonly isFile: boolean;
  readonly typeOnly: boolean;
}

/** Every source file of the rooms, from the repository's root. */
export function sourceFiles(): string[] {
  return rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .map((name) => posix.join(room, name.split(sep).join('/')))
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')),
  );
}

export function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const target = resolve(file, specifier.text);
    found.push({ from: file, to: target ?? specifier.text, isFile: target !== undefined, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

/** The file that a relative import means, from the repository's root; undefined for packages. */
function resolve(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const base = join(root, dirname(file), specifier);
  const candidates = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'].map((ending) => base + ending);
  const target = candidates.find((name) => existsSync(name) && statSync(name).isFile()) ?? base;
  return relative(root, target).split(sep).join('/');
}

export function roomOf(file: string): string {
  return file.split('/')[0] ?? '';
}
