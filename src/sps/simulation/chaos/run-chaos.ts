import { existsSync, readdirSync } from 'node:fs';
import { makeTemporaryFolder } from '../../../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../../process/folders/remove-folder.ts';
import type { User } from '../../flow/user.ts';
import type { PluginType } from '../../plugin/find-hook.ts';
import { provideStateDirectories } from '../../services/state-directories.ts';
import type { Disturb } from '../../session/call-in-session.ts';
import type { Member } from '../../session/open-member.ts';
import { createScriptedUser } from '../create-scripted-user.ts';
import type { Scenario } from '../scenario.ts';
import { simulate, type SimulateOptions, type SimulationResult } from '../simulate.ts';
import { assessChaos, type ChaosRow, listDisturbances } from './assess-chaos.ts';
import { createDisturb, type Disturbance } from './disturbance.ts';

export interface ChaosOptions extends Pick<SimulateOptions, 'members' | 'signal' | 'hardSignal'> {
  scenario: Scenario;
  /** Gives the answers that the scenario lacks, in the undisturbed session; the other sessions get the same. */
  user: User;
  /** Undefined: each fault at each call of the undisturbed session. */
  disturbances: readonly Disturbance[] | undefined;
}

export interface ChaosResult {
  calm: SimulationResult;
  rows: ChaosRow[];
  /** In the order of the rows. */
  disturbed: SimulationResult[];
}

/** Sessions that run beside each other: most of their time is waiting. */
const parallel = 3;

/** Runs the session undisturbed, then once for each fault, each time with a state folder of its own that is removed afterwards. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { user, disturbances } = options;
  const calm = await playOnce(options, user, undefined);
  const answers = collectAnswers(calm.result);
  const list = disturbances ?? listDisturbances(calm.result.simulation);
  const rows: ChaosRow[] = [];
  const disturbed: SimulationResult[] = [];
  const waiting = [...list.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, disturbance] = next;
      const { result, hasStateFile } = await playOnce(options, answers(), createDisturb(disturbance));
      const { simulation } = result;
      rows[index] = assessChaos(calm.result.simulation, { disturbance, simulation, hasStateFile });
      disturbed[index] = result;
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return { calm: calm.result, rows, disturbed };
}

async function playOnce(
  { scenario, members, signal, hardSignal }: ChaosOptions,
  user: User,
  disturb: Disturb | undefined,
): Promise<{ result: SimulationResult; hasStateFile: boolean }> {
  const stateDir = makeTemporaryFolder();
  const placed = Object.fromEntries(
    Object.entries(members).map(([type, member]) => [
      type,
      { ...member, host: { ...member.host, stateDir, stateUrl: undefined } },
    ]),
  );
  let hasStateFile = false;
  const look: Disturb = {
    ...disturb,
    async before(call) {
      if (call.hook.name === 'session_ended') hasStateFile ||= hasFile(placed, stateDir);
      await disturb?.before?.(call);
    },
  };
  try {
    const result = await simulate({ scenario, members: placed, user, signal, hardSignal, disturb: look });
    signal.throwIfAborted();
    return { result, hasStateFile };
  } finally {
    removeFolder(stateDir);
  }
}

function hasFile({ credentialstore }: Partial<Record<PluginType, Member>>, stateDir: string): boolean {
  if (credentialstore === undefined) return false;
  const { persistent, ephemeral } = provideStateDirectories(stateDir, credentialstore.plugin);
  return [persistent, ephemeral].some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
}

/** The answers of the undisturbed session, the last one again if more are needed. */
function collectAnswers({ played }: SimulationResult): () => User {
  const lists: Record<string, string[]> = {};
  for (const { step } of played) {
    if (step.question !== null && step.answer !== null) (lists[step.question.key] ??= []).push(step.answer);
  }
  const last: User = {
    answer: ({ key }) => Promise.resolve(lists[key]?.at(-1)),
    typePassword: () => Promise.resolve(undefined),
  };
  return () => createScriptedUser({ answers: lists }, last);
}
