import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { SessionStore } from '../../../src/sps/store/session-store.ts';
import { makeFolder, runHost } from '../fixture.ts';
import { writePlugins } from './scripted-plugins.ts';
import { killSsh, runSsh, type SshRun } from './ssh-client.ts';
import { type GatewayReady, spawnGateway } from './wire/gateway-process.ts';

const children = new Set<ChildProcess>();
const runs: SshRun[] = [];

afterEach(async () => {
  for (const run of runs.splice(0)) killSsh(run);
  for (const child of children) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  children.clear();
});

interface Started {
  child: ChildProcess;
  ready: GatewayReady;
}

async function start(plugins: readonly string[], ...args: string[]): Promise<Started> {
  const { child, ready } = spawnGateway(plugins, args);
  children.add(child);
  return { child, ready: await ready };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  children.delete(child);
  child.kill(signal);
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode;
}

test('the sessions of a gateway that was killed end with the next one, each once; those of a living one are left alone', async () => {
  const folder = makeFolder();
  const state = path.join(folder, 'state');
  const question = { return: { verdict: 'NEEDINFO', question: ['code', 'Code: ', true] } };
  const { plugins, hooks, calls } = writePlugins(folder, { authenticate: question }, ['aa']);
  const first = await start(plugins, '--state', state);
  expect(first.ready).toMatchObject({ pid: first.child.pid, plugins: [{ type: 'aa', name: 'Scripted_aa' }] });
  const run = runSsh(folder, { port: first.ready.port, login: 'root@127.0.0.1' });
  runs.push(run);
  await expect.poll(() => run.asked()).toEqual(['Code: ']);
  const [name = ''] = new SessionStore(state).names();

  const second = await start(plugins, '--state', state);
  expect(hooks()).toEqual(['authenticate']);
  for (const command of ['end', 'rm']) {
    const { exitCode, json } = await runHost<{ error: { code: string } }>('session', command, name, '--state', state);
    expect({ exitCode, json }).toMatchObject({ exitCode: 1, json: { error: { code: 'SESSION_BUSY' } } });
  }
  expect(second.ready.hostKey).toEqual(first.ready.hostKey);

  await stop(first.child, 'SIGKILL');
  const log = path.join(folder, 'log');
  const third = await start(plugins, '--state', state, '--log', log);
  expect(hooks()).toEqual(['authenticate', 'session_ended']);
  expect(calls()[1]).toMatchObject({ kwargs: { cookie: { authenticate: 1 } } });
  expect(new SessionStore(state).readFacts(name)).toMatchObject({ ended: 'gateway-stopped', owner: null });
  const events = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(events).toMatchObject([{ session: name, event: 'ended', ended: 'gateway-stopped' }, { event: 'listening' }]);

  expect(await stop(third.child, 'SIGTERM')).toBe(0);
  expect(await stop(second.child, 'SIGINT')).toBe(130);
  expect(hooks()).toEqual(['authenticate', 'session_ended']);
});

test('a signal ends a gateway that is still ending the sessions of a killed one; they wait for the next', async () => {
  const folder = makeFolder();
  const state = path.join(folder, 'state');
  const script = {
    authenticate: { return: { verdict: 'NEEDINFO', question: ['code', 'Code: ', true] } },
    session_ended: { sleepMs: 60_000 },
  };
  const { plugins, hooks } = writePlugins(folder, script, ['aa']);
  const { child, ready } = await start(plugins, '--state', state);
  const run = runSsh(folder, { port: ready.port, login: 'root@127.0.0.1' });
  runs.push(run);
  await expect.poll(() => run.asked()).toEqual(['Code: ']);
  await stop(child, 'SIGKILL');
  const started = start(plugins, '--state', state);
  const [name = ''] = new SessionStore(state).names();
  await expect.poll(() => hooks()).toContain('session_ended');
  const [next] = children;
  next?.kill('SIGTERM');
  const { child: second } = await started;
  children.delete(second);
  if (second.exitCode === null) await once(second, 'exit');
  expect(second.exitCode).toBe(0);
  expect(new SessionStore(state).readFacts(name)).toMatchObject({ ended: null });
});

test('session end ends a session whose gateway was killed', async () => {
  const folder = makeFolder();
  const state = path.join(folder, 'state');
  const question = { return: { verdict: 'NEEDINFO', question: ['code', 'Code: ', true] } };
  const { plugins, hooks } = writePlugins(folder, { authenticate: question }, ['aa']);
  const { child, ready } = await start(plugins, '--state', state);
  const run = runSsh(folder, { port: ready.port, login: 'root@127.0.0.1' });
  runs.push(run);
  await expect.poll(() => run.asked()).toEqual(['Code: ']);
  await stop(child, 'SIGKILL');
  const [name = ''] = new SessionStore(state).names();
  expect((await runHost('session', 'end', name, '--state', state)).exitCode).toBe(0);
  expect(hooks()).toEqual(['authenticate', 'session_ended']);
  const { json } = await runHost<object>('session', 'show', name, '--state', state);
  expect(json).toMatchObject({
    origin: 'gateway',
    ended: 'gateway-stopped',
    gateway: { reason: 'the gateway was killed' },
  });
});

test.each([
  ['an address that others can reach', ['--listen', '0.0.0.0:0'], 'NOT_LOOPBACK'],
  ['what is no address', ['--listen', '2222'], 'USAGE'],
  ['a pattern that is none', ['--allow-target', 'a:b'], 'USAGE'],
  ['a key that is none', ['--host-key', 'MANIFEST'], 'USAGE'],
])('%s is refused before it listens', async (_, args, code) => {
  const folder = makeFolder();
  const { plugins } = writePlugins(folder, {}, ['aa']);
  const { exitCode, json } = await runHost<object>(
    'gateway',
    '-p',
    plugins[0] ?? '',
    '--state',
    path.join(folder, 's'),
    ...args,
  );
  expect({ exitCode, json }).toMatchObject({ exitCode: 2, json: { error: { code } } });
});
