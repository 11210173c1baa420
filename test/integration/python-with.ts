import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll } from 'vitest';
import { makeFolder, python } from './fixture.ts';

interface Wanted {
  /** As pip names it. */
  package: string;
  /** As people name it. */
  name: string;
  /** Names a Python that has it. */
  variable: string;
  /** Of the tests that need it. */
  title: string;
}

interface PythonWith {
  isWanted: boolean;
  /** Once the tests run; undefined where it is not wanted. */
  find: () => string | undefined;
}

/** A Python that has a package: the one that the environment names, else one that is made with the package from the index, before the tests of the file. */
export function pythonWith({ package: wanted, name, variable, title }: Wanted): PythonWith {
  let found = process.env[variable];
  const isWanted = found !== undefined || Boolean(process.env['PLUGIN_HOST_INSTALL']);
  const why = `SKIPPED: set PLUGIN_HOST_INSTALL=1 to install ${name}, or ${variable} to a Python that has it`;
  if (!isWanted) process.stderr.write(`${title}: ${why}\n`);

  beforeAll(() => {
    if (!isWanted || found !== undefined) return;
    const folder = makeFolder();
    execFileSync(python, ['-m', 'venv', folder]);
    found = path.join(folder, 'bin/python');
    execFileSync(found, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', wanted]);
  }, 300_000);

  return { isWanted, find: () => found };
}
