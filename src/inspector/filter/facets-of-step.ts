import { isFailure } from '../../base/is-failure.ts';
import type { Problem } from '../../base/problem.ts';
import type { Facets } from './matches-session.ts';
import type { FilterFlag } from './parse-filter.ts';

/** What a filter can be held against of a step, masked. */
export interface FilteredStep {
  hook: string;
  plugin: { name: string; type: string };
  verdict: string | null;
  outcome: { kind: string; durationMs: number; exception?: string };
  deadline: { pluginTimeoutMs: number };
  problems: readonly Pick<Problem, 'level' | 'code'>[];
}

/** What a filter can be held against of a session, masked. */
export interface FilteredSession {
  name: string;
  origin: string | null;
  ended: string | null;
  gatewayUser: string | null;
  protocol: string | null;
}

/** Stands in the place of a secret. */
const mask = '***';

/** @param isRunning A call of it is under way. */
export function facetsOfSession(session: FilteredSession, isRunning: boolean): Facets {
  const { name, origin, ended, gatewayUser, protocol } = session;
  const fields = {
    session: known(name),
    origin: known(origin),
    ended: known(ended),
    user: known(gatewayUser),
    protocol: known(protocol),
  };
  return { fields, flags: isRunning ? ['running'] : [] };
}

export function facetsOfStep(step: FilteredStep): Facets {
  const { hook, plugin, verdict, outcome, problems } = step;
  const flags: FilterFlag[] = [
    ...(isFailure(step) ? (['error'] as const) : []),
    ...(isSlow(step) ? (['slow'] as const) : []),
  ];
  return {
    fields: {
      hook: known(hook),
      plugin: known(plugin.name),
      type: known(plugin.type),
      verdict: known(verdict),
      outcome: known(outcome.kind),
      problem: [...new Set(problems.map(({ code }) => code))],
    },
    texts: known(outcome.exception ?? null),
    flags,
  };
}

/** A call that is under way. */
export function facetsOfCall({ hook, plugin }: { hook: string; plugin: string }): Facets {
  return { fields: { hook: known(hook), plugin: known(plugin) }, flags: ['running'] };
}

/** Half of its time or more. Source: inspector contract, "Filter". */
export function isSlow({ outcome, deadline }: Pick<FilteredStep, 'outcome' | 'deadline'>): boolean {
  return outcome.durationMs * 2 >= deadline.pluginTimeoutMs;
}

/** What is shown masked is found by nothing. */
function known(value: string | null): string[] {
  return value === null || value.includes(mask) ? [] : [value];
}
