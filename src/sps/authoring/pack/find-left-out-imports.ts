import path from 'node:path';
import type { Problem } from '../../../base/problem.ts';
import { type PackedFile, packWarning } from './packed-file.ts';

const pythonImport = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?([\w, \t]*)|import[ \t]+([\w., \t]+))/;
const moduleImport = /(?<![\w$.])(?:from|import|require)[\s(]*(?:'(\.\.?\/[^'"\n]*)'|"(\.\.?\/[^'"\n]*)")/g;

/**
 * Imports of what was left out because of its name or by `--exclude`, once for each name: it would be missing on the appliance.
 * @param leftOut Names relative to the root, folders with `/`
 * @param packed Everything that goes into the ZIP; only the plugin's own files are read
 */
export async function findLeftOutImports(
  own: readonly PackedFile[],
  leftOut: readonly string[],
  packed: readonly PackedFile[],
  isExcluded: (name: string) => boolean = () => false,
): Promise<Problem[]> {
  const names = new Set(packed.map(({ name }) => name));
  const absent = leftOut.filter((name) => !isPackedUnderName(name, names));
  const told = new Map<string, Problem>();
  for (const file of absent.length === 0 ? [] : own) {
    const findIn = readerOf(file.name);
    if (findIn === undefined) continue;
    const lines = (await file.read()).toString('utf8').split('\n');
    for (const [index, line] of lines.entries()) {
      for (const wanted of findIn(line, file.name)) {
        const name = absent.find((each) => isWithin(wanted, each));
        if (name !== undefined && !told.has(name))
          told.set(name, describe({ name, isExcluded: isExcluded(name) }, file.name, index + 1));
      }
    }
  }
  return [...told.values()];
}

/** A dependency may contain a module with this name. */
function isPackedUnderName(leftOut: string, names: ReadonlySet<string>): boolean {
  const module = leftOut.replace(/\/$|\.py$/, '');
  return names.has(`${module}.py`) || names.has(`${module}/__init__.py`);
}

function readerOf(file: string): ((line: string, file: string) => string[]) | undefined {
  if (file.endsWith('.py')) return importedByPython;
  return /\.[cm]?[jt]s$/.test(file) ? importedByModule : undefined;
}

/** Paths, without their endings, that an import may mean. */
function importedByPython(line: string, file: string): string[] {
  const [, from, names = '', plain] = pythonImport.exec(line) ?? [];
  if (plain !== undefined) return plain.split(',').map((each) => toPath(each.trim().split(/[ \t]/)[0] ?? '', file));
  if (from === undefined) return [];
  const base = toPath(from, file);
  const inside = names.split(',').map((each) => each.trim().split(/[ \t]/)[0] ?? '');
  return [base, ...inside.filter(Boolean).map((each) => path.posix.join(base, each))];
}

function toPath(module: string, file: string): string {
  const dots = module.length - module.replace(/^\.+/, '').length;
  const inside = module.slice(dots).replaceAll('.', '/');
  return dots === 0 ? inside : path.posix.join(path.posix.dirname(file), '../../'.repeat(dots - 1), inside);
}

function importedByModule(line: string, file: string): string[] {
  return [...line.matchAll(moduleImport)].map(([, single, double]) =>
    path.posix.join(path.posix.dirname(file), single ?? double ?? '').replace(/\.[cm]?[jt]s$/, ''),
  );
}

function isWithin(wanted: string, leftOut: string): boolean {
  if (leftOut.endsWith('/')) return `${wanted}/`.startsWith(leftOut);
  return wanted === leftOut.replace(/\.(?:py|[cm]?[jt]s)$/, '');
}

interface LeftOut {
  name: string;
  isExcluded: boolean;
}

function describe({ name, isExcluded }: LeftOut, file: string, line: number): Problem {
  if (isExcluded) {
    const what = `${file}:${line}: imports ${name}, which --exclude leaves out`;
    return { ...packWarning('IMPORT_LEFT_OUT', what, 'Exclude less, or remove the import.'), file, line };
  }
  const isPackage = file.endsWith('.py') && name.endsWith('/') && !/(?:^|\/)tests\/$/.test(name);
  const hint = isPackage
    ? 'An __init__.py in it makes it a package, which is packed; or give it another name.'
    : 'Give it another name.';
  const message = `${file}:${line}: imports ${name}, which was left out because of its name`;
  return { ...packWarning('IMPORT_LEFT_OUT', message, hint), file, line };
}
