import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Runs a program again with a folder of its own, which KILLS_FOLDER names, and ends as it ends. As root it has a process name space of its own, so that
 * whatever is left there was left by it.
 */
export function runApart(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): never {
  const folder = mkdtempSync(path.join(tmpdir(), 'ph-kills-'));
  const own = [process.execPath, program, ...args];
  // The shell is the first process there, which collects what has no parent any more.
  const spaces = ['--pid', '--mount', '--fork', '--kill-child', '--mount-proc'];
  const apart = ['unshare', ...spaces, 'bash', '-c', '"$@"; exit $?', '-'];
  const isRoot = process.getuid?.() === 0;
  const [first = '', ...rest] = isRoot ? [...apart, ...own] : own;
  const { status } = spawnSync(first, rest, {
    env: { ...process.env, ...env, KILLS_FOLDER: folder, TMPDIR: folder },
    stdio: 'inherit',
  });
  rmSync(folder, { recursive: true, force: true });
  process.exit(status ?? 1);
}
