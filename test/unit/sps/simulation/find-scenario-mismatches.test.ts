import { expect, test } from 'vitest';
import { findScenarioMismatches } from '../../../../src/sps/simulation/find-scenario-mismatches.ts';
import type { ScenarioExpectation } from '../../../../src/sps/simulation/scenario.ts';
import type { Simulation } from '../../../../src/sps/simulation/simulation.ts';
import { describeMismatch } from '../../../../src/testing/describe-mismatch.ts';

const simulation = {
  ended: 'closed',
  gatewayUser: null,
  gatewayGroups: ['dba', 'ops'],
  steps: [{ hook: 'authenticate' }, { hook: 'session_ended' }],
} as Simulation;

test.each<[ScenarioExpectation, string[]]>([
  [{ ended: 'closed', gatewayUser: null, gatewayGroups: ['dba', 'ops'] }, []],
  [{ steps: ['authenticate', 'session_ended'] }, []],
  [{ gatewayGroups: ['ops', 'dba'] }, ['gatewayGroups: expected ops, dba; got dba, ops']],
  [{ steps: ['authenticate'] }, ['steps: expected authenticate; got authenticate, session_ended']],
  [
    { ended: 'denied', gatewayUser: 'wsmith', gatewayGroups: [] },
    [
      'ended: expected denied; got closed',
      'gatewayUser: expected wsmith; got null',
      'gatewayGroups: expected none; got dba, ops',
    ],
  ],
])('of a session, %j is met, or told as %j', (expected, told) => {
  expect(findScenarioMismatches(expected, simulation).map(describeMismatch)).toEqual(told);
});
