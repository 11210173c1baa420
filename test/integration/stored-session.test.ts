import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CallRecord, type Json, openPlugin, openSession } from '../../src/index.ts';
import {
  alive,
  fixture,
  type HostRun,
  languages,
  makeFolder,
  problemsOf,
  python,
  reasonOf,
  runHost,
  type RunningHost,
  startHost,
  waitForFile,
} from './fixture.ts';
import { type HostCall, makeStore } from './store.ts';

const both = { cookie: { own: 1 }, session_cookie: { shared: 1 } };

describe.concurrent.each(languages)('a stored session of a %s plugin', (language) => {
  // What a reply means is one for both languages.
  const ofReplies = language === 'python' ? {} : { tags: ['thorough'] };

  test('replaces the cookies that come back and keeps those that do not', async () => {
    const { call } = makeStore();
    const first = await call({ language, told: both });
    expect(first).toMatchObject({
      session: 'demo',
      cookie: { before: {}, after: { own: 1 } },
      sessionCookie: { before: {}, after: { shared: 1 } },
    });
    const second = await call({ language, told: { cookie: { other: 2 } } });
    expect(second.cookie).toEqual({ before: { own: 1 }, after: { other: 2 } });
    expect(second.sessionCookie).toEqual({ before: { shared: 1 }, after: { shared: 1 } });
    const third = await call({ language, told: { cookie: {}, session_cookie: { another: 3 } } });
    expect(third.cookie).toEqual({ before: { other: 2 }, after: {} });
    expect(third.sessionCookie).toEqual({ before: { shared: 1 }, after: { another: 3 } });
    const last = await call({ language, told: null });
    expect(last.cookie).toEqual({ before: {}, after: {} });
    expect(last.sessionCookie).toEqual({ before: { another: 3 }, after: { another: 3 } });
  });

  test.each<{ what: string; next: HostCall; kind: string }>([
    { what: 'returns nothing', next: { told: null }, kind: 'returned' },
    { what: 'returns None as both cookies', next: { told: { cookie: null, session_cookie: null } }, kind: 'returned' },
    {
      what: 'returns a list as cookie',
      next: { told: { cookie: [], session_cookie: { lost: 1 } } },
      kind: 'malformed',
    },
    { what: 'returns no mapping', next: { told: [] }, kind: 'malformed' },
    {
      what: 'returns cookies from session_ended',
      next: { hook: 'session_ended', told: { cookie: { lost: 1 }, session_cookie: { lost: 1 } } },
      kind: 'returned',
    },
  ])('is not changed by a call that $what', ofReplies, async ({ next, kind }) => {
    const { call, cookies } = makeStore();
    await call({ language, told: both });
    expect((await call({ language, ...next })).outcome.kind).toBe(kind);
    expect(await cookies()).toEqual({ cookie: { own: 1 }, sessionCookie: { shared: 1 } });
  });
});

test.concurrent.each([
  { what: 'raises', behaviour: 'raises', kind: 'raised', more: [] },
  {
    what: 'crashes',
    behaviour: 'exits',
    kind: 'crashed',
    more: ['--set', 'server_username=os._exit', '--set', 'server_port=0'],
  },
  {
    what: 'is over its time',
    behaviour: 'replies-after-sigterm',
    kind: 'timed-out',
    more: ['--proxy-timeout', '600ms'],
  },
])('a call that $what changes no session cookie and is kept as a step', async ({ behaviour, kind, more }) => {
  const { call, invoke, steps } = makeStore();
  await call({ told: both });
  const { exitCode, json } = await invoke({ behaviour, more });
  expect(exitCode).toBe(1);
  expect(json.sessionCookie).toEqual({ before: { shared: 1 }, after: { shared: 1 } });
  expect(json.cookie).toEqual({ before: {}, after: {} });
  expect((await steps()).map(({ n, outcome }) => [n, outcome.kind])).toEqual([
    [1, 'returned'],
    [2, kind],
  ]);
});

test.concurrent(
  'the session cookie is shared by an AA plugin and a credential store plugin, the cookies are not',
  async () => {
    const { invoke } = makeStore();
    const aa: HostCall = { behaviour: 'returns-as-told', hook: 'authenticate' };
    await invoke({ ...aa, told: { verdict: 'ACCEPT', cookie: { of: 'aa' }, session_cookie: { from: 'aa' } } });
    const store = await invoke({ told: { cookie: { of: 'store' }, session_cookie: { from: 'store' } } });
    expect(store.json.cookie).toEqual({ before: {}, after: { of: 'store' } });
    expect(store.json.sessionCookie).toEqual({ before: { from: 'aa' }, after: { from: 'store' } });
    const authorize = await invoke({ ...aa, hook: 'authorize', told: { verdict: 'ACCEPT' } });
    expect(authorize.json.cookie).toEqual({ before: { of: 'aa' }, after: { of: 'aa' } });
    expect(authorize.json.sessionCookie.before).toEqual({ from: 'store' });
  },
);

test.concurrent('sessions of other names have cookies of their own; without a session nothing is kept', async () => {
  const { call, argumentsOf, cookies } = makeStore();
  await call({ told: both });
  const other = await call({ session: 'other', told: null });
  expect(other.cookie.before).toEqual({});
  const none = argumentsOf({ told: { cookie: { lost: 1 } } });
  none.splice(none.indexOf('--session'), 2);
  expect((await runHost(...none)).json).toMatchObject({ session: null, cookie: { before: {}, after: { lost: 1 } } });
  expect((await cookies()).cookie).toEqual({ own: 1 });
});

test.concurrent('cookies given for a call are used instead of those of the session', async () => {
  const { call, invoke } = makeStore();
  await call({ told: both });
  const { json } = await invoke({ told: null, more: ['--cookie', '{"given":1}', '--session-cookie', '{"given":2}'] });
  expect(json).toMatchObject({ cookie: { before: { given: 1 } }, sessionCookie: { before: { given: 2 } } });
  expect(json.cookie.before).not.toHaveProperty('own');
});

test.concurrent('the session is named in the session id', async () => {
  const { call } = makeStore();
  const { kwargs } = await call({ behaviour: 'hook-takes-all' });
  expect(kwargs['session_id']).toBe('svc/demo/example:0');
});

test('calls of one session at once never overlap', async () => {
  const count = 5;
  const { state, argumentsOf, invoke, steps } = makeStore();
  const file = path.join(path.dirname(state), 'times');
  const more = ['--set', `server_hostname=${file}`, '--json'];
  const behaviour = 'logs-its-time';
  const runs = Array.from({ length: count }, () => startHost(argumentsOf({ behaviour, more })));
  const ends = await Promise.all(runs.map(({ ended }) => ended));
  expect(ends.map(({ exitCode }) => exitCode)).toEqual(Array(count).fill(0));
  expect(readFileSync(file, 'utf8')).toBe('start\nend\n'.repeat(count));
  const calls = ends.map(({ stdout }) => (JSON.parse(stdout) as CallRecord).cookie.after['calls']);
  expect(calls.sort()).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  expect((await steps()).map(({ n }) => n)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  const next = await invoke({ behaviour, more: more.slice(0, 2) });
  expect(next.json.cookie).toEqual({ before: { calls: count }, after: { calls: count + 1 } });
});

describe.concurrent('a session whose call is under way', () => {
  async function startHanging(): Promise<ReturnType<typeof makeStore> & { host: RunningHost; pid: number }> {
    const store = makeStore();
    await store.call({ told: both });
    const file = path.join(path.dirname(store.state), 'file');
    const host = startHost(
      store.argumentsOf({ behaviour: 'reports-and-hangs', more: ['--set', `server_hostname=${file}`] }),
    );
    const pid = Number((await waitForFile(`${file}.held`)).split(' ')[0]);
    return { ...store, host, pid };
  }

  test('loses only that call when the host is killed', async () => {
    const { host, cookies, steps, session, call } = await startHanging();
    host.kill('SIGKILL');
    await host.ended;
    expect(await steps()).toHaveLength(1);
    expect(await cookies()).toEqual({ cookie: { own: 1 }, sessionCookie: { shared: 1 } });
    await call({ told: { cookie: { own: 2 } } });
    expect(await cookies()).toEqual({ cookie: { own: 2 }, sessionCookie: { shared: 1 } });
    expect((await session('ls')).json).toMatchObject([{ name: 'demo', steps: 4 }]);
  });

  test('loses only that call when the host is interrupted', async () => {
    const { host, cookies, steps, pid } = await startHanging();
    host.kill('SIGINT');
    expect((await host.ended).exitCode).toBe(130);
    expect(alive([pid])).toEqual([]);
    expect(await steps()).toHaveLength(1);
    expect(await cookies()).toEqual({ cookie: { own: 1 }, sessionCookie: { shared: 1 } });
  });

  test('can be listed and shown meanwhile', async () => {
    const { steps, session, host } = await startHanging();
    expect(await steps()).toHaveLength(1);
    expect((await session('ls')).json).toMatchObject([{ name: 'demo', steps: 1 }]);
    host.kill('SIGINT');
    await host.ended;
  });

  test('has other calls wait, which say so and can be interrupted', async () => {
    const { host, argumentsOf, steps } = await startHanging();
    const waiting = startHost([...argumentsOf({ told: null }), '--json']);
    const run = await interruptWhenWaiting(waiting);
    expect(run.stderr).toContain('demo');
    expect(run.exitCode).toBe(130);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'INTERRUPTED' } });
    host.kill('SIGKILL');
    await host.ended;
    expect(await steps()).toHaveLength(1);
  });
});

async function interruptWhenWaiting(waiting: RunningHost): Promise<HostRun> {
  await waiting.said('waiting');
  waiting.kill('SIGINT');
  return waiting.ended;
}

/** A hook whose arguments are not looked at: these fixtures return what they get as a name. */
const asText = (hook: string): string => hook;

describe.concurrent('a session of the library', () => {
  test('shares the session cookie, keeps the cookies apart and ends each plugin once', async () => {
    await using aa = await openPlugin(fixture('returns-as-told'), { python });
    await using credentialstore = await openPlugin(fixture('store-returns-as-told'), { python });
    await using session = await openSession({ aa, credentialstore });
    await session.call(asText('authenticate'), {
      server_username: { verdict: 'ACCEPT', cookie: { of: 'aa' }, session_cookie: { from: 'aa' } },
    });
    const store = await session.call(asText('get_password_list'), { server_username: { cookie: { of: 'store' } } });
    expect(store).toMatchObject({
      cookie: { before: {}, after: { of: 'store' } },
      sessionCookie: { before: { from: 'aa' } },
    });
    const ended = await session.end();
    expect(ended.map(({ plugin, hook, cookie }) => [plugin.type, hook, cookie.before])).toEqual([
      ['credentialstore', 'session_ended', { of: 'store' }],
      ['aa', 'session_ended', { of: 'aa' }],
    ]);
    expect(await session.end()).toEqual([]);
  });

  test('does not end a plugin again that was told of the end by name', async () => {
    await using aa = await openPlugin(fixture('returns-as-told'), { python });
    await using credentialstore = await openPlugin(fixture('store-returns-as-told'), { python });
    await using session = await openSession({ aa, credentialstore });
    await session.call(asText('authenticate'), { server_username: { verdict: 'ACCEPT' } });
    await session.call(asText('get_password_list'), { server_username: {} });
    await session.call('session_ended', {}, { plugin: 'aa' });
    expect((await session.end()).map(({ plugin }) => plugin.type)).toEqual(['credentialstore']);
  });

  test('keeps answers and runs one call after the other', async () => {
    await using aa = await openPlugin(fixture('asks-for-a-secret'), { python });
    await using session = await openSession({ aa });
    const [first, second, third] = await Promise.all([
      session.call('authenticate'),
      session.call('authenticate', { key_value_pairs: { word: 'told' } }),
      session.call('authenticate'),
    ]);
    expect([first.verdict, second.verdict, third.verdict]).toEqual(['NEEDINFO', 'ACCEPT', 'ACCEPT']);
    expect(third.cookie.before).toEqual({ word: 'told' });
  });

  test('goes on after a call that was aborted', async () => {
    await using credentialstore = await openPlugin(fixture('takes-time'), { python });
    await using session = await openSession({ credentialstore });
    const aborted = session.call('get_password_list', { server_port: 60_000 }, { signal: AbortSignal.timeout(300) });
    const next = session.call('get_password_list', { server_port: 0 });
    await expect(aborted).rejects.toHaveProperty('name', 'TimeoutError');
    expect((await next).outcome.kind).toBe('returned');
    expect(problemsOf(await next)).toEqual([]);
  });

  test('waits for a call of the stored session that is under way, until it is aborted', async () => {
    const store = { name: 'demo', stateDir: makeStore().state };
    await using credentialstore = await openPlugin(fixture('reports-and-hangs'), { python });
    await using one = await openSession({ credentialstore, store });
    await using other = await openSession({ credentialstore, store });
    const file = path.join(path.dirname(store.stateDir), 'file');
    const reason = reasonOf(one.call('get_password_list', { server_hostname: file }));
    await waitForFile(`${file}.held`);
    const waiting = other.call('get_password_list', {}, { signal: AbortSignal.timeout(50) });
    await expect(waiting).rejects.toHaveProperty('name', 'TimeoutError');
    await one.close();
    expect(await reason).toHaveProperty('name', 'AbortError');
  });

  test('is the stored one when it has a name', async () => {
    const { state, cookies } = makeStore();
    await using credentialstore = await openPlugin(fixture('store-returns-as-told'), { python });
    await using session = await openSession({ credentialstore, store: { name: 'demo', stateDir: state } });
    const record = await session.call(asText('get_password_list'), { server_username: both });
    expect(record.session).toBe('demo');
    expect(await cookies()).toEqual({ cookie: { own: 1 }, sessionCookie: { shared: 1 } });
  });
});

describe('a call that cannot be kept in its session', () => {
  test('is told with all that came of it, and that it is not kept; the next one goes on from there', async () => {
    const stateDir = path.join(makeFolder(), 'state');
    const store = { name: 'demo', stateDir };
    await using session = await openSession({ credentialstore: fixture('removes-a-folder'), store });
    const call = async (folder: string): Promise<{ calls: Json | undefined; problems: string[] }> => {
      const record = await session.call('get_password_list', { server_username: folder });
      return { calls: record.cookie.after['calls'], problems: problemsOf(record) };
    };
    expect(await call('none')).toEqual({ calls: 1, problems: [] });
    expect(await call(stateDir)).toEqual({ calls: 2, problems: ['error NOT_STORED'] });
    expect(await call('none')).toEqual({ calls: 3, problems: ['error NOT_STORED'] });
  });

  test('makes a command exit 1, with its document', async () => {
    const { state, argumentsOf } = makeStore();
    const args = argumentsOf({ behaviour: 'removes-a-folder', told: state });
    const { exitCode, json } = await runHost(...args);
    expect({ exitCode, problems: problemsOf(json) }).toEqual({ exitCode: 1, problems: ['error NOT_STORED'] });
    expect(json.problems[0]?.message).toContain(`${path.join(state, 'sessions/demo.db')}: it was removed`);
  });
});
