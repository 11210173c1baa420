import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openPlugin } from '../../src/index.ts';
import { alive, callFixture, fixture, languages, makeFolder, problemsOf, python, waitForFile } from './fixture.ts';

const proxyTimeoutMs = 2400;
const pluginTimeoutMs = proxyTimeoutMs / 2;
const graceMs = 500;
const kept = { before: { kept: 1 }, after: { kept: 1 } };
const cookie = { kept: 1 };

describe.concurrent.each(languages)('a %s plugin', (language) => {
  test.each([
    { place: 'while it is imported', behaviour: 'hangs-at-import', hook: 'get_password_list', phase: 'import' },
    { place: 'in its constructor', behaviour: 'hangs-in-constructor', hook: 'get_password_list', phase: 'constructor' },
    { place: 'in a hook', behaviour: 'hangs', hook: 'get_password_list', phase: 'hook' },
    { place: 'in authentication_completed', behaviour: 'hangs', hook: 'authentication_completed', phase: 'hook' },
    { place: 'in session_ended', behaviour: 'hangs', hook: 'session_ended', phase: 'hook' },
  ])('that hangs $place is over its time after half of the proxy timeout', async ({ behaviour, hook, phase }) => {
    const record = await callFixture(behaviour, {}, { language, hook, proxyTimeoutMs, cookie, sessionCookie: cookie });
    const { outcome } = record;
    expect(record).toMatchObject({
      outcome: { kind: 'timed-out', pluginTimeoutMs, forced: false, phase, truncated: false },
      verdict: null,
      cookie: kept,
      sessionCookie: kept,
      deadline: { proxyTimeoutMs, pluginTimeoutMs },
      problems: [],
    });
    expect(outcome.durationMs).toBeGreaterThanOrEqual(pluginTimeoutMs - 1);
    expect(outcome.durationMs).toBeLessThan(pluginTimeoutMs + graceMs);
    if (hook === 'get_password_list' && phase === 'hook') expect(outcome.log).toBe('still here\n');
  });

  test('that ignores the polite signal is killed after the grace', async () => {
    const { outcome } = await callFixture('ignores-sigterm', {}, { language, proxyTimeoutMs });
    expect(outcome).toMatchObject({ kind: 'timed-out', forced: true, phase: 'hook', log: 'asked to end\n' });
    expect(outcome.durationMs).toBeGreaterThanOrEqual(pluginTimeoutMs + graceMs - 1);
  });

  test('can be called right after a call that was over its time', async () => {
    await using plugin = await openPlugin(fixture('takes-time', language), { python, proxyTimeoutMs });
    const late = await plugin.call('get_password_list', { server_port: 60_000 });
    expect(late.outcome).toMatchObject({ kind: 'timed-out', forced: false });
    const next = await plugin.call('get_password_list', { server_port: 0 });
    expect(next.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['in time'] } });
  });

  test('has all of its time in each of two calls', async () => {
    await using plugin = await openPlugin(fixture('takes-time', language), { python, proxyTimeoutMs });
    for (const round of [1, 2]) {
      const { outcome } = await plugin.call('get_password_list', { server_port: pluginTimeoutMs / 2 });
      expect(outcome, `round ${round}`).toMatchObject({ kind: 'returned' });
      expect(outcome.durationMs).toBeGreaterThan(pluginTimeoutMs / 2 - 1);
    }
  });

  test('has a time of its own in each of several calls at once', async () => {
    const call = async (timeoutMs: number, server_port: number): Promise<{ kind: string; durationMs: number }> =>
      (await callFixture('takes-time', { server_port }, { language, proxyTimeoutMs: timeoutMs })).outcome;
    const [short, shorter, long, longer] = await Promise.all([
      call(600, 60_000),
      call(1000, 60_000),
      call(20_000, 1200),
      call(10_000, 100),
    ]);
    expect([short, shorter, long, longer].map(({ kind }) => kind)).toEqual([
      'timed-out',
      'timed-out',
      'returned',
      'returned',
    ]);
    expect(short.durationMs).toBeGreaterThanOrEqual(299);
    expect(short.durationMs).toBeLessThan(300 + graceMs);
    expect(shorter.durationMs).toBeGreaterThanOrEqual(499);
    expect(shorter.durationMs).toBeLessThan(500 + graceMs);
  });

  test('is ended by an aborted signal; the call rejects with its reason once the process is gone', async () => {
    const file = `${makeFolder()}/file`;
    const abort = new AbortController();
    const running = callFixture('reports-and-hangs', { server_hostname: file }, { language, signal: abort.signal });
    const rejected = expect(running).rejects.toThrow('enough');
    const pid = Number((await waitForFile(`${file}.held`)).split(' ')[0]);
    expect(alive([pid])).toEqual([pid]);
    const pending = running.catch(() => alive([pid]));
    abort.abort(new Error('enough'));
    expect(await pending).toEqual([]);
    await rejected;
  });

  test('is not started for a signal that is already aborted', async () => {
    const call = callFixture('takes-time', { server_port: 0 }, { language, signal: AbortSignal.abort() });
    await expect(call).rejects.toHaveProperty('name', 'AbortError');
  });

  test('is ended by close', async () => {
    const file = `${makeFolder()}/file`;
    const plugin = await openPlugin(fixture('reports-and-hangs', language), { python });
    const running = plugin.call('get_password_list', { server_hostname: file });
    const rejected = expect(running).rejects.toHaveProperty('name', 'AbortError');
    const pid = Number((await waitForFile(`${file}.held`)).split(' ')[0]);
    await plugin.close();
    expect(alive([pid])).toEqual([]);
    await rejected;
    await expect(plugin.call('get_password_list')).rejects.toHaveProperty('name', 'AbortError');
    await plugin.close();
  });
});

test.concurrent('a plugin that cleans up and exits at the polite signal was not forced', async () => {
  const { outcome } = await callFixture('ends-at-sigterm', {}, { proxyTimeoutMs });
  expect(outcome).toMatchObject({ kind: 'timed-out', forced: false, phase: 'hook', log: 'cleaned up\n' });
});

test.concurrent.each(languages)('a %s plugin that stops itself is killed after the grace', async (language) => {
  const { outcome } = await callFixture(
    'exits',
    { server_username: 'a signal', server_port: 19 },
    { language, proxyTimeoutMs },
  );
  expect(outcome).toMatchObject({ kind: 'timed-out', forced: true, phase: 'hook' });
});

test.concurrent('a reply after the end of the time does not count', async () => {
  const record = await callFixture('replies-after-sigterm', {}, { proxyTimeoutMs, cookie });
  expect(record).toMatchObject({ outcome: { kind: 'timed-out', forced: false }, verdict: null, cookie: kept });
  expect(problemsOf(record)).toEqual([]);
});

test.each(languages)('a %s plugin that has replied in time is not late because the host is busy', async (language) => {
  const running = callFixture('takes-time', { server_port: 300 }, { language, proxyTimeoutMs: 3000 });
  await sleep(200);
  const end = performance.now() + 1700;
  while (performance.now() < end); // the reply and the end of its time come meanwhile
  expect((await running).outcome).toMatchObject({ kind: 'returned', value: { passwords: ['in time'] } });
});
