import type { JsonObject } from '../../base/json.ts';
import { maskMismatch } from '../../testing/mask-mismatch.ts';
import type { ExpectationWriter, Updated } from '../../testing/updating/expectation-writer.ts';
import { sayExpected } from '../../testing/updating/say-expected.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';
import { findScenarioMismatches, observeSession } from '../simulation/find-scenario-mismatches.ts';
import type { ScenarioExpectation } from '../simulation/scenario.ts';
import type { SimulationResult } from '../simulation/simulate.ts';

/** Writes what came of a session over what its scenario expects. @param file Absolute */
export function updateScenario(
  writer: ExpectationWriter,
  file: string,
  expect: ScenarioExpectation,
  { simulation, mismatches = [], secrets }: SimulationResult,
  showSecrets: boolean,
): Updated {
  const masker = showSecrets ? undefined : createPluginMasker(secrets.values, secrets.names);
  const ofRequests = mismatches.filter(({ keys: [name] }) => name === 'requests');
  return writer.update(file, ['expect'], {
    expect: expect as JsonObject,
    got: observeSession(simulation),
    compare: (changed) => {
      const { requests, ...facts } = changed as ScenarioExpectation;
      const found = findScenarioMismatches(facts, simulation);
      return [...found.filter(({ keys: [name] }) => name !== 'requests'), ...ofRequests];
    },
    toExpected: sayExpected,
    mask: (keys, value) =>
      masker === undefined ? value : maskMismatch({ keys, expected: undefined, got: value }, masker).got,
  });
}
