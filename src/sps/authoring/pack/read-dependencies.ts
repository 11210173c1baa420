import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import type { Problem } from '../../../base/problem.ts';
import { readTextOf, TextFault } from '../../../documents/decode-text.ts';
import { normalizeName } from '../python/pins.ts';
import { isSdk, sdkRefused } from './find-sdk.ts';
import { packError } from './packed-file.ts';
import { readLockedRequirements } from './read-locked-requirements.ts';

/** What a Python plugin needs besides the SDK, according to its author. */
export interface Dependencies {
  /** File name in the root. */
  source: string;
  /** Lines of a requirements file; null: the file itself is one. */
  lines: string[] | null;
  /** It names everything that is needed, so nothing else is fetched. */
  isLocked: boolean;
  problems: Problem[];
}

/** Undefined when the plugin needs nothing. The first of several files counts: Pipfile.lock, requirements.txt, pyproject.toml. */
export function readDependencies(root: string): Dependencies | undefined {
  let source = '';
  const read = (name: string): string | undefined => {
    source = name;
    return existsSync(path.join(root, name)) ? readTextOf(path.join(root, name)) : undefined;
  };
  try {
    return withSdkRefused(readFirst(read));
  } catch (error) {
    if (!(error instanceof TextFault)) throw error;
    return withSdkRefused(invalid(source, `${error.line}:${error.column}: ${error.message}`, 'Save it as UTF-8.'));
  }
}

function readFirst(read: (name: string) => string | undefined): Found {
  const [pipfile, lock] = [read('Pipfile'), read('Pipfile.lock')];
  if (pipfile !== undefined || lock !== undefined) return readPipfile(pipfile, lock);
  const requirements = read('requirements.txt');
  if (requirements !== undefined) return readRequirements(requirements);
  const project = read('pyproject.toml');
  return project === undefined ? undefined : readProject(project);
}

type Found = (Dependencies & { names: readonly string[] }) | undefined;

function withSdkRefused(found: Found): Dependencies | undefined {
  if (found === undefined) return undefined;
  const { names, ...dependencies } = found;
  const problems = names.some(isSdk) ? [sdkRefused(found.source)] : [];
  return { ...dependencies, problems: [...found.problems, ...problems] };
}

function invalid(source: string, what: string, hint: string): Found {
  const problems = [packError('DEPENDENCIES_INVALID', `${source}: ${what}`, hint, source)];
  return { source, lines: [], isLocked: true, names: [], problems };
}

function readPipfile(pipfile: string | undefined, lock: string | undefined): Found {
  const wanted = pipfile === undefined ? {} : tableOf(pipfile, ['packages']);
  if (typeof wanted === 'string') return invalid('Pipfile', wanted, 'Fix the file; it is TOML.');
  const names = Object.keys(wanted);
  if (lock === undefined) {
    if (names.length === 0) return undefined;
    if (names.some(isSdk)) return { source: 'Pipfile', lines: [], isLocked: true, names, problems: [] };
    const what = `[packages] has ${names.join(', ')}, and there is no Pipfile.lock`;
    return invalid('Pipfile', what, 'Write one: pipenv lock.');
  }
  const locked = readLockedRequirements(lock);
  if (typeof locked === 'string') return invalid('Pipfile.lock', locked, 'Write it again: pipenv lock.');
  const known = new Set(locked.names.map(normalizeName));
  const missing = names.filter((name) => !known.has(normalizeName(name)));
  if (missing.length > 0) {
    const what = `lacks ${missing.join(', ')}, which Pipfile has under [packages]`;
    return invalid('Pipfile.lock', what, 'Update it: pipenv lock.');
  }
  if (locked.names.length === 0) return undefined;
  return { source: 'Pipfile.lock', lines: locked.lines, isLocked: true, names: locked.names, problems: [] };
}

function readRequirements(text: string): Found {
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .map((line) => line.slice(0, commentStart(line)).trim())
    .filter((line) => line !== '');
  const editable = lines.find((line) => /^(?:-e|--editable)\b/.test(line));
  const isNeeded = lines.some((line) => !line.startsWith('-') || /^(?:-r|--requirement)\b/.test(line));
  if (editable !== undefined) {
    return invalid('requirements.txt', `${editable}: cannot be packed`, 'Name a released version of the package.');
  }
  if (!isNeeded) return undefined;
  const names = lines.flatMap((line) => /^[A-Za-z0-9][\w.-]*/.exec(line)?.[0] ?? []);
  return { source: 'requirements.txt', lines: null, isLocked: false, names, problems: [] };
}

function commentStart(line: string): number {
  const start = line.search(/(?:^|\s)#/);
  return start < 0 ? line.length : start;
}

function readProject(text: string): Found {
  const source = 'pyproject.toml';
  const project = tableOf(text, ['project']);
  const poetry = tableOf(text, ['tool', 'poetry', 'dependencies']);
  if (typeof project === 'string') return invalid(source, project, 'Fix the file.');
  const { dependencies, dynamic } = project;
  const others = typeof poetry === 'string' ? [] : Object.keys(poetry).filter((name) => name !== 'python');
  if (
    (Array.isArray(dynamic) && dynamic.includes('dependencies')) ||
    (dependencies === undefined && others.length > 0)
  ) {
    return invalid(
      source,
      'its dependencies are not in [project]',
      'Export them to requirements.txt, best with hashes.',
    );
  }
  if (!Array.isArray(dependencies) || dependencies.length === 0) return undefined;
  const lines = dependencies.map(String);
  const names = lines.flatMap((line) => /^[A-Za-z0-9][\w.-]*/.exec(line)?.[0] ?? []);
  return { source, lines, isLocked: false, names, problems: [] };
}

/** A table of a TOML text, empty when it is missing; or what is wrong with the text. */
function tableOf(text: string, names: readonly string[]): Record<string, unknown> | string {
  try {
    let table: unknown = parse(text);
    for (const name of names) table = (table as Record<string, unknown> | undefined)?.[name];
    return typeof table === 'object' && table !== null ? (table as Record<string, unknown>) : {};
  } catch (error) {
    return (error as Error).message.split('\n')[0] ?? '';
  }
}
