import { renderDuration } from '../../../base/parse-duration.ts';
import { error, type Problem } from '../../../base/problem.ts';
import type { LogLine } from '../../../process/output/log-collector.ts';
import type { Ending } from '../../../sps/flow/ending.ts';
import type { FlowStep } from '../../../sps/flow/session-stage.ts';
import type { Simulation } from '../../../sps/simulation/simulation.ts';
import type { Mismatch } from '../../../testing/compare-value.ts';
import { describeMismatch } from '../../../testing/describe-mismatch.ts';
import type { Paint } from '../../terminal/create-terminal.ts';
import { renderProblems } from './render-call.ts';
import { renderEnd } from './render-end.ts';
import { renderTimeline } from './render-timeline.ts';

interface Circumstances {
  paint: Paint;
  columns: number;
  hasExpectation: boolean;
  showsAll?: boolean | undefined;
  logs?: ReadonlyMap<number, readonly LogLine[]>;
}

const endings: Record<Ending, string> = {
  closed: 'The user was connected, and the session was closed.',
  denied: 'The user was denied.',
  'target-refused': 'The target accepted no credential.',
  'user-left': 'The user left before the session began.',
  'plugin-error': 'A plugin failed; the user sees a closed connection, the reason stands only in the log.',
  'timed-out': 'A plugin took more than half of the proxy timeout; the user sees a closed connection.',
  'target-unreachable': 'The target could not be reached.',
  'host-key-refused': 'The host key of the target was not the known one.',
  'gateway-stopped': 'The gateway was stopped.',
};

/** A whole session for people: how it ended, the timeline, what is wrong. */
export function renderSimulation(
  simulation: Simulation,
  { paint, columns, hasExpectation, showsAll, logs }: Circumstances,
): string {
  const { ended, gatewayUser, gatewayGroups, steps, problems } = simulation;
  const isOpen = ended === 'closed' && isUnauthenticated(simulation);
  const alarm = isOpen ? 'connected, although no plugin authenticated the user' : undefined;
  return [
    renderEnd({ ended, gatewayUser, gatewayGroups }, paint, alarm),
    ...renderPolicy(simulation),
    `  ${isOpen ? 'SPS continued without gateway authentication, and the session was closed.' : endings[ended]}`,
    '',
    renderTimeline(steps, { columns, paint, showsAll, logs }),
    ...(problems.length === 0 ? [] : ['', renderProblems(problems, paint)]),
    ...(hasExpectation && !problems.some(({ code }) => code === 'EXPECTATION_FAILED')
      ? ['', paint('green', 'as expected')]
      : []),
  ].join('\n');
}

/** The committed connection policy, and what its usermapping decided. */
function renderPolicy({ policy, usermapping }: Simulation): string[] {
  if (policy === undefined || usermapping === undefined) return [];
  const { allowed, entry, remoteUser, policy: name } = usermapping;
  const how = name === null ? 'without a usermapping policy' : `by the usermapping policy ${name}`;
  const by = entry === null ? how : `${how}, entry ${entry + 1}`;
  const decided =
    allowed === null
      ? 'no remote user to decide about'
      : `${remoteUser ?? ''} ${allowed ? 'allowed' : 'refused'} ${by}`;
  return [`  policy ${policy.protocol}/${policy.name}: ${decided}`];
}

/** There was an AA plugin, but none decided about the user: it said NONE, was not called, or left it to the SDK, whose default accepts everybody. */
function isUnauthenticated({ steps, problems }: Simulation): boolean {
  const asked = steps.filter(({ hook }) => hook === 'authenticate');
  const isPassedOver = problems.some(({ code }) => code === 'PROTOCOL_UNSUPPORTED');
  return (
    (asked.length > 0 || isPassedOver) &&
    !asked.some((step) => step.verdict === 'ACCEPT' && !step.problems.some(({ code }) => code === 'SDK_HOOK_MISSING'))
  );
}

/** One step, while the session goes on. */
export function renderStepLine({ hook, outcome, verdict, plugin }: FlowStep, paint: Paint): string {
  const result = verdict ?? outcome.kind;
  return paint('dim', `${hook} of ${plugin.name}  ${result}  ${renderDuration(outcome.durationMs)}`);
}

export function renderMismatches(
  mismatches: readonly Mismatch[],
  placeOf: ((...keys: string[]) => string) | undefined,
): Problem[] {
  return mismatches.map((each) => {
    const place = placeOf === undefined ? '' : `${placeOf('expect', ...each.keys.map(String))}: `;
    const hint = 'Fix the plugin, or the expectation.';
    return error('EXPECTATION_FAILED', `${place}${describeMismatch(each)}`, hint);
  });
}
