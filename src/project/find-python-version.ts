import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { askProgram } from '../process/ask-program.ts';
import { findOnPath } from '../process/find-on-path.ts';
import { findBehindShim } from './find-behind-shim.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The interpreter that is meant: a path, a name on PATH, or a version such as 3.12 or 3.12.1, which is looked for on PATH, among those of pyenv, and by uv.
 * Undefined when there is none. Absolute, and no shim.
 */
export function findPythonVersion(named: string, environment: Environment, currentFolder: string): string | undefined {
  if (!isPythonVersion(named)) return findOnPath(behindShim(named), environment['PATH'], currentFolder);
  const [major = '', minor = ''] = named.split('.');
  for (const name of [`python${major}.${minor}`, 'python3']) {
    const found = findOnPath(behindShim(name), environment['PATH'], currentFolder);
    if (found !== undefined && isOf(named, versionOf(found))) return found;
  }
  return findInPyenv(named, environment) ?? askUv(named, environment, currentFolder);

  function behindShim(name: string): string {
    return findBehindShim(name, environment, currentFolder);
  }
  function versionOf(python: string): string | undefined {
    const program = 'import platform; print(platform.python_version())';
    return askProgram([python, '-c', program], { cwd: currentFolder, env: environment });
  }
}

/** `3.12` or `3.12.1`, not a path and not a name on PATH. */
export function isPythonVersion(named: string): boolean {
  return /^\d+\.\d+(?:\.\d+)?$/.test(named);
}

function isOf(named: string, version: string | undefined): boolean {
  return version === named || version?.startsWith(`${named}.`) === true;
}

function findInPyenv(
  named: string,
  { HOME = '/', PYENV_ROOT = path.join(HOME, '.pyenv') }: Environment,
): string | undefined {
  const folder = path.join(PYENV_ROOT, 'versions');
  const versions = existsSync(folder) ? readdirSync(folder).filter((each) => isOf(named, each)) : [];
  const newest = versions.sort((a, b) => b.localeCompare(a, undefined, { numeric: true }));
  return newest.map((each) => path.join(folder, each, 'bin/python3')).find((each) => existsSync(each));
}

function askUv(named: string, environment: Environment, currentFolder: string): string | undefined {
  const uv = findOnPath('uv', environment['PATH'], currentFolder);
  if (uv === undefined) return undefined;
  const found = askProgram([uv, 'python', 'find', '--no-project', named], {
    cwd: currentFolder,
    env: { ...environment, UV_PYTHON_DOWNLOADS: 'never' },
  });
  return found !== undefined && path.isAbsolute(found) ? found : undefined;
}
