import type { Json } from '../../base/json.ts';
import { compareRequests } from '../../targets/matching/compare-requests.ts';
import type { RequestRecord } from '../../targets/matching/request-record.ts';
import { inClear } from '../../targets/matching/telling.ts';
import { withRequest } from '../../targets/matching/with-request.ts';
import { compareValue, type Mismatch } from '../../testing/compare-value.ts';
import type { ScenarioExpectation } from './scenario.ts';
import type { Simulation } from './simulation.ts';

/**
 * Where a session is not what its scenario expects; each has the key of the expectation. What no backend answers is never expected.
 * @param requests That came to the backends
 */
export function findScenarioMismatches(
  { requests: expected, ...expect }: ScenarioExpectation,
  simulation: Simulation,
  requests: readonly RequestRecord[] = [],
): Mismatch[] {
  const got = observeSession(simulation);
  const facts = Object.entries(expect).flatMap(([key, wanted]: [string, Fact]) => {
    const value: Fact = got[key as keyof typeof got];
    if (compareValue({ equals: wanted }, value).length === 0) return [];
    return [{ keys: [key], expected: wanted, got: value, instead: `expected ${show(wanted)}; got ${show(value)}` }];
  });
  const asked = expected === undefined ? [] : compareRequests(expected, requests);
  return [...facts, ...asked.map((each) => withRequest(each, requests, inClear)), ...findUnanswered(simulation)];
}

/** What came of a session, by the keys of the expectation. */
export function observeSession(simulation: Simulation): Required<Omit<ScenarioExpectation, 'requests'>> {
  return {
    ended: simulation.ended,
    steps: simulation.steps.map(({ hook }) => hook),
    gatewayUser: simulation.gatewayUser,
    gatewayGroups: simulation.gatewayGroups,
  };
}

function findUnanswered({ steps }: Simulation): Mismatch[] {
  const told = steps
    .flatMap(({ problems }) => problems)
    .filter(({ level, code }) => level === 'error' && code.startsWith('BACKEND_'));
  return told.map(({ code, message }) => {
    const none: Json = [];
    return { keys: ['requests'], expected: none, got: undefined, instead: `${code}: ${message}` };
  });
}

type Fact = string | string[] | null;

function show(value: Fact): string {
  return Array.isArray(value) ? value.join(', ') || 'none' : String(value);
}
