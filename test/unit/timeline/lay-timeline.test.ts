import { expect, test } from 'vitest';
import { layTimeline, type TimelineStep } from '../../../src/timeline/lay-timeline.ts';

function step(n: number, others: Partial<TimelineStep> = {}): TimelineStep {
  return {
    n,
    startedAt: `2026-01-01T00:00:0${n}.000Z`,
    hook: 'authenticate',
    plugin: { type: 'aa', name: 'Otp', version: '1.0.0' },
    verdict: 'ACCEPT',
    outcome: { kind: 'returned', durationMs: 100 },
    deadline: { pluginTimeoutMs: 1000 },
    problems: [],
    ...others,
  };
}

test('a row tells when its step began and how much of its time it took', () => {
  const { rows } = layTimeline([step(1), step(3, { outcome: { kind: 'returned', durationMs: 500 } })]);
  expect(rows.map(({ atMs, share, pressure }) => ({ atMs, share, pressure }))).toEqual([
    { atMs: 0, share: 0.1, pressure: 'low' },
    { atMs: 2000, share: 0.5, pressure: 'half' },
  ]);
});

test.each([
  [-5, 0, 'low'],
  [499, 0.499, 'low'],
  [799, 0.799, 'half'],
  [800, 0.8, 'high'],
  [1500, 1, 'high'],
])('%i ms of 1000 ms are a share of %d, which is %s', (durationMs, share, pressure) => {
  const [row] = layTimeline([step(1, { outcome: { kind: 'returned', durationMs } })]).rows;
  expect(row).toMatchObject({ share, pressure });
});

test.each<[string, Partial<TimelineStep>, string, string]>([
  ['a verdict', {}, 'ACCEPT', 'good'],
  ['a denial', { verdict: 'DENY' }, 'DENY', 'denied'],
  ['a question', { verdict: 'NEEDINFO' }, 'NEEDINFO', 'asked'],
  ['a result without a verdict', { verdict: null }, 'returned', 'good'],
  ['a failure', { verdict: null, outcome: { kind: 'raised', durationMs: 1 } }, 'raised', 'failed'],
  ['a verdict with an error', { problems: [{ level: 'error' }] }, 'ACCEPT', 'failed'],
  ['a verdict with a warning', { problems: [{ level: 'warning' }] }, 'ACCEPT', 'good'],
])('%s is told as one', (_what, others, result, tone) => {
  expect(layTimeline([step(1, others)]).rows[0]).toMatchObject({ result, tone });
});

test('a plugin is named where its steps begin', () => {
  const vault = { type: 'credentialstore', name: 'Vault', version: '2.0.0' };
  const { rows } = layTimeline([step(1), step(2), step(3, { plugin: vault }), step(4)]);
  expect(rows.map(({ plugin }) => plugin)).toEqual([
    'Otp 1.0.0 (aa)',
    undefined,
    'Vault 2.0.0 (credentialstore)',
    'Otp 1.0.0 (aa)',
  ]);
});

test('the sums are those of all steps, of which the last to begin need not be the last to end', () => {
  const long = step(1, { outcome: { kind: 'returned', durationMs: 7000 }, deadline: { pluginTimeoutMs: 10_000 } });
  expect(layTimeline([long, step(2)])).toMatchObject({ wholeMs: 7000, inPluginsMs: 7100, allowedMs: undefined });
  expect(layTimeline([step(1), step(2)])).toMatchObject({ wholeMs: 1100, inPluginsMs: 200, allowedMs: 1000 });
  expect(layTimeline([])).toEqual({ rows: [], allowedMs: undefined, marks: [], wholeMs: 0, inPluginsMs: 0 });
});
