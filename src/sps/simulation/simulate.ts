import { randomInt } from 'node:crypto';
import { type Clock, systemClock } from '../../base/clock.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { hasError, type Problem } from '../../base/problem.ts';
import type { RequestRecord } from '../../targets/matching/request-record.ts';
import type { Mismatch } from '../../testing/compare-value.ts';
import { shareBackends } from '../backends/share-backends.ts';
import type { Secrets } from '../call/call-hook.ts';
import { type EndedSession, runSession } from '../flow/run-session.ts';
import type { PlayedStep, StageOptions } from '../flow/session-stage.ts';
import type { User } from '../flow/user.ts';
import type { PluginType } from '../plugin/find-hook.ts';
import type { Recorder } from '../recording/recorder.ts';
import { type Disturb, isUnstored, notStored } from '../session/call-in-session.ts';
import { gatewayUserOf } from '../session/gateway-user.ts';
import type { Member } from '../session/open-member.ts';
import { createStateOpener, type OpenState, tellSession } from '../session/open-state.ts';
import type { SessionFacts } from '../store/session-facts.ts';
import { secretsOf } from '../store/shown-step.ts';
import type { Owner, StoredSessions } from '../store/stored-sessions.ts';
import { buildConnection } from './build-connection.ts';
import type { Cast } from './cast.ts';
import { createListedTarget } from './create-listed-target.ts';
import { fetchMore } from './fetch-more.ts';
import { findScenarioMismatches } from './find-scenario-mismatches.ts';
import { type JudgedUsermapping, judgeUsermapping, undecidedUsermapping } from './judge-usermapping.ts';
import { mayLogIn } from './may-log-in.ts';
import { stepsOf, storedBy } from './policy/steps-of.ts';
import type { Scenario } from './scenario.ts';
import type { Simulation } from './simulation.ts';
import { withScenarioSecrets } from './with-scenario-secrets.ts';

export interface SimulateOptions {
  scenario: Scenario;
  members: Partial<Record<PluginType, Member>>;
  user: User;
  /** Stores the session under this name; without it, the session is only in memory. */
  store?: { store: StoredSessions; name: string } | undefined;
  /** Of a session that is not stored. */
  recorder?: Recorder | undefined;
  clock?: Clock;
  /** Ends the session; session_ended is still called. */
  signal: AbortSignal;
  /** Ends session_ended too. */
  hardSignal: AbortSignal;
  onStep?: ((played: PlayedStep) => void) | undefined;
  disturb?: Disturb | undefined;
  /** The committed connection policy that the session comes from. */
  policy?: Cast['policy'];
  /** Each call waits for a debugger, without a deadline. */
  debugging?: StageOptions['debugging'];
  /** Is told what the plugins write, as `callHook` tells it. */
  onLog?: StageOptions['onLog'];
}

export interface SimulationResult {
  /** In clear. */
  simulation: Simulation;
  played: PlayedStep[];
  /** What must not be shown. */
  secrets: Secrets;
  isInterrupted: boolean;
  /** What is not as the scenario expects; undefined when it expects nothing. */
  mismatches: Mismatch[] | undefined;
}

/** Simulates a whole session. @throws PluginHostError of a call that could not be made */
export async function simulate(options: SimulateOptions): Promise<SimulationResult> {
  const { scenario, clock = systemClock } = options;
  const { connection, loginAnswers } = buildConnection(scenario);
  const count = scenario.proxySessions ?? 1;
  await using backends = await shareBackends(options.members);
  const members = withScenarioSecrets(backends.members, scenario);
  const sessions: EndedSession[] = [];
  const played: PlayedStep[] = [];
  const policy = options.policy?.policy;
  let judged: JudgedUsermapping | undefined;
  await using owner = options.store && (await takeOwner(options.store.store));
  for (let number = 1; number <= count && sessions.at(-1)?.isInterrupted !== true; number += 1) {
    const name = options.store && nameOfProxySession(options.store.name, number, count);
    const { protocol } = connection;
    const first: Partial<SessionFacts> = {
      origin: 'simulate',
      protocol: typeof protocol === 'string' ? protocol.toLowerCase() : null,
      owner: owner?.id ?? null,
    };
    const stored = options.store && name !== undefined ? { ...options.store, name, first } : undefined;
    const openState = createStateOpener(stored, options.recorder);
    const session = await runSession({
      ...options,
      clock,
      members,
      target: number < count ? undefined : createListedTarget(scenario.target),
      passwordRequests: scenario.passwordRequests ?? 1,
      mayLogIn: (stage) => {
        if (policy === undefined) return mayLogIn(stage, scenario.usermapping ?? true);
        judged = judgeUsermapping(stage, policy.usermapping);
        return judged.allowed !== false;
      },
      use: (stage) => fetchMore(stage, scenario),
      connection,
      loginAnswers,
      sessionName: name ?? null,
      ...(policy === undefined ? {} : { policySteps: stepsOf(policy), stored: storedBy(policy) }),
      openState,
      firstStep: played.length + 1,
      proxySession: count > 1 ? number : undefined,
    });
    if (stored !== undefined || options.recorder !== undefined)
      await keepEnding(openState, session, { clock, signal: options.hardSignal });
    sessions.push(session);
    played.push(...session.stage.played);
  }
  const last = sessions.at(-1);
  if (last === undefined) throw new Error('no session was played');
  const described = policy && {
    policy: { name: policy.name, protocol: policy.protocol, key: policy.key },
    usermapping: judged ?? undecidedUsermapping(last.stage, policy.usermapping),
  };
  return describe(options, { sessions, last, played, requests: backends.requests }, described);
}

/** Says for whom the session runs; without it on a disk that cannot be written, where no session is kept either. */
async function takeOwner(store: StoredSessions): Promise<Owner | undefined> {
  try {
    return await store.takeOwner();
  } catch {
    return undefined;
  }
}

/** A session whose ending cannot be stored is reported like a call that cannot. */
async function keepEnding(
  openState: OpenState,
  { ended, stage }: EndedSession,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  try {
    await tellSession(openState, { ended, endedAt: clock().toISOString(), owner: null }, { signal });
  } catch (failure) {
    if (!(failure instanceof PluginHostError)) throw failure;
    const what = `how the session ended is not kept in it: ${failure.message}`;
    stage.problems.push({ ...notStored(failure), message: what });
  }
}

interface Played {
  sessions: readonly EndedSession[];
  last: EndedSession;
  played: PlayedStep[];
  /** That came to the backends; undefined where there are none. */
  requests: readonly RequestRecord[] | undefined;
}

function describe(
  { scenario, store, policy }: SimulateOptions,
  { sessions, last, played, requests }: Played,
  described: Pick<Simulation, 'policy' | 'usermapping'> | undefined,
): SimulationResult {
  const { stage, isInterrupted } = last;
  const failed = sessions.find(({ ended }) => ended !== 'closed') ?? last;
  const sessionCookie = played.at(-1)?.step.sessionCookie.after ?? {};
  const problems: Problem[] = [...(policy?.problems ?? []), ...sessions.flatMap((session) => session.stage.problems)];
  const simulation: Simulation = {
    session: store?.name ?? null,
    ended: failed.ended,
    ...gatewayUserOf(stage.connection),
    steps: played.map(({ step }) => step),
    cookies: { aa: stage.cookiesAfter('aa'), credentialstore: stage.cookiesAfter('credentialstore') },
    sessionCookie,
    ...described,
    problems,
  };
  const mismatches = scenario.expect && findScenarioMismatches(scenario.expect, simulation, requests);
  return { simulation, played, secrets: secretsOf(played), isInterrupted, mismatches };
}

/** The last one has the given name. */
function nameOfProxySession(name: string, number: number, count: number): string {
  return number === count ? name : `${name}.${number}`;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const nameLength = 22;

/** In the form of the appliance: 22 letters and digits. Source: the session ids in the administration guide's examples. */
export function inventSessionName(): string {
  return Array.from({ length: nameLength }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** Whether the command that ran it has failed. Source: product contract, `simulate`. */
export function isFaulty({ simulation, mismatches }: Pick<SimulationResult, 'simulation' | 'mismatches'>): boolean {
  const { ended, problems, steps } = simulation;
  const all = [...problems, ...steps.flatMap((step) => step.problems)];
  if (all.some(isUnstored)) return true;
  if (mismatches !== undefined) return mismatches.length > 0;
  return ended === 'plugin-error' || ended === 'timed-out' || hasError(all);
}
