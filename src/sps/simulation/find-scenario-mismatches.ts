import { compareValue, type Mismatch } from '../../testing/compare-value.ts';
import type { ScenarioExpectation } from './scenario.ts';
import type { Simulation } from './simulation.ts';

/** Where a session is not what its scenario expects; each has the key of the expectation. */
export function findScenarioMismatches(expect: ScenarioExpectation, simulation: Simulation): Mismatch[] {
  const got: Required<ScenarioExpectation> = {
    ended: simulation.ended,
    steps: simulation.steps.map(({ hook }) => hook),
    gatewayUser: simulation.gatewayUser,
    gatewayGroups: simulation.gatewayGroups,
  };
  return Object.entries(expect).flatMap(([key, expected]: [string, Fact]) => {
    const value: Fact = got[key as keyof ScenarioExpectation];
    if (compareValue({ equals: expected }, value).length === 0) return [];
    return [{ keys: [key], expected, got: value, instead: `expected ${show(expected)}; got ${show(value)}` }];
  });
}

type Fact = string | string[] | null;

function show(value: Fact): string {
  return Array.isArray(value) ? value.join(', ') || 'none' : String(value);
}
