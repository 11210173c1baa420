import { lstatSync, mkdirSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isAlive } from './is-alive.ts';
import { sweep } from './sweep.ts';

let number = 0;
let isSwept = false;

/**
 * The path of a temporary folder for this process, not made yet. Its name says whose it is, so that the next host removes what a host that
 * was killed has left. The process id makes it unique on this machine; if the name is taken nevertheless, making it must fail: it is never shared.
 */
export function temporaryPath(): string {
  if (!isSwept) {
    isSwept = true;
    setImmediate(removeAbandoned).unref();
  }
  number += 1;
  const random = Math.random().toString(36).slice(2, 8);
  return path.join(tmpdir(), `${prefix}${process.pid}-${number}-${random}`);
}

/** Makes one that only its owner can read; the caller removes it with `removeFolder`. */
export function makeTemporaryFolder(): string {
  const folder = temporaryPath();
  mkdirSync(folder, { mode: 0o700 });
  return realpathSync(folder);
}

/** Process ids are valid only within their name space: containers may share a folder for temporary files. */
const prefix = `plugin-host-${findProcessSpace()}-`;

function findProcessSpace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0'; // a system without them
  }
}

/** What a host that was killed together with its supervisors has left: folders, and processes that have these in their environment. */
function removeAbandoned(): void {
  const folder = tmpdir();
  for (const name of namesIn(folder)) {
    if (!name.startsWith(prefix)) continue;
    const [pid = ''] = name.slice(prefix.length).split('-');
    if (!/^\d+$/.test(pid) || isAlive(Number(pid))) continue;
    const abandoned = path.join(folder, name);
    const stats = lstatSync(abandoned, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true && stats.uid === process.getuid?.()) sweep(abandoned);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
