import { isDeepStrictEqual } from 'node:util';
import type { ScenarioExpectation } from './scenario.ts';
import type { Simulation } from './simulation.ts';

export interface Expected {
  /** Of `expect`. */
  key: string;
  expected: string;
  got: string;
}

/** What was expected of a session and did not happen. */
export function checkScenarioExpectation(expect: ScenarioExpectation, simulation: Simulation): Expected[] {
  const got: Required<ScenarioExpectation> = {
    ended: simulation.ended,
    steps: simulation.steps.map(({ hook }) => hook),
    gatewayUser: simulation.gatewayUser,
    gatewayGroups: simulation.gatewayGroups,
  };
  return Object.entries(expect).flatMap(([key, expected]) => {
    const value = got[key as keyof ScenarioExpectation];
    return isDeepStrictEqual(expected, value) ? [] : [{ key, expected: show(expected), got: show(value) }];
  });
}

function show(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') || 'none' : String(value);
}
