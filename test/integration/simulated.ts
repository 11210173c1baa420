import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import { type OpenedPlugin, openPlugin } from '../../src/index.ts';
import type { User } from '../../src/sps/flow/user.ts';
import { createDisturb, parseDisturbance } from '../../src/sps/simulation/chaos/disturbance.ts';
import { createScriptedUser } from '../../src/sps/simulation/create-scripted-user.ts';
import { loadScenario } from '../../src/sps/simulation/load-scenario.ts';
import type { Scenario } from '../../src/sps/simulation/scenario.ts';
import { simulate, type SimulationResult } from '../../src/sps/simulation/simulate.ts';
import { configure, fixture, makeFolder, python, toldBy, waitForFile } from './fixture.ts';
import { untilTimeIsUp } from './held-clock.ts';

/** What the hooks of a fixture reply, call after call; `raise`, `hang` and `exit` are done. */
type Script = Record<string, (JsonObject | string | null)[]>;

/** Holds the server that the plugins of each session are forked from, while they come and go. */
export function shareForkServer(): void {
  let anchor: OpenedPlugin | undefined;
  beforeAll(async () => {
    anchor = await openPlugin(fixture('plays-aa'), { python, processes: 'warm' });
  });
  afterAll(() => anchor?.close());
}

interface Staged extends Omit<Scenario, 'plugins'> {
  /** Undefined: no such plugin. */
  aa?: Script;
  store?: Script;
}

/** A scenario of the fixtures that reply as scripted; one that hangs makes the file `here` first. */
export function writeScenario({ aa, store, ...scenario }: Staged, here?: string): string {
  const file = path.join(makeFolder(), 'scenario.yaml');
  const plugin = (behaviour: string, script: Script): JsonObject => ({
    path: here === undefined ? fixture(behaviour) : configure(behaviour, 'python', toldBy(here)),
    config: JSON.stringify(script),
  });
  const plugins = {
    ...(aa === undefined ? {} : { aa: plugin('plays-aa', aa) }),
    ...(store === undefined ? {} : { credentialstore: plugin('plays-store', store) }),
  };
  writeFileSync(file, JSON.stringify({ ...scenario, plugins }));
  return file;
}

export interface Circumstances {
  /** Default: the one of the other tests. */
  interpreter?: string;
  user?: User;
  signal?: AbortSignal;
  chaos?: string;
  onStep?: (hook: string) => void;
}

/** Plays it in memory, in a state folder of its own. */
async function playFile(file: string, circumstances: Circumstances = {}): Promise<SimulationResult> {
  const { interpreter = python, user, signal = new AbortController().signal, chaos, onStep } = circumstances;
  const cast = await loadScenario(
    { name: file, plugins: [], connection: undefined },
    {
      python: interpreter,
      environment: process.env,
      currentFolder: process.cwd(),
      sessionStateDir: path.join(makeFolder(), 'state'),
      force: false,
    },
  );
  try {
    return await simulate({
      ...cast,
      user: createScriptedUser(cast.scenario, user),
      signal,
      hardSignal: new AbortController().signal,
      onStep: ({ step }) => onStep?.(step.hook),
      disturb: chaos === undefined ? undefined : createDisturb(parseDisturbance(chaos)),
    });
  } finally {
    await cast.close();
  }
}

export async function play(staged: Staged, circumstances: Circumstances = {}): Promise<SimulationResult> {
  return playFile(writeScenario(staged), circumstances);
}

/** Plays a scenario in which a hook hangs, and is over its time once it does. */
export async function playUntilTimeIsUp(staged: Staged): Promise<SimulationResult> {
  const here = path.join(makeFolder(), 'here');
  const { result } = await untilTimeIsUp(
    () => playFile(writeScenario(staged, here)),
    () => waitForFile(here),
    { isAlone: true },
  );
  return result;
}

/** Plays plugins that stand on their own. */
export async function playPlugins(scenario: Scenario, circumstances: Circumstances = {}): Promise<SimulationResult> {
  const file = path.join(makeFolder(), 'scenario.yaml');
  writeFileSync(file, JSON.stringify(scenario));
  return playFile(file, circumstances);
}

/** Hooks in the order of their calls. */
export function hooksOf({ simulation }: SimulationResult): string[] {
  return simulation.steps.map(({ hook }) => hook);
}

/** Level and code of what was found about the session as a whole. */
export function codesOf({ simulation }: SimulationResult): string[] {
  return simulation.problems.map(({ level, code }) => `${level} ${code}`);
}
