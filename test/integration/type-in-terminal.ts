import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const host = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');

/** Runs a command of the built host in a terminal, and types: each text as soon as the one before it was shown. */
export async function typeInTerminal(
  waits: readonly (readonly [shown: string, typed: string])[],
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ shown: string; exitCode: number }> {
  const driver = path.join(import.meta.dirname, 'terminal.py');
  const { stdout } = await promisify(execFile)(
    'python3',
    [driver, JSON.stringify(waits), process.execPath, host, ...args],
    { env: { ...process.env, ...environment } },
  );
  return JSON.parse(stdout) as { shown: string; exitCode: number };
}
