import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { askProgram } from '../process/ask-program.ts';
import { findOnPath } from '../process/find-on-path.ts';
import { findUserCache } from '../state/find-user-cache.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** By the shim and all that decides what it starts. */
type Remembered = Record<string, string>;

/** Of pyenv, asdf and mise. */
const variables = /^(?:PYENV|ASDF|MISE)_/;
const folderFiles = ['.python-version', '.tool-versions', 'mise.toml', '.mise.toml'];
const homeFiles = ['.tool-versions', '.config/mise/config.toml', '.pyenv/version'];

const mostRemembered = 50;

/**
 * The interpreter behind a version manager's shim (pyenv, asdf, mise: a script that takes longer to find it than it takes to start): the one that the user's
 * shell gets in this folder. It is found once, and again when the shim or what it reads has changed. What is no shim comes back as it is.
 */
export function findBehindShim(name: string, environment: Environment, currentFolder: string): string {
  const shim = findOnPath(name, environment['PATH'], currentFolder);
  if (shim === undefined || !shim.includes('/shims/')) return name;
  const cache = findUserCache(environment);
  const file = cache && path.join(cache, 'shims.json');
  const key = JSON.stringify(describe(shim, environment, currentFolder));
  const remembered = file === undefined ? {} : read(file);
  const known = Object.hasOwn(remembered, key) ? remembered[key] : undefined;
  if (known !== undefined && existsSync(known)) return known;
  const found = askProgram([shim, '-c', 'import sys; print(sys.executable)'], { cwd: currentFolder, env: environment });
  if (found === undefined || !path.isAbsolute(found) || !existsSync(found)) return name; // whoever runs the shim is told why
  if (file !== undefined) write(file, { ...remembered, [key]: found });
  return found;
}

function describe(shim: string, environment: Environment, currentFolder: string): unknown[] {
  const { HOME = '/', PYENV_ROOT = path.join(HOME, '.pyenv') } = environment;
  const set = Object.entries(environment).filter(([name]) => variables.test(name));
  const files = foldersAbove(currentFolder).flatMap((folder) => folderFiles.map((each) => path.join(folder, each)));
  const read = [shim, ...files, ...homeFiles.map((each) => path.join(HOME, each)), path.join(PYENV_ROOT, 'version')];
  return [set.sort(), ...read.flatMap(stampOf)];
}

function foldersAbove(folder: string): string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}

function stampOf(file: string): unknown[] {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? [] : [[file, stats.mtimeMs, stats.size]];
}

function read(file: string): Remembered {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const entries = typeof content === 'object' && content !== null ? Object.entries(content) : [];
    return Object.fromEntries(entries.filter((each): each is [string, string] => typeof each[1] === 'string'));
  } catch {
    return {}; // none yet, or one that was damaged
  }
}

/** Only the latest: a folder of a test is never asked about again. */
function write(file: string, remembered: Remembered): void {
  const unfinished = `${file}.${process.pid}.new`;
  try {
    const latest = Object.entries(remembered).slice(-mostRemembered);
    writeFileSync(unfinished, JSON.stringify(Object.fromEntries(latest)), { mode: 0o600 });
    renameSync(unfinished, file);
  } catch {
    // It is only slower without.
  }
}
