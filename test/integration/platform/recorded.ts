import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import type { JsonReport } from '../../../src/testing/reporters/json-report.ts';
import { makeFolder, runHost } from '../fixture.ts';

/** A script in a folder of its own, whose operations are run, recorded and replayed. */
export interface RecordedScript {
  folder: string;
  file: string;
  /** Runs an operation with `--record`. */
  record: (operation: string, parameters: Record<string, unknown>, ...more: string[]) => Promise<Recorded>;
  /** Runs the recording, perhaps with another script or another text of it. */
  replay: (change?: { script?: (text: string) => string; test?: (text: string) => string }) => Promise<JsonReport>;
}

interface Recorded {
  result: RunResult;
  exitCode: number | null;
  /** Empty when nothing was written. */
  text: string;
}

const type = (value: unknown, name: string): string => {
  if (/Password|Key$|Secret/.test(name) && name !== 'HostKey') return 'Secret';
  return typeof value === 'number' ? 'Integer' : typeof value === 'boolean' ? 'Boolean' : 'String';
};

const same = (text: string): string => text;

/** Parameters as an operation declares them. */
export function declare(parameters: Record<string, unknown>): object[] {
  return Object.entries(parameters).map(([name, value]) => ({ [name]: { Type: type(value, name) } }));
}

export function makeScript(operations: Record<string, object>): RecordedScript {
  const folder = makeFolder();
  const file = path.join(folder, 'script.json');
  const source = JSON.stringify({ Id: 'Recorded', BackEnd: 'Scriptable', ...operations }, undefined, 1);
  writeFileSync(file, source);
  const target = path.join(folder, 'recorded.platform-test.yaml');
  return {
    folder,
    file,
    record: async (operation, parameters, ...more) => {
      const given = path.join(folder, 'parameters.json');
      writeFileSync(given, JSON.stringify(parameters), { mode: 0o600 });
      const args = ['run', file, operation, '--params', given, '--yes', '--quiet', '100ms', '--record', target];
      const { json, exitCode } = await runHost<RunResult>('platform', ...args, ...more);
      let text = '';
      try {
        text = readFileSync(target, 'utf8');
      } catch {
        // Nothing was written.
      }
      return { result: json, exitCode, text };
    },
    replay: async ({ script = same, test = same } = {}) => {
      const other = path.join(makeFolder(), 'recorded.platform-test.yaml');
      writeFileSync(path.join(path.dirname(other), 'script.json'), script(source));
      writeFileSync(other, test(readFileSync(target, 'utf8')));
      return (await runHost<JsonReport>('platform', 'test', other)).json;
    },
  };
}

/** What a replay told of its only case. */
export function verdictOf({ suites }: JsonReport): string {
  const [only] = suites.flatMap(({ cases }) => cases);
  if (only === undefined) return 'no case';
  return only.passed ? 'passed' : JSON.stringify(only);
}
