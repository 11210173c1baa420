/**
 * `npm run bench [-- RUNS]`: what the host adds to the start of an interpreter. The commands of a comparison take turns, so that
 * a machine whose speed drifts slows them alike; medians and ratios count, single times do not. A table, then JSON.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { median, row } from './statistics.ts';

const runs = Number(process.argv[2] ?? 25);
const bin = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');
const node = process.execPath;
const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
const folder = mkdtempSync(path.join(tmpdir(), 'ph-bench-'));

function makePlugin(name: string, entryPoint: string, code: string): string {
  const root = path.join(folder, name);
  execFileSync('mkdir', [root]);
  writeFileSync(
    path.join(root, 'MANIFEST'),
    `api: "1.9"\ntype: aa\nname: Bench\nversion: "1"\ndescription: none\nentry_point: ${entryPoint}\n`,
  );
  writeFileSync(path.join(root, entryPoint), code);
  return root;
}

const pythonPlugin = makePlugin(
  'python',
  'main.py',
  '#!/usr/bin/env pluginwrapper3\nclass Plugin:\n    def authorize(self):\n        return {"verdict": "ACCEPT"}\n',
);
const typescriptPlugin = makePlugin(
  'typescript',
  'main.ts',
  "export class Plugin {\n  authorize(): { verdict: string } {\n    return { verdict: 'ACCEPT' };\n  }\n}\n",
);
const invoke = (root: string): [string, ...string[]] => [
  node,
  bin,
  'invoke',
  'authorize',
  '-p',
  root,
  '--python',
  python,
  '--json',
];

const commands = {
  'node -e 0': [node, '-e', '0'],
  'python3 -I -S -c pass': [python, '-I', '-S', '-c', 'pass'],
  // With the site packages, which a plugin needs: some installations take long over their .pth files.
  'python3 -c pass': [python, '-c', 'pass'],
  'plugin-host --version': [node, bin, '--version'],
  'invoke, Python plugin': invoke(pythonPlugin),
  'invoke, TypeScript plugin': invoke(typescriptPlugin),
} satisfies Record<string, [string, ...string[]]>;
type Name = keyof typeof commands;
const names = Object.keys(commands) as Name[];

function timeMs([command, ...args]: string[]): number {
  const startedAt = performance.now();
  const { status } = spawnSync(command ?? '', args, { stdio: 'ignore', cwd: folder });
  if (status !== 0) throw new Error(`${args.join(' ')}: exit code ${String(status)}`);
  return performance.now() - startedAt;
}

const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
try {
  for (let run = -2; run < runs; run += 1) {
    for (const name of names) {
      const each = timeMs(commands[name]);
      if (run >= 0) times[name].push(each);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
const medians = Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;

/** Run by run, against the sum of the other commands in the same turn. */
function compare(
  name: Name,
  ...others: Name[]
): { command: string; against: string; ratio: number; overheadMs: number } {
  const base = times[name].map((_, run) => others.map((other) => times[other][run] ?? NaN).reduce((a, b) => a + b));
  const ratios = times[name].map((each, run) => each / (base[run] ?? NaN));
  const overheads = times[name].map((each, run) => each - (base[run] ?? NaN));
  return { command: name, against: others.join(' + '), ratio: median(ratios), overheadMs: median(overheads) };
}

const comparisons = [
  compare('plugin-host --version', 'node -e 0'),
  compare('invoke, Python plugin', 'python3 -I -S -c pass'),
  compare('invoke, Python plugin', 'node -e 0', 'python3 -I -S -c pass'),
  compare('invoke, Python plugin', 'node -e 0', 'python3 -c pass'),
  compare('invoke, TypeScript plugin', 'node -e 0'),
  compare('invoke, TypeScript plugin', 'node -e 0', 'node -e 0'),
  // What a call costs beside the host's own start.
  compare('invoke, Python plugin', 'plugin-host --version', 'python3 -I -S -c pass'),
  compare('invoke, TypeScript plugin', 'plugin-host --version', 'node -e 0'),
];

const lines = [
  row(['command', 'against', '     ratio  over (ms)']),
  ...comparisons.map(({ command, against, ratio, overheadMs }) => row([command, against, ratio, overheadMs])),
];
process.stdout.write(
  `${lines.join('\n')}\n\n${JSON.stringify({ runs, node: process.version, python, medianMs: medians, comparisons }, undefined, 2)}\n`,
);
