import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openSession, type JsonObject } from '../../src/index.ts';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { watchSessions } from '../../src/sps/store/watch-sessions.ts';
import { makeFolder, runHost } from './fixture.ts';

const otp = path.resolve(import.meta.dirname, '../../sample-plugins/otp-ts');
const folder = makeFolder();

async function session(stateDir: string, ...args: string[]): Promise<JsonObject> {
  return (await runHost<JsonObject>('session', ...args, '--state', stateDir)).json;
}

/** What `session show` and `session ls` say of a session besides its steps, which must be the same. */
async function factsOf(stateDir: string, name = 'demo'): Promise<unknown> {
  const { steps, ...facts } = await session(stateDir, 'show', name);
  expect(steps).not.toEqual([]);
  const listed = (await session(stateDir, 'ls')) as unknown as JsonObject[];
  const { session: shown, ...others } = facts;
  expect(listed.find((each) => each['name'] === shown)).toMatchObject(others);
  return facts;
}

describe('what is known of a session as a whole', () => {
  test('of calls made one by one: who made it, by which protocol, and no end before `session end`', async () => {
    const stateDir = path.join(folder, 'invoked');
    const call = ['invoke', 'authenticate', '-p', otp, '--session', 'demo', '--state', stateDir];
    await runHost(...call);
    const facts = {
      session: 'demo',
      origin: 'invoke',
      ended: null,
      gatewayUser: null,
      gatewayGroups: null,
      protocol: 'ssh',
    };
    expect(await factsOf(stateDir)).toEqual(facts);
    await session(stateDir, 'end', 'demo');
    expect(await factsOf(stateDir)).toEqual({ ...facts, ended: 'closed' });
    await runHost(...call, '--connection', 'rdp-gateway');
    expect(await factsOf(stateDir)).toEqual({ ...facts, gatewayUser: 'gatewayuser', protocol: 'rdp' });
  });

  test('of a simulation: while it runs who runs it, at its end how it ended and for which user', async () => {
    const stateDir = path.join(folder, 'simulated');
    const store = new SessionStore(stateDir);
    const seen: unknown[] = [];
    const watch = watchSessions(stateDir, (name) => {
      if (name === undefined || !store.has(name)) return;
      const facts = store.readFacts(name);
      if (facts.ended === null)
        seen.push({ origin: facts.origin, protocol: facts.protocol, runs: store.isRunning(facts) });
    });
    const scenario = path.join(folder, 'scenario.yaml');
    writeFileSync(
      scenario,
      JSON.stringify({ connection: 'ssh-gateway', plugins: { aa: otp }, answers: { otp: '123456' } }),
    );
    try {
      await runHost('simulate', scenario, '--session', 'demo', '--state', stateDir);
      await vi.waitFor(() => {
        expect(seen).toContainEqual({ origin: 'simulate', protocol: 'ssh', runs: true });
      });
    } finally {
      watch.close();
    }
    expect(await factsOf(stateDir)).toEqual({
      session: 'demo',
      origin: 'simulate',
      ended: 'closed',
      gatewayUser: 'gatewayuser',
      gatewayGroups: ['otp-users'],
      protocol: 'ssh',
    });
    expect(store.readFacts('demo')).toMatchObject({ owner: null, endedAt: expect.stringMatching(/^20.*Z$/) });
  });

  test('of a denied one, and after an export and import: all but who made it', async () => {
    const [stateDir, elsewhere] = [path.join(folder, 'denied'), path.join(folder, 'elsewhere')];
    await runHost('simulate', '-p', otp, '--answer', 'otp=000000', '--session', 'demo', '--state', stateDir);
    const facts = await factsOf(stateDir);
    expect(facts).toMatchObject({ origin: 'simulate', ended: 'denied' });
    const file = path.join(folder, 'denied.json');
    await session(stateDir, 'export', 'demo', '-o', file);
    await session(elsewhere, 'import', file);
    expect(await factsOf(elsewhere)).toEqual({ ...(facts as object), origin: 'import' });
  });

  test('of the library', async () => {
    const stateDir = path.join(folder, 'library');
    {
      await using opened = await openSession({ aa: otp, store: { name: 'demo', stateDir } });
      await opened.call('authenticate');
      expect(await factsOf(stateDir)).toMatchObject({ origin: 'library', ended: null });
      await opened.end();
    }
    expect(await factsOf(stateDir)).toMatchObject({ origin: 'library', ended: 'closed' });
  });
});
