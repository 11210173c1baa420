import path from 'node:path';
import type { RefusalCode } from '../../base/code.ts';
import type { Problem } from '../../base/problem.ts';
import { shorten } from '../../base/shorten.ts';
import { type FileStart, readPackageFile } from './read-package-file.ts';

/** How a Python 3 plugin starts. Source: credential store guide 6.0.11, Python environments. */
const shebang = '#!/usr/bin/env pluginwrapper3';

/** Where a plugin starts whose MANIFEST names no entry point. Source: credential store guide 6.0.11, Python environments. */
export const legacyEntryPoint = 'main.py';

export interface EntryPoint {
  /** File name, undefined when the MANIFEST names none. */
  name: string | undefined;
  /** Line of the MANIFEST that names it. */
  line: number | null;
  /** A key that was meant to name it. */
  misspelt?: { name: string; line: number } | undefined;
}

export interface EntryPointOptions {
  root: string;
  /** Names in the root, exactly as they are: not every system distinguishes `main.py` and `Main.py`. */
  names: string[];
  /** Plugins for Python 2 are run with an interpreter that the user names. */
  legacyPython: boolean;
}

export function languageOf(entryPoint: string | undefined): 'python' | 'typescript' {
  return entryPoint !== undefined && /\.[cm]?[jt]s$/.test(entryPoint) ? 'typescript' : 'python';
}

/** Checks the file in which the plugin starts, without running it. */
export async function checkEntryPoint(
  entryPoint: EntryPoint,
  options: EntryPointOptions,
): Promise<Problem<RefusalCode>[]> {
  const { name, line } = entryPoint;
  if (name === undefined) return checkLegacy(entryPoint, options);
  const file = await readStart(name, options);
  if ('fault' in file) return [missing(name, line, file.fault, options.names)];
  return languageOf(name) === 'python' ? checkShebang(name, file.bytes) : [];
}

async function readStart(name: string, { root, names }: EntryPointOptions): Promise<FileStart> {
  return names.includes(name) ? readPackageFile(path.join(root, name), 4096) : { fault: 'is not in the package root' };
}

function checkShebang(name: string, bytes: Buffer): Problem<RefusalCode>[] {
  const [first = ''] = bytes.toString('utf8').split('\n');
  if (first === shebang) return [];
  const got = first === `${shebang}\r` ? 'a Windows line end after it' : JSON.stringify(first.slice(0, 80));
  return [
    {
      level: 'warning',
      code: 'SHEBANG',
      message: `${name}:1: the first line must be ${shebang}, got ${got}`,
      hint: `Start the file with the line ${shebang} and end its lines with a line feed; the appliance needs it to start the plugin.`,
      file: name,
      line: 1,
    },
  ];
}

function missing(name: string, line: number | null, fault: string, names: string[]): Problem<RefusalCode> {
  const similar = names.find((each) => each.toLowerCase() === name.toLowerCase() && each !== name);
  const candidate = similar ?? ['main.py', 'main.ts'].find((each) => names.includes(each) && each !== name);
  return {
    level: 'error',
    code: 'ENTRY_POINT_MISSING',
    message: `MANIFEST${line === null ? '' : `:${line}`}: the entry point ${name} ${fault}`,
    hint:
      candidate === undefined
        ? `Put the file ${name} beside MANIFEST, or correct entry_point.`
        : `There is a file ${candidate}: correct entry_point or the name of the file. Upper and lower case count.`,
    file: 'MANIFEST',
    line,
  };
}

/** The MANIFEST alone decides. A main.py that begins like one for Python 3 shows what was forgotten. */
async function checkLegacy(
  { line: own, misspelt }: EntryPoint,
  options: EntryPointOptions,
): Promise<Problem<RefusalCode>[]> {
  const line = misspelt?.line ?? own;
  const { names, legacyPython } = options;
  const file = await readStart(legacyEntryPoint, options);
  const isPython3 = 'bytes' in file && file.bytes.toString('utf8').startsWith(shebang);
  const otherwise = legacyPython
    ? 'else try it as on an appliance of its time: --api 1.0.'
    : 'else name an interpreter with legacyPython: in plugin-host.yaml.';
  const hint =
    misspelt !== undefined
      ? `Rename ${misspelt.name} to entry_point.`
      : isPython3
        ? `Add the line "entry_point: ${legacyEntryPoint}": the file begins like one for Python 3.`
        : `Add the line "entry_point: ${legacyEntryPoint}" if it is written for Python 3, ${otherwise}`;
  const legacy: Problem<RefusalCode> = {
    level: legacyPython ? 'warning' : 'error',
    code: 'LEGACY_PYTHON',
    message: `MANIFEST${line === null ? '' : `:${line}`}: no entry_point${misspelt === undefined ? '' : `, but ${shorten(misspelt.name)}`}, so this is a plugin for Python 2`,
    hint,
    file: 'MANIFEST',
    line,
  };
  const isMissing = legacyPython && 'fault' in file;
  return [...(isMissing ? [missing(legacyEntryPoint, line, file.fault, names)] : []), legacy];
}
