/** How many cases `plugin-host test` runs in a second, of a plugin of the standard library. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { median } from './statistics.ts';

const root = path.resolve(import.meta.dirname, '../..');
const count = 500;
const jobs = 2;
const runs = 3;

const folder = mkdtempSync(path.join(tmpdir(), 'ph-bench-'));
try {
  cpSync(path.join(root, 'sample-plugins/otp'), folder, {
    recursive: true,
    filter: (file) => !file.includes('.plugin-host'),
  });
  const cases = Array.from({ length: count }, (_, n) => ({
    name: `case ${n + 1}`,
    hook: 'authenticate',
    answers: { otp: '123456' },
    expect: { verdict: 'ACCEPT' },
  }));
  const file = path.join(folder, 'many.plugin-test.yaml');
  writeFileSync(file, JSON.stringify({ plugin: '.', cases }));
  const perSecond = Array.from({ length: runs }, () => {
    const startedAt = performance.now();
    const args = [path.join(root, 'bin/plugin-host.js'), 'test', file, '--jobs', String(jobs), '--reporter', 'json'];
    const report = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as { passed?: number };
    const seconds = (performance.now() - startedAt) / 1000;
    if (report.passed !== count) throw new Error(`${String(report.passed)} of ${count} cases passed`);
    return count / seconds;
  });
  process.stdout.write(
    `plugin-host test, ${count} cases, ${jobs} at once: ${median(perSecond).toFixed(0)} cases a second, start and end of the program included\n\n` +
      `${JSON.stringify({ cases: count, jobs, runs, casesPerSecond: median(perSecond) }, undefined, 2)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
