import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Masker } from '../../secrets/masker.ts';
import type { RunResult } from './run-result.ts';
import type { Run } from './run-result.ts';

/**
 * Writes what went through the pipes into a folder `run-N` for each process: `stdin.kvg`, `stdout.kvg`, `stderr.txt` and `run.json`
 * with times and the result. Folders of an earlier recording are replaced.
 * @param masker undefined: everything unmasked, byte for byte
 * @throws PluginHostError STATE_UNWRITABLE
 */
export function recordRuns(folder: string, { recordings }: Run, shown: RunResult, masker: Masker | undefined): void {
  const mask = (text: string): string => masker?.text(text) ?? text;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeEarlier(folder);
    for (const [index, recording] of recordings.entries()) {
      const own = path.join(folder, `run-${index + 1}`);
      mkdirSync(own, { mode: 0o700 });
      const isLast = index === recordings.length - 1;
      const times = { startedAt: recording.startedAt.toISOString(), durationMs: recording.durationMs };
      const round = isLast ? shown : shown.rounds?.[index];
      write(path.join(own, 'stdin.kvg'), mask(recording.stdin));
      write(path.join(own, 'stdout.kvg'), masker ? mask(recording.stdout.toString()) : recording.stdout);
      write(path.join(own, 'stderr.txt'), recording.stderr(mask));
      write(path.join(own, 'run.json'), `${JSON.stringify({ ...times, result: round ?? null }, undefined, 2)}\n`);
    }
  } catch (cause) {
    throw new PluginHostError('STATE_UNWRITABLE', `--record ${folder}: ${(cause as Error).message}`, {
      hint: 'Name a folder that can be written.',
      cause,
    });
  }
}

function removeEarlier(folder: string): void {
  for (const name of readdirSync(folder)) {
    const own = path.join(folder, name);
    if (/^run-\d+$/.test(name) && existsSync(path.join(own, 'run.json'))) rmSync(own, { recursive: true });
  }
}

function write(file: string, content: string | Buffer): void {
  writeFileSync(file, content, { mode: 0o600 });
  chmodSync(file, 0o600);
}
