import { expect, test } from 'vitest';
import type { Problem } from '../../../../src/base/problem.ts';
import { findScenarioMismatches } from '../../../../src/sps/simulation/find-scenario-mismatches.ts';
import type { ScenarioExpectation } from '../../../../src/sps/simulation/scenario.ts';
import type { Simulation } from '../../../../src/sps/simulation/simulation.ts';
import { describeMismatch } from '../../../../src/testing/describe-mismatch.ts';

const simulation = {
  ended: 'closed',
  gatewayUser: null,
  gatewayGroups: ['dba', 'ops'],
  steps: [
    { hook: 'authenticate', problems: [] as Problem[] },
    { hook: 'session_ended', problems: [] as Problem[] },
  ],
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

test('what came to the backends is compared in one line each, and what none answers is told', () => {
  const request = { method: 'GET', path: '/a', query: {}, headers: {}, cookies: {}, body: '', status: 200 };
  const message = 'the plugin wanted to reach a.test:443';
  const problem: Problem = { level: 'error', code: 'BACKEND_UNKNOWN', message, hint: '' };
  const [step] = simulation.steps;
  const unanswered = { ...simulation, steps: step === undefined ? [] : [{ ...step, problems: [problem] }] };
  const told = findScenarioMismatches({ requests: [{ path: '/a' }, { path: '/b' }] }, unanswered, [request]);
  expect(told.map(describeMismatch)).toEqual([
    'requests.1: expected {"path":"/b"}, got nothing',
    'requests: BACKEND_UNKNOWN: the plugin wanted to reach a.test:443',
  ]);
});
