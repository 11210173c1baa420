import { readdirSync, readFileSync, rmSync } from 'node:fs';

/**
 * Ends what a killed supervisor left: every process that carries the call's temporary folder in its environment, found again
 * until there is none. One that emptied its environment and left its session escapes; only the supervisor would have seen it.
 * @returns Names of the ended processes; none on systems without /proc.
 */
export function sweep(temporary: string): string[] {
  const ended = new Map<number, string>();
  for (let found = findMarked(temporary); found.length > 0; found = findMarked(temporary)) {
    for (const { pid, name } of found) {
      ended.set(pid, name);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }
  rmSync(temporary, { recursive: true, force: true });
  return [...ended.values()];
}

function findMarked(mark: string): { pid: number; name: string }[] {
  return listProcesses().flatMap((pid) => {
    try {
      // A zombie's environment is empty, so what was killed is not found again.
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`=${mark}\0`)) return [];
      return [{ pid, name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim() }];
    } catch {
      return []; // it ended meanwhile, or is another user's
    }
  });
}

function listProcesses(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
