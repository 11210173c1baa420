import { spawnSync } from 'node:child_process';

const patienceMs = 10_000;

/** What a program of the user's own shell prints, in the environment of that shell; undefined when it fails. For questions asked once, not for plugins. */
export function askProgram(
  [file, ...args]: readonly [string, ...string[]],
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string | undefined>> },
): string | undefined {
  const { status, stdout } = spawnSync(file, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: patienceMs,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : undefined;
}
