import { setTimeout as sleep } from 'node:timers/promises';
import { renderSuggestion } from '../../../base/nearest-name.ts';
import { parseDuration, renderDuration } from '../../../base/parse-duration.ts';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { warning } from '../../../base/problem.ts';
import type { CallResult } from '../../call/call-hook.ts';
import { emptyCookies } from '../../call/cookies.ts';
import type { Outcome } from '../../outcome/outcome.ts';
import { hooksByType } from '../../plugin/find-hook.ts';
import type { Disturb } from '../../session/call-in-session.ts';

/** What can go wrong on purpose. */
export const disturbanceKinds = ['timeout', 'crash', 'lose-cookie', 'slow'] as const;

/** A fault on purpose at a hook. */
export interface Disturbance {
  kind: (typeof disturbanceKinds)[number];
  hook: string;
  /** Which call of the hook in the session, from 1; undefined: each. */
  call: number | undefined;
  /** Of `slow`: how much longer the hook takes. */
  durationMs: number;
}

const defaultSlowMs = 1000;

/** `timeout@authorize`, `crash@authenticate#2`, `slow@authorize:4s`. @throws PluginHostError USAGE */
export function parseDisturbance(text: string): Disturbance {
  const [, kind = '', hook = '', call, duration] = /^([^@]*)@([^#:]*)(?:#([1-9][0-9]*))?(?::(.*))?$/.exec(text) ?? [];
  const known = disturbanceKinds.find((each) => each === kind);
  if (known === undefined) {
    throw new PluginHostError('USAGE', `--chaos ${text}: expected WHAT@HOOK`, {
      hint: renderSuggestion(kind === '' ? text : kind, [...disturbanceKinds.map((each) => `${each}@HOOK`), 'all']),
    });
  }
  const hooks = [...new Set(Object.values(hooksByType).flatMap((each) => each.map(({ name }) => name)))];
  if (!hooks.includes(hook)) {
    throw new PluginHostError('USAGE', `--chaos ${text}: ${hook} is not a hook`, {
      hint: renderSuggestion(hook, hooks),
    });
  }
  const durationMs = duration === undefined ? defaultSlowMs : parseDuration(duration);
  if (durationMs === undefined || (duration !== undefined && known !== 'slow')) {
    throw new PluginHostError('USAGE', `--chaos ${text}: only slow takes a duration such as 4s`, {
      hint: 'Write slow@HOOK:4s.',
    });
  }
  return { kind: known, hook, call: call === undefined ? undefined : Number(call), durationMs };
}

export function renderDisturbance({ kind, hook, call, durationMs }: Disturbance): string {
  const which = call === undefined ? '' : `#${call}`;
  return `${kind}@${hook}${which}${kind === 'slow' ? `:${renderDuration(durationMs).replace(' ', '')}` : ''}`;
}

/**
 * Makes it happen, for one session. A hook that times out or crashes has done its work, and its answer is lost: the worst moment. What it
 * had in its cookies is as before the call. Source: plugin guide 6.0.10 (a failed call changes no cookie).
 */
export function createDisturb({ kind, hook, call: number, durationMs }: Disturbance): Disturb {
  let calls = 0;
  let isNow = false;
  return {
    cookies(call, held) {
      if (call.hook.name === hook) calls += 1;
      isNow = call.hook.name === hook && (number === undefined || number === calls);
      return isNow && kind === 'lose-cookie' ? { ...emptyCookies } : held;
    },
    async before({ pluginTimeoutMs, signal }) {
      if (isNow && kind === 'slow') await sleep(Math.min(durationMs, pluginTimeoutMs), undefined, { signal });
    },
    result(_call, result) {
      if (!isNow || kind === 'lose-cookie')
        return isNow ? withNotice(result, 'both cookies were lost before it') : result;
      if (kind === 'timeout')
        return cutOff(result, 'was killed for running out of time before its reply was read', timedOut);
      if (kind === 'crash') return cutOff(result, 'was killed before its reply was read', crashed);
      return slowDown(result, durationMs);
    },
  };
}

const timedOut = ({ deadline }: CallResult['record']): Partial<Outcome> => ({
  kind: 'timed-out',
  pluginTimeoutMs: deadline.pluginTimeoutMs,
  forced: false,
  durationMs: deadline.pluginTimeoutMs,
});

const crashed = (): Partial<Outcome> => ({ kind: 'crashed', exitCode: null, signal: 'SIGKILL' });

function slowDown(result: CallResult, durationMs: number): CallResult {
  const { outcome, deadline } = result.record;
  const durationAllMs = outcome.durationMs + durationMs;
  if (durationAllMs >= deadline.pluginTimeoutMs) return cutOff(result, 'took longer than allowed', timedOut);
  const noticed = withNotice(result, `took ${renderDuration(durationMs)} longer`);
  return { ...noticed, record: { ...noticed.record, outcome: { ...outcome, durationMs: durationAllMs } } };
}

function cutOff(
  result: CallResult,
  what: string,
  outcomeOf: (record: CallResult['record']) => Partial<Outcome>,
): CallResult {
  const { record } = withNotice(result, what);
  const { log, truncated, durationMs } = record.outcome;
  const outcome = { phase: 'hook', durationMs, log, truncated, ...outcomeOf(record) } as Outcome;
  return {
    ...result,
    question: undefined,
    cookies: undefined,
    record: {
      ...record,
      outcome,
      verdict: null,
      cookie: { before: record.cookie.before, after: record.cookie.before },
      sessionCookie: { before: record.sessionCookie.before, after: record.sessionCookie.before },
    },
  };
}

function withNotice(result: CallResult, what: string): CallResult {
  const notice = warning('FAULT_INJECTED', `${result.record.hook} ${what}`, 'Asked for with --chaos.');
  return { ...result, record: { ...result.record, problems: [...result.record.problems, notice] } };
}
