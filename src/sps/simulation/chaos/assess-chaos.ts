import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../../../base/json.ts';
import type { Ending } from '../../flow/ending.ts';
import type { FlowStep } from '../../flow/session-stage.ts';
import { findHook } from '../../plugin/find-hook.ts';
import type { Simulation } from '../simulation.ts';
import { type Disturbance, renderDisturbance } from './disturbance.ts';

/** What a fault did to a session. */
export interface ChaosRow {
  chaos: string;
  ended: Ending;
  /** `ok`, or what happened to it; for both plugins. */
  sessionEnded: string;
  /**
   * What was handed out: `none`, `known` (session_ended got what the plugin had stored about it), `in state folder` (it left a file there), or
   * `lost` (nobody can return it).
   */
  credential: 'none' | 'known' | 'in state folder' | 'lost';
  /** Cookie keys that session_ended had in the undisturbed session and misses now, by plugin type. */
  missing: string[];
  survived: boolean;
  /** Why not. */
  why: string;
}

export interface ChaosRun {
  disturbance: Disturbance;
  simulation: Simulation;
  /** Whether the credential store had a file in its state folder when session_ended was called. */
  hasStateFile: boolean;
}

/** Compares a disturbed session with the same one undisturbed. */
export function assessChaos(calm: Simulation, { disturbance, simulation, hasStateFile }: ChaosRun): ChaosRow {
  const disturbed = simulation.steps.filter((step) => isDisturbed(step));
  const failing = simulation.steps.filter(
    (step) => !isDisturbed(step) && step.outcome.kind !== 'returned' && !failsAnyway(calm, step),
  );
  const credential = assessCredential(calm, simulation, hasStateFile);
  const why = [
    ...(disturbed.length === 0 ? [`${disturbance.hook} was not called`] : []),
    ...failing.map(({ hook, plugin, outcome }) => `${hook} of ${plugin.name}: ${describe(outcome)}`),
    ...(credential === 'lost' ? ['session_ended does not know about the credential'] : []),
  ];
  return {
    chaos: renderDisturbance(disturbance),
    ended: simulation.ended,
    sessionEnded: assessEnd(simulation),
    credential,
    missing: findMissing(calm, simulation),
    survived: why.length === 0,
    why: why.join('; '),
  };
}

/** Each fault at each call of the undisturbed session. */
export function listDisturbances({ steps }: Simulation): Disturbance[] {
  const counts = new Map<string, number>();
  const calls = steps.map(({ hook }) => {
    const call = (counts.get(hook) ?? 0) + 1;
    counts.set(hook, call);
    return { hook, call };
  });
  const kinds: Disturbance['kind'][] = ['timeout', 'crash', 'lose-cookie', 'slow'];
  return kinds.flatMap((kind) =>
    calls.map(({ hook, call }) => ({
      kind,
      hook,
      call: counts.get(hook) === 1 ? undefined : call,
      durationMs: slowMs,
    })),
  );
}

const slowMs = 1000;

function isDisturbed({ problems }: FlowStep): boolean {
  return problems.some(({ code }) => code === 'FAULT_INJECTED');
}

function failsAnyway(calm: Simulation, { hook, plugin, outcome }: FlowStep): boolean {
  return calm.steps.some(
    (step) => step.hook === hook && step.plugin.type === plugin.type && step.outcome.kind === outcome.kind,
  );
}

function assessEnd({ steps }: Simulation): string {
  const ends = steps.filter(({ hook }) => hook === 'session_ended');
  if (ends.length === 0) return 'not called';
  const bad = ends.filter(({ outcome }) => outcome.kind !== 'returned');
  if (bad.length === 0) return 'ok';
  return bad.map((step) => `${step.plugin.type} ${isDisturbed(step) ? 'cut off' : describe(step.outcome)}`).join(', ');
}

function describe(outcome: FlowStep['outcome']): string {
  return outcome.kind === 'raised' ? `raised ${outcome.exception}` : outcome.kind;
}

/** Judged by what the fetching calls stored in their cookies: a credential that is stored nowhere need not be returned. */
function assessCredential(calm: Simulation, simulation: Simulation, hasStateFile: boolean): ChaosRow['credential'] {
  const fetches = calm.steps.filter(handsOut).filter(({ hook }) => simulation.steps.some((step) => step.hook === hook));
  const noted = fetches.flatMap(({ cookie: { before, after } }) =>
    Object.keys(after).filter((key) => !isDeepStrictEqual(before[key], after[key])),
  );
  if (noted.length === 0) return 'none';
  if (hasStateFile) return 'in state folder';
  const wanted = endOf(calm, 'credentialstore')?.cookie.before ?? {};
  const got = endOf(simulation, 'credentialstore')?.cookie.before ?? {};
  return noted.every((key) => isDeepStrictEqual(wanted[key], got[key])) ? 'known' : 'lost';
}

function handsOut({ hook, outcome }: FlowStep): boolean {
  const { fetches } = findHook('credentialstore', hook) ?? {};
  if (!fetches?.isTried || outcome.kind !== 'returned' || !isJsonObject(outcome.value)) return false;
  const { [fetches.kind.key]: list } = outcome.value;
  return Array.isArray(list) && list.length > 0;
}

function endOf({ steps }: Simulation, type: string): FlowStep | undefined {
  return steps.find(({ hook, plugin }) => hook === 'session_ended' && plugin.type === type);
}

function findMissing(calm: Simulation, simulation: Simulation): string[] {
  return ['aa', 'credentialstore'].flatMap((type) => {
    const before = endOf(calm, type)?.cookie.before ?? {};
    const now = endOf(simulation, type)?.cookie.before ?? {};
    const isCalled = endOf(simulation, type) !== undefined;
    return isCalled
      ? Object.keys(before)
          .filter((key) => !(key in now))
          .map((key) => `${type}.${key}`)
      : [];
  });
}
