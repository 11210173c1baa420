import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** When a host is killed, what it started ends right after it: so many milliseconds are granted, on a busy machine too. */
const patienceMs = 20_000;

const prefix = 'ph-run-';

/**
 * Fails the run when it leaves a process, a socket or a temporary file behind. All temporary files of a run lie in a folder of its own,
 * and every process that a call starts carries the call's own TMPDIR in its environment, by which it is found wherever it went.
 * Every project of the run asks for this; the folder is that of the first, and all their tests are over when it is looked into.
 */
export function setup(): (() => Promise<void>) | undefined {
  if (path.basename(tmpdir()).startsWith(prefix)) return undefined;
  const { TMPDIR: before } = process.env;
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  process.env['TMPDIR'] = folder;
  return async () => {
    const giveUpAt = performance.now() + patienceMs;
    const left = (): string[] => [...leftProcesses(folder), ...temporaryFiles(folder)];
    while (left().length > 0 && performance.now() < giveUpAt) await wait(20);
    const found = left();
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true });
    if (found.length > 0) throw new Error(`left behind: ${found.join(', ')}`);
  };
}

function temporaryFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('plugin-host-'));
}

function leftProcesses(folder: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`${folder}/plugin-host-`);
      return isOurs ? [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`] : [];
    } catch {
      return []; // it ended, or it is another user's
    }
  });
}
