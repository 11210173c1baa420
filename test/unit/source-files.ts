import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const source = path.resolve(import.meta.dirname, '../../src');

/** The public entries: they gather what is elsewhere, and nobody imports them. */
export const entries = ['index.ts', 'plugin.ts', 'vitest.ts', 'kvgroup.ts', 'platform.ts'];

export const modules = globSync('**/*.{ts,tsx}', { cwd: source }).sort();

/** What runs in the child. */
export const childSide = globSync('**/*.{py,mjs}', { cwd: source }).sort();

export const textOf = (file: string): string => readFileSync(path.join(source, file), 'utf8');

/** The modules of ours that one imports, types included, as paths in src. */
export function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(textOf(file), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.join(path.dirname(file), fileName));
}

/** The names under which a module exports, each in the spelling of a file. */
export function exportsOf(file: string): string[] {
  const module = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, false);
  return module.statements.flatMap((statement) => namesOf(statement)).map(toFileName);
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    return exportClause && ts.isNamedExports(exportClause) ? exportClause.elements.map(({ name }) => name.text) : [];
  }
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  if (!isExported) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  }
  const { name } = statement as ts.DeclarationStatement;
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

/** `renderJUnit` is in `render-junit.ts`, `JsonReport` in `json-report.ts`. */
function toFileName(name: string): string {
  return name
    .replace(/([A-Z])([A-Z]+)(?=$|[A-Z][a-z])/g, (_all, first: string, rest: string) => first + rest.toLowerCase())
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
