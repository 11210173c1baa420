import path from 'node:path';
import type { KvGroup } from '../../../src/kvgroup/format/kv-group.ts';
import { printMessage } from '../../../src/kvgroup/format/print-message.ts';
import { findPoint } from '../../../src/kvgroup/points/find-point.ts';
import { prepareRun, type RunOrder } from '../../../src/kvgroup/running/prepare-run.ts';
import { runPlugin } from '../../../src/kvgroup/running/run-plugin.ts';
import type { Run, RunResult } from '../../../src/kvgroup/running/run-result.ts';
import { makeFolder, python, waitForFile } from '../fixture.ts';
import { untilTimeIsUp } from '../held-clock.ts';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/kvgroup');

export interface FixtureRun extends Partial<Omit<RunOrder, 'point' | 'input' | 'items' | 'settings'>> {
  settings?: Partial<RunOrder['settings']>;
  /** Default `20`, whose return code is mandatory and whose input is small. */
  point?: string;
  /** Pairs of the input; default: one. */
  input?: Record<string, string> | KvGroup;
  /** Ids of the users that a filter gets. */
  users?: string[];
}

export function fixtureFile(behaviour: string): string {
  return path.resolve(fixtures, behaviour);
}

/** Runs a fixture plugin in this process's own host. */
export async function runFixture(behaviour: string, options: FixtureRun = {}): Promise<Run> {
  const { point = '20', input = { sessionid: 'S1' }, users, settings, ...order } = options;
  const items = users?.map((id) => printMessage(group({ id }, 'user'))).join('');
  return runPlugin(
    prepareRun({
      plugin: fixtureFile(behaviour),
      point: findPoint(point),
      input: named(
        'input.kvg',
        printMessage(
          'c' in input && typeof input.c !== 'string' ? (input as KvGroup) : group(input as Record<string, string>),
        ),
      ),
      items: items === undefined ? undefined : named('items.kvg', items),
      limits: {},
      ...order,
      settings: {
        interpreters: new Map(),
        python,
        hostEnvironment: process.env,
        environment: {},
        currentFolder: fixtures,
        ...settings,
      },
    }),
  );
}

/** Runs a fixture that hangs; it is over its time once it does, and says so by a file. */
export async function runUntilTimeIsUp(behaviour: string, options: FixtureRun = {}): Promise<Run> {
  const here = path.join(makeFolder(), 'here');
  const { result } = await untilTimeIsUp(
    () => runFixture(behaviour, { ...options, settings: { environment: { HERE: here } } }),
    () => waitForFile(here),
    { isForced: behaviour === 'ignores-sigterm.py' },
  );
  return result;
}

function group(pairs: Record<string, string>, key = ''): KvGroup {
  return { k: key, n: '', c: Object.entries(pairs).map(([k, v]) => ({ k, v })) };
}

function named(name: string, text: string): { name: string; bytes: Buffer } {
  return { name, bytes: Buffer.from(text) };
}

/** Level and code of each problem that is not about the contents of the answer. */
export function problemsOf({ problems }: RunResult): string[] {
  return problems.filter((problem) => !('path' in problem)).map(({ level, code }) => `${level} ${code}`);
}
