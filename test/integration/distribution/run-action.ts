import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export const checkout = path.resolve(import.meta.dirname, '../../..');

interface Step {
  name?: string;
  run?: string;
  env?: Record<string, string>;
}

interface Action {
  inputs: Record<string, { default?: string }>;
  runs: { steps: Step[] };
}

export interface RunStep {
  status: number | null;
  stdout: string;
  stderr: string;
  /** What it wrote for later steps. */
  outputs: string[];
  path: string[];
}

/**
 * Runs one step of action.yml as a runner of GitHub would: by bash, with the inputs in its environment.
 * @param folder has or gets `temp`, the folder of the runner
 */
export function runAction(
  name: string,
  inputs: Record<string, string>,
  folder: string,
  cwd: string,
  searchPath: string,
): RunStep {
  const action = parse(readFileSync(path.join(checkout, 'action.yml'), 'utf8')) as Action;
  const step = action.runs.steps.find((each) => each.name === name);
  if (step?.run === undefined) throw new Error(`action.yml has no step ${name} that runs something`);
  const temp = path.join(folder, 'temp');
  mkdirSync(path.join(temp, 'plugin-host'), { recursive: true });
  const resolve = (text: string): string =>
    text.replace(/\$\{\{ (\S+) \}\}/g, (_whole, expression: string) => {
      if (expression === 'runner.temp') return temp;
      if (expression === 'github.action_path') return checkout;
      const input = expression.replace(/^inputs\./, '');
      return inputs[input] ?? action.inputs[input]?.default ?? '';
    });
  const files = { GITHUB_OUTPUT: path.join(folder, 'output'), GITHUB_PATH: path.join(folder, 'path') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const env = Object.entries(step.env ?? {}).map(([key, value]) => [key, resolve(value)]);
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    cwd,
    encoding: 'utf8',
    env: {
      HOME: process.env['HOME'],
      TMPDIR: process.env['TMPDIR'],
      PATH: searchPath,
      ...files,
      ...Object.fromEntries(env),
    },
  });
  const linesOf = (file: string): string[] =>
    (existsSync(file) ? readFileSync(file, 'utf8') : '').split('\n').filter(Boolean);
  return { status, stdout, stderr, outputs: linesOf(files.GITHUB_OUTPUT), path: linesOf(files.GITHUB_PATH) };
}
