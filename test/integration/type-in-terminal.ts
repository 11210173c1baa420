import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const host = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');

type Waits = readonly (readonly [shown: string, typed: string])[];

interface Typed {
  shown: string;
  exitCode: number;
}

/** Runs a command of the built host in a terminal, and types: each text as soon as the one before it was shown. */
export async function typeInTerminal(
  waits: Waits,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Typed> {
  return typeInProgram(waits, [process.execPath, host, ...args], { env: environment });
}

/** The same of any program. */
export async function typeInProgram(
  waits: Waits,
  command: readonly string[],
  { cwd, env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Typed> {
  const driver = path.join(import.meta.dirname, 'terminal.py');
  const { stdout } = await promisify(execFile)('python3', [driver, JSON.stringify(waits), ...command], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout) as Typed;
}
