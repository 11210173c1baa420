import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

/**
 * Fails the run when it leaves a process, a socket or a temporary file behind. Every process that a call starts carries the
 * call's own TMPDIR in its environment, by which it is found wherever it went.
 */
export function setup(): () => void {
  const before = new Set(temporaryFiles());
  return () => {
    const processes = process.platform === 'linux' ? leftProcesses() : [];
    const files = temporaryFiles().filter((name) => !before.has(name));
    if (processes.length + files.length > 0) {
      throw new Error(`left behind: ${[...processes, ...files].join(', ')}`);
    }
  };
}

const ours = /^plugin-host-/;

function temporaryFiles(): string[] {
  return readdirSync(tmpdir()).filter((name) => ours.test(name));
}

function leftProcesses(): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').includes('/plugin-host-');
      return isOurs ? [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`] : [];
    } catch {
      return []; // it ended, or it is another user's
    }
  });
}
