import { renderSuggestion } from '../../base/nearest-name.ts';
import { parseDuration } from '../../base/parse-duration.ts';
import { checkDuration } from '../../documents/check-duration.ts';
import type { Faults } from './faults.ts';
import type { Loading } from './loading.ts';
import type { Services } from './services.ts';

/** Faults as a plugin's process gets them. */
export interface LoadedFaults {
  /** True: all. */
  ldapServers?: true | string[];
  userLists?: true | string[];
  rest?: number;
  memoryCache?: 'away' | { slowMs: number };
  clockMs?: number;
}

const unitsMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export function loadFaults(
  { ldapServers, userLists, rest, memoryCache, clock }: Faults,
  services: Services,
  loading: Loading,
): LoadedFaults {
  const slow = typeof memoryCache === 'object' ? String(memoryCache.slow) : undefined;
  const slowMs = slow === undefined ? undefined : parseDuration(slow);
  loading.problems.push(...checkDuration(['faults', 'memoryCache', 'slow'], slow));
  return {
    ...(ldapServers && { ldapServers: readNames('ldapServers', ldapServers, services.ldapServers, loading) }),
    ...(userLists && { userLists: readNames('userLists', userLists, services.userLists, loading) }),
    ...(rest && { rest }),
    ...(memoryCache && { memoryCache: slowMs === undefined ? 'away' : { slowMs } }),
    ...(clock && { clockMs: readClock(clock) }),
  };
}

function readNames(key: string, names: string | string[], known: object = {}, { fail }: Loading): true | string[] {
  if (typeof names === 'string') return true;
  for (const [index, name] of names.entries()) {
    if (Object.hasOwn(known, name)) continue;
    const hint = Object.keys(known).length === 0 ? 'None is configured.' : renderSuggestion(name, Object.keys(known));
    fail(['faults', key, index], `services.${key} has no ${name}. ${hint}`);
  }
  return names;
}

function readClock(clock: string): number {
  const [, sign, number, unit = ''] = /^([+-])([0-9.]+)\s*([a-z]+)$/.exec(clock) ?? [];
  return Math.round((sign === '-' ? -1 : 1) * Number(number) * (unitsMs[unit] ?? 0));
}
