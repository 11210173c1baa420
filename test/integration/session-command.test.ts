import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startHost } from './fixture.ts';
import { makeStore } from './store.ts';

const both = { cookie: { own: 1 }, session_cookie: { shared: 1 } };

describe('plugin-host session', () => {
  test('lists, shows, compares and removes', async () => {
    const { call, session, steps } = makeStore();
    expect((await session('ls')).json).toEqual([]);
    await call({ told: both });
    await call({ told: { cookie: { own: 2 } } });
    await call({ session: 'another-one', told: [] });
    const listed = await session<{ name: string; steps: number }[]>('ls');
    expect(listed.json).toMatchObject([
      { name: 'another-one', steps: 1, lastHook: 'get_password_list' },
      { name: 'demo', steps: 2, lastHook: 'get_password_list' },
    ]);
    const shown = await steps();
    expect(shown).toMatchObject([
      {
        n: 1,
        session: 'demo',
        hook: 'get_password_list',
        outcome: { kind: 'returned' },
        cookie: { before: {}, after: { own: 1 } },
      },
      {
        n: 2,
        cookie: { before: { own: 1 }, after: { own: 2 } },
        sessionCookie: { before: { shared: 1 }, after: { shared: 1 } },
      },
    ]);
    expect(shown.map(({ startedAt }) => new Date(startedAt).toISOString())).toEqual(
      shown.map(({ startedAt }) => startedAt),
    );
    expect((await session('diff', 'demo')).json).toMatchObject({
      n: 2,
      cookie: { before: { own: 1 }, after: { own: 2 } },
    });
    expect((await session('diff', 'demo', '1')).json).toMatchObject({
      n: 1,
      cookie: { before: {}, after: { own: 1 } },
    });
    expect((await session('rm', 'demo')).exitCode).toBe(0);
    expect((await session<{ name: string }[]>('ls')).json.map(({ name }) => name)).toEqual(['another-one']);
  });

  test('a removed session starts anew', async () => {
    const { call, session, cookies } = makeStore();
    await call({ told: both });
    await session('rm', 'demo');
    expect(await cookies()).toEqual({ cookie: {}, sessionCookie: {} });
  });

  const demo = makeStore();
  beforeAll(async () => {
    await demo.call({ told: null });
  });

  test.each([
    { args: ['show', 'nobody'], code: 'SESSION_NOT_FOUND' },
    { args: ['diff', 'nobody'], code: 'SESSION_NOT_FOUND' },
    { args: ['rm', 'nobody'], code: 'SESSION_NOT_FOUND' },
    { args: ['show', '../demo'], code: 'SESSION_NAME_INVALID' },
    { args: ['diff', 'demo', '7'], code: 'STEP_NOT_FOUND' },
    { args: ['diff', 'demo', '0'], code: 'STEP_NOT_FOUND' },
  ])('$args is $code', async ({ args, code }) => {
    expect(await demo.session(...args)).toMatchObject({ exitCode: 2, json: { error: { code } } });
  });

  test.each(['', 'a/b', '../a', 'x'.repeat(65), 'ü', 'a b', 'a\n'])('%j is no name of a session', async (name) => {
    const { call, state } = makeStore();
    await expect(call({ session: name, told: null })).rejects.toMatchObject({
      code: 'SESSION_NAME_INVALID',
      exitCode: 2,
    });
    expect(existsSync(state)).toBe(false);
  });

  test('says so of a name that is none', async () => {
    const run = await makeStore().invoke({ session: 'a/b', told: null });
    expect(run).toMatchObject({ exitCode: 2, json: { error: { code: 'SESSION_NAME_INVALID' } } });
  });

  test('lists every name that is one', async () => {
    const { call, session } = makeStore();
    const names = ['-k', '...', '1', 'A.b_c-1', 'x'.repeat(64)];
    for (const name of names) await call({ session: name, told: null });
    expect((await session<{ name: string }[]>('ls')).json.map(({ name }) => name).sort()).toEqual(names);
  });
});

test('state is for its owner only: folder 0700, files 0600, whatever the umask', async () => {
  const { state, argumentsOf } = makeStore();
  const { exitCode } = await startHost(argumentsOf({ told: both }), {
    command: ['sh', '-c', 'umask 0; exec "$@"', 'sh'],
  }).ended;
  expect(exitCode).toBe(0);
  const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);
  expect(mode(state)).toBe('700');
  const entries = readdirSync(state, { recursive: true, withFileTypes: true });
  // Below these, where nobody else comes, plugins keep files of their own.
  const folders = entries.filter((entry) => entry.isDirectory() && entry.parentPath === state);
  expect([...new Set(folders.map(({ name }) => mode(path.join(state, name))))]).toEqual(['700']);
  const databases = entries.filter(({ name }) => name.startsWith('demo'));
  expect(databases.length).toBeGreaterThan(0);
  expect([...new Set(databases.map(({ parentPath, name }) => mode(path.join(parentPath, name))))]).toEqual(['600']);
});

test('a file that is no session is an error of the host, not a crash', async () => {
  const { state, call, invoke, session } = makeStore();
  await call({ told: null });
  const [file = ''] = readdirSync(path.join(state, 'sessions')).filter((name) => name.endsWith('.db'));
  writeFileSync(path.join(state, 'sessions', file), 'no database at all, but long enough to be looked at'.repeat(100));
  expect(await session('show', 'demo')).toMatchObject({ exitCode: 3, json: { error: { code: 'STORE_UNREADABLE' } } });
  expect(await session('ls')).toMatchObject({
    exitCode: 0,
    json: [{ name: 'demo', problem: expect.stringContaining('demo.db') }],
  });
  expect(await invoke({ told: null })).toMatchObject({ exitCode: 3, json: { error: { code: 'STORE_UNREADABLE' } } });
});
