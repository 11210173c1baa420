import { expect, test } from 'vitest';
import type { Problem } from '../../../../../src/base/problem.ts';
import { renderSimulation } from '../../../../../src/cli/sps/render/render-simulation.ts';
import type { FlowStep } from '../../../../../src/sps/flow/session-stage.ts';
import type { Verdict } from '../../../../../src/sps/plugin/find-hook.ts';
import type { Simulation } from '../../../../../src/sps/simulation/simulation.ts';

const passedOver: Problem = { level: 'warning', code: 'PROTOCOL_UNSUPPORTED', message: 'not called', hint: 'Use ssh.' };
const ofSdk: Problem = { level: 'warning', code: 'SDK_HOOK_MISSING', message: 'none', hint: 'Define it.' };

function step(hook: string, verdict: Verdict | null, problems: Problem[] = []): FlowStep {
  return {
    n: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    plugin: { name: 'Sample', version: '1.0', type: 'aa', api: '1.9', language: 'python', path: '.' },
    hook,
    session: null,
    kwargs: {},
    outcome: { kind: 'returned', value: null, phase: 'reply', durationMs: 1, log: '', truncated: false },
    verdict,
    cookie: { before: {}, after: {} },
    sessionCookie: { before: {}, after: {} },
    deadline: { proxyTimeoutMs: 600_000, pluginTimeoutMs: 300_000 },
    problems,
    question: null,
    answer: null,
  };
}

function head(steps: FlowStep[], others: Partial<Simulation> = {}): string[] {
  const simulation: Simulation = {
    session: null,
    ended: 'closed',
    gatewayUser: null,
    gatewayGroups: null,
    steps,
    cookies: { aa: {}, credentialstore: {} },
    sessionCookie: {},
    problems: [],
    ...others,
  };
  const text = renderSimulation(simulation, {
    paint: (_style, each) => each,
    columns: 80,
    hasExpectation: false,
  });
  return text.split('\n').slice(0, 2);
}

const open = [
  'connected, although no plugin authenticated the user  no gateway user',
  '  SPS continued without gateway authentication, and the session was closed.',
];
const closed = ['closed  no gateway user', '  The user was connected, and the session was closed.'];

test.each<[string, FlowStep[], Partial<Simulation>, string[]]>([
  ['accepted', [step('authenticate', 'NEEDINFO'), step('authenticate', 'ACCEPT')], {}, closed],
  ['passed on without a verdict', [step('authenticate', 'NONE'), step('authorize', 'ACCEPT')], {}, open],
  ["accepted by the SDK's default", [step('authenticate', 'ACCEPT', [ofSdk])], {}, open],
  ['not asked in this protocol', [step('get_password_list', null)], { problems: [passedOver] }, open],
  ['of a session without such a plugin', [step('get_password_list', null)], {}, closed],
])('the headline of a user who is %s', (_what, steps, others, expected) => {
  expect(head(steps, others)).toEqual(expected);
});

test('a session that did not come about is not called open', () => {
  expect(head([step('authenticate', 'NONE')], { ended: 'plugin-error' })[0]).toBe('plugin-error  no gateway user');
});
