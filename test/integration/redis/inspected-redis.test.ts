import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Inspector, openPlugin, startInspector } from '../../../src/index.ts';
import { RedisStore } from '../../../src/sps/stores/redis-store.ts';
import { makeFolder, runHost, startHost } from '../fixture.ts';
import { hasRedis, startRedis } from '../redis-server.ts';

const password = 's3cr3t-of-redis';
const folder = makeFolder();
const otp = path.join(folder, 'otp');
let redis: Awaited<ReturnType<typeof startRedis>>;
let url = '';
let inspector: Inspector | undefined;

interface Listed {
  name: string;
  origin: string;
  steps: number;
}

async function ask<T>(target: string): Promise<T> {
  const { port, token } = inspector as Inspector;
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`http://127.0.0.1:${port}${target}`, { headers });
  return (await answer.json()) as T;
}

const invoke = (...args: string[]): ReturnType<typeof runHost> =>
  runHost('invoke', 'authenticate', '-p', otp, '--state', url, ...args);

describe.skipIf(!hasRedis)('an inspector on a Redis server', () => {
  beforeAll(async () => {
    cpSync(path.resolve(import.meta.dirname, '../../../sample-plugins/otp-ts'), otp, { recursive: true });
    const cases = [
      'plugin: .',
      'cases:',
      '  - name: asks',
      '    steps:',
      '      - hook: authenticate',
      '        expect: {verdict: NEEDINFO}',
    ];
    writeFileSync(path.join(otp, 'otp.plugin-test.yaml'), `${cases.join('\n')}\n`);
    redis = await startRedis(folder, password);
    url = `redis://:${password}@127.0.0.1:${redis.port}`;
  });
  afterEach(async () => {
    await inspector?.close();
    inspector = undefined;
  });
  afterAll(async () => {
    await redis.stop();
  });

  test('lists its sessions, and its document of one is what session show says', async () => {
    await invoke('--session', 'demo');
    inspector = await startInspector({ stateDir: url });
    const { json: listed } = await runHost<Listed[]>('session', 'ls', '--state', url);
    expect((await ask<{ sessions: Listed[] }>('/v1/sessions')).sessions.map(({ name }) => name)).toEqual(
      listed.map(({ name }) => name),
    );
    const { json: shown } = await runHost<object>('session', 'show', 'demo', '--state', url);
    expect(await ask<object>('/v1/sessions/demo')).toMatchObject(shown);
    expect(JSON.stringify(await ask('/v1/info'))).not.toContain(password);
  });

  test('is told within a second of a step that another process has stored', async () => {
    inspector = await startInspector({ stateDir: url });
    const controller = new AbortController();
    const headers = { authorization: `Bearer ${inspector.token}` };
    const { body } = await fetch(`http://127.0.0.1:${inspector.port}/v1/events`, {
      headers,
      signal: controller.signal,
    });
    let told = '';
    const reading = (async () => {
      for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) told += chunk;
    })().catch(() => undefined);
    await startHost(['invoke', 'authenticate', '-p', otp, '--state', url, '--session', 'live']).ended;
    await expect.poll(() => told, { timeout: 1000 }).toMatch(/^event: step\ndata: .*"live"/m);
    controller.abort();
    await reading;
  });

  test('sees calls without a session and tests too, and without an inspector they leave nothing', async () => {
    const names = async (): Promise<string[]> => {
      await using store = await RedisStore.open(url);
      return (await store.names()).filter((name) => name.startsWith('_'));
    };
    await invoke();
    expect(await names()).toEqual([]);
    inspector = await startInspector({ stateDir: url });
    await invoke();
    await expect.poll(names).toEqual([expect.stringMatching(/^_invoke-/)]);
    const [name = ''] = await names();
    const show = async (): Promise<object> => (await runHost<object>('session', 'show', name, '--state', url)).json;
    await expect.poll(show).toMatchObject({ origin: 'invoke', steps: [{ hook: 'authenticate' }] });
    expect((await runHost('test', path.join(otp, 'otp.plugin-test.yaml'), '--state', url)).exitCode).toBe(0);
    expect((await names()).filter((each) => each.startsWith('_test-')).length).toBeGreaterThan(0);

    await using plugin = await openPlugin(otp, { stateDir: url });
    await Promise.all([plugin.call('authenticate', {}), plugin.call('authenticate', {})]);
    await plugin.close();
    const library = (await names()).filter((each) => each.startsWith('_library-'));
    expect(library).toHaveLength(1);
    expect(await ask<object>(`/v1/sessions/${library[0] ?? ''}`)).toMatchObject({ steps: [{ n: 1 }, { n: 2 }] });
  });
});
