import path from 'node:path';
import type { Problem } from './problem.ts';
import { readPackageFile } from './read-package-file.ts';

/** How a Python 3 plugin starts. Source: credential store guide 6.0.11, Python environments. */
const shebang = '#!/usr/bin/env pluginwrapper3';

export interface EntryPoint {
  /** File name, undefined when the MANIFEST names none. */
  name: string | undefined;
  /** Line of the MANIFEST that names it. */
  line: number | null;
}

export interface EntryPointOptions {
  root: string;
  /** Names in the root, exactly as they are: not every system tells `main.py` from `Main.py`. */
  names: string[];
  /** Plugins for Python 2 are run with an interpreter that the user names. */
  legacyPython: boolean;
}

export function languageOf(entryPoint: string | undefined): 'python' | 'typescript' {
  return entryPoint !== undefined && /\.[cm]?[jt]s$/.test(entryPoint) ? 'typescript' : 'python';
}

/** Checks the file in which the plugin starts, without running it. */
export async function checkEntryPoint({ name, line }: EntryPoint, options: EntryPointOptions): Promise<Problem[]> {
  if (name === undefined) return [legacyPython(line, options.legacyPython)];
  const file = options.names.includes(name)
    ? await readPackageFile(path.join(options.root, name), 4096)
    : { fault: 'is not in the package root' };
  if ('fault' in file) return [missing(name, line, file.fault, options.names)];
  return languageOf(name) === 'python' ? checkShebang(name, file.bytes) : [];
}

function checkShebang(name: string, bytes: Buffer): Problem[] {
  const [first = ''] = bytes.toString('utf8').split('\n');
  if (first === shebang) return [];
  const got = first === `${shebang}\r` ? 'a Windows line end behind it' : JSON.stringify(first.slice(0, 80));
  return [
    {
      level: 'warning',
      code: 'SHEBANG',
      message: `${name}:1: the first line must be ${shebang}, got ${got}`,
      hint: `Start the file with the line ${shebang} and end its lines with a line feed; the appliance starts it by that.`,
      file: name,
      line: 1,
    },
  ];
}

function missing(name: string, line: number | null, fault: string, names: string[]): Problem {
  const similar = names.find((each) => each.toLowerCase() === name.toLowerCase() && each !== name);
  const candidate = similar ?? ['main.py', 'main.ts'].find((each) => names.includes(each) && each !== name);
  return {
    level: 'error',
    code: 'ENTRY_POINT_MISSING',
    message: `MANIFEST${line === null ? '' : `:${line}`}: the entry point ${name} ${fault}`,
    hint:
      candidate === undefined
        ? `Put the file ${name} beside MANIFEST, or correct entry_point.`
        : `There is a file ${candidate}: correct entry_point or the name of the file, upper and lower case count.`,
    file: 'MANIFEST',
    line,
  };
}

function legacyPython(line: number | null, isSupported: boolean): Problem {
  return {
    level: isSupported ? 'warning' : 'error',
    code: 'LEGACY_PYTHON',
    message: `MANIFEST${line === null ? '' : `:${line}`}: no entry_point, so this is a plugin for Python 2`,
    hint: 'Add the line "entry_point: main.py" if it is written for Python 3, else name an interpreter with legacyPython.',
    file: 'MANIFEST',
    line,
  };
}
