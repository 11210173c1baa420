import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin } from '../../src/index.ts';
import {
  alive,
  callFixture,
  fixture,
  languages,
  makeFolder,
  problemsOf,
  python,
  reasonOf,
  stateOf,
  waitForFile,
  waitForPid,
  waitUntil,
} from './fixture.ts';
import { untilTimeIsUp, withoutClock } from './held-clock.ts';

const pluginTimeoutMs = 300_000;
const kept = { before: { kept: 1 }, after: { kept: 1 } };
const cookie = { kept: 1 };

const makeFile = (): string => path.join(makeFolder(), 'file');

/** A call whose time is up when the plugin is where it hangs. */
async function callUntilThere(
  behaviour: string,
  { isForced = false, ...options }: Parameters<typeof callFixture>[2] & { isForced?: boolean } = {},
) {
  const here = makeFile();
  return untilTimeIsUp(
    () => callFixture(behaviour, {}, { ...options, here }),
    () => waitForFile(here),
    { isForced },
  );
}

describe.concurrent.each(languages)('a %s plugin', (language) => {
  test.each([
    { place: 'while it is imported', behaviour: 'hangs-at-import', hook: 'get_password_list', phase: 'import' },
    { place: 'in its constructor', behaviour: 'hangs-in-constructor', hook: 'get_password_list', phase: 'constructor' },
    { place: 'in a hook', behaviour: 'hangs', hook: 'get_password_list', phase: 'hook' },
    { place: 'in authentication_completed', behaviour: 'hangs', hook: 'authentication_completed', phase: 'hook' },
    { place: 'in session_ended', behaviour: 'hangs', hook: 'session_ended', phase: 'hook' },
  ])('that hangs $place is over its time after half of the proxy timeout', async ({ behaviour, hook, phase }) => {
    const options = { language, hook, cookie, sessionCookie: cookie };
    const { result: record, allowedMs } = await callUntilThere(behaviour, options);
    expect(record).toMatchObject({
      outcome: { kind: 'timed-out', pluginTimeoutMs, forced: false, phase, truncated: false },
      verdict: null,
      cookie: kept,
      sessionCookie: kept,
      deadline: { proxyTimeoutMs: 2 * pluginTimeoutMs, pluginTimeoutMs },
      problems: [],
    });
    // From the child's start on, which the host learns of a moment later.
    expect(allowedMs).toEqual([expect.closeTo(pluginTimeoutMs, -5)]);
    expect(Math.max(...allowedMs)).toBeLessThanOrEqual(pluginTimeoutMs);
    if (hook === 'get_password_list' && phase === 'hook') expect(record.outcome.log).toBe('still here\n');
  });

  test('that ignores the polite signal is killed after the grace', async () => {
    const { result } = await callUntilThere('ignores-sigterm', { language, isForced: true });
    expect(result.outcome).toMatchObject({ kind: 'timed-out', forced: true, phase: 'hook' });
    expect(result.outcome.log).toMatch(/^(asked to end\n)?$/); // on a busy machine it is killed before it says so
  });

  test('can be called right after a call that was over its time', async () => {
    await using plugin = await openPlugin(fixture('takes-time', language), { python, processes: 'cold' });
    const { result: late } = await untilTimeIsUp(
      () => plugin.call('get_password_list', { server_port: 600_000 }),
      ({ saysLine }) => saysLine('phase hook'),
    );
    expect(late.outcome).toMatchObject({ kind: 'timed-out', forced: false });
    const next = await plugin.call('get_password_list', { server_port: 0 });
    expect(next.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['in time'] } });
  });

  test('has all of its time in each of two calls', async () => {
    await using plugin = await openPlugin(fixture('takes-time', language), { python, processes: 'cold' });
    for (const round of [1, 2]) {
      const { result, allowedMs } = await withoutClock(() => plugin.call('get_password_list', { server_port: 200 }));
      expect(result.outcome, `round ${round}`).toMatchObject({ kind: 'returned' });
      expect(result.outcome.durationMs).toBeGreaterThan(199);
      expect(allowedMs).toEqual([expect.closeTo(pluginTimeoutMs, -5)]);
    }
  });

  test('has a time of its own in each of several calls at once, by the clock of the machine', async () => {
    const call = async (timeoutMs: number, server_port: number): Promise<{ kind: string; durationMs: number }> =>
      (await callFixture('takes-time', { server_port }, { language, proxyTimeoutMs: timeoutMs })).outcome;
    const [short, shorter, long, longer] = await Promise.all([
      call(600, 600_000),
      call(1000, 600_000),
      call(600_000, 1200),
      call(500_000, 100),
    ]);
    expect([short, shorter, long, longer].map(({ kind }) => kind)).toEqual([
      'timed-out',
      'timed-out',
      'returned',
      'returned',
    ]);
    expect(short.durationMs).toBeGreaterThanOrEqual(299);
    expect(shorter.durationMs).toBeGreaterThanOrEqual(499);
  });

  test('is ended by an aborted signal; the call rejects with its reason once the process is gone', async () => {
    const file = makeFile();
    const abort = new AbortController();
    const running = callFixture('reports-and-hangs', { server_hostname: file }, { language, signal: abort.signal });
    const reason = reasonOf(running);
    const pid = Number((await waitForFile(`${file}.held`)).split(' ')[0]);
    expect(alive([pid])).toEqual([pid]);
    const left = reason.then(() => alive([pid]));
    abort.abort(new Error('enough'));
    expect(await left).toEqual([]);
    expect(await reason).toHaveProperty('message', 'enough');
  });

  test('is not started for a signal that is already aborted', async () => {
    const call = callFixture('takes-time', { server_port: 0 }, { language, signal: AbortSignal.abort() });
    await expect(call).rejects.toHaveProperty('name', 'AbortError');
  });

  test('is ended by close', async () => {
    const file = makeFile();
    const plugin = await openPlugin(fixture('reports-and-hangs', language), { python });
    const reason = reasonOf(plugin.call('get_password_list', { server_hostname: file }));
    const pid = Number((await waitForFile(`${file}.held`)).split(' ')[0]);
    await plugin.close();
    expect(alive([pid])).toEqual([]);
    expect(await reason).toHaveProperty('name', 'AbortError');
    await expect(plugin.call('get_password_list')).rejects.toHaveProperty('name', 'AbortError');
    await plugin.close();
  });

  test('that stops itself is killed after the grace', async () => {
    const here = makeFile();
    const kwargs = { server_username: 'a signal', server_port: 19 };
    const { result } = await untilTimeIsUp(
      () => callFixture('exits', kwargs, { language, here }),
      async () => {
        const pid = await waitForPid(here);
        await waitUntil(() => stateOf(pid) === 'T');
      },
      { isForced: true },
    );
    expect(result.outcome).toMatchObject({ kind: 'timed-out', forced: true, phase: 'hook' });
  });
});

test.concurrent('a plugin that cleans up and exits at the polite signal was not forced', async () => {
  const { result } = await callUntilThere('ends-at-sigterm');
  expect(result.outcome).toMatchObject({ kind: 'timed-out', forced: false, phase: 'hook', log: 'cleaned up\n' });
});

test.concurrent('a reply after the end of the time does not count', async () => {
  const { result: record } = await callUntilThere('replies-after-sigterm', { cookie });
  expect(record).toMatchObject({ outcome: { kind: 'timed-out', forced: false }, verdict: null, cookie: kept });
  expect(problemsOf(record)).toEqual([]);
});

test.each(languages)('a %s plugin that has replied in time is not late because the host is busy', async (language) => {
  const here = makeFile();
  const { result } = await untilTimeIsUp(
    () => callFixture('takes-time', { server_port: 300 }, { language, here }),
    async ({ timeIsUp }) => {
      const pid = await waitForPid(here);
      await new Promise(setImmediate); // what comes next in the loop of events are timers, before what was read
      timeIsUp();
      while (alive([pid]).length > 0); // the reply and the end of its time come meanwhile
    },
  );
  expect(result.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['in time'] } });
});
