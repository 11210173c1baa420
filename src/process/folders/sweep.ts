import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { removeFolder } from './remove-folder.ts';

/**
 * Ends what a killed supervisor left: every process that carries the call's temporary folder, or one in it, in its environment, or
 * that is in the supervisor's own name space, until there is none. Without the privilege for a name space, a process escapes that emptied
 * its environment and left its session; only the supervisor would have seen it.
 * @param mark name of a pinned name space; empty where there is none
 * @returns Names of the ended processes; none on systems without /proc.
 */
export function sweep(temporary: string, mark = ''): string[] {
  const ended = new Map<number, string>();
  for (let found = findMarked(temporary, mark); found.length > 0; found = findMarked(temporary, mark)) {
    for (const { pid, name } of found) {
      ended.set(pid, name);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }
  removeFolder(temporary);
  return [...ended.values()];
}

function findMarked(temporary: string, mark: string): { pid: number; name: string }[] {
  return listProcesses().flatMap((pid) => {
    if (pid === process.pid || !isMarked(pid, temporary, mark)) return [];
    try {
      // A process chooses its own name.
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8')
        .trim()
        .replace(/[^\x21-\x7e]/g, '?');
      return [{ pid, name }];
    } catch {
      return []; // it ended meanwhile
    }
  });
}

/** A zombie has neither environment nor name space, so a killed process is not found again. */
function isMarked(pid: number, temporary: string, mark: string): boolean {
  try {
    if (mark !== '' && readlinkSync(`/proc/${pid}/ns/uts`) === mark) return true;
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    return environment.includes(`=${temporary}\0`) || environment.includes(`=${temporary}/`);
  } catch {
    return false; // it ended meanwhile, or is another user's
  }
}

function listProcesses(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
