import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RedisStore } from '../../../src/sps/stores/redis-store.ts';
import { makeFolder } from '../fixture.ts';
import { type Script, type ScriptedPlugins, writePlugins } from '../gateway/scripted-plugins.ts';
import { killSsh, runSsh, type SshRun } from '../gateway/ssh-client.ts';
import { startEchoServer } from '../gateway/wire/echo-server.ts';
import { type GatewayProcess, startGatewayProcess } from '../gateway/wire/gateway-process.ts';
import { logIn } from '../gateway/wire/log-in.ts';
import { hasRedis, startRedis } from '../redis-server.ts';

const password = 's3cr3t-of-redis';
const passwordOfTarget = 'svc-Pass1';
const question = { return: { verdict: 'NEEDINFO', question: ['code', 'Code: ', true] } };
const gateways = new Set<GatewayProcess>();
const runs: SshRun[] = [];
let folder = '';
let redis: Awaited<ReturnType<typeof startRedis>>;
let url = '';

/** With a state folder of its own, as on another machine. */
async function start({ plugins }: ScriptedPlugins, host: string, ...args: string[]): Promise<GatewayProcess> {
  const local = { PLUGIN_HOST_STATE: path.join(folder, host) };
  const gateway = await startGatewayProcess(plugins, ['--state', url, ...args], local);
  gateways.add(gateway);
  return gateway;
}

const write = (script: Script, types: ('aa' | 'credentialstore')[]): ScriptedPlugins =>
  writePlugins(makeFolder(), script, types);

describe.skipIf(!hasRedis)('gateways on one Redis server', () => {
  beforeAll(async () => {
    folder = makeFolder();
    redis = await startRedis(folder, password);
    url = `redis://:${password}@127.0.0.1:${redis.port}`;
  });
  afterEach(async () => {
    for (const run of runs.splice(0)) killSsh(run);
    await Promise.all([...gateways].map((each) => each.kill()));
    gateways.clear();
  });
  afterAll(async () => {
    await redis.stop();
  });

  test(
    'end the session of one that was killed, once, and leave those of living ones alone',
    { timeout: 90_000 },
    async () => {
      const plugins = write({ authenticate: question }, ['aa']);
      const [killed, ...living] = await Promise.all(['one', 'two', 'three'].map((host) => start(plugins, host)));
      for (const { port } of [killed, ...living] as GatewayProcess[]) {
        const run = runSsh(folder, { port, login: 'root@127.0.0.1' });
        runs.push(run);
        await expect.poll(() => run.asked()).toEqual(['Code: ']);
      }
      const first = plugins.calls()[0]?.kwargs['session_id'];
      await killed?.kill();
      const ends = (): unknown[] =>
        plugins.calls().flatMap(({ hook, kwargs }) => (hook === 'session_ended' ? [kwargs] : []));
      await expect.poll(ends, { timeout: 40_000 }).toMatchObject([{ session_id: first, cookie: { authenticate: 1 } }]);
      await using store = await RedisStore.open(url);
      const endings = async (): Promise<(string | null)[]> => (await store.list()).map(({ ended }) => ended);
      await expect.poll(async () => (await endings()).toSorted()).toEqual(['gateway-stopped', null, null]);
      for (const each of living) expect((await each.stop()).exitCode).toBe(0);
      expect(ends()).toHaveLength(3);
      expect(await endings()).toEqual(['gateway-stopped', 'gateway-stopped', 'gateway-stopped']);
    },
  );

  test('share the keys of targets: one that is learnt is known to all, and none takes another one', async () => {
    const script = { get_password_list: { return: { passwords: [passwordOfTarget] } } };
    const plugins = write(script, ['aa', 'credentialstore']);
    const [learning, strict] = await Promise.all([
      start(plugins, 'learning'),
      start(plugins, 'strict', '--target-host-key', 'strict'),
    ]);
    const target = await startEchoServer(passwordOfTarget);
    const login = `svc@127.0.0.1:${target.port}`;
    expect(await logIn(strict.port, login)).toBe(false);
    expect(await logIn(learning.port, login)).toBe(true);
    expect(await logIn(strict.port, login)).toBe(true);
    await target.close();
    const other = await startEchoServer(passwordOfTarget, target.port);
    expect(await logIn(learning.port, login)).toBe(false);
    expect(await logIn(strict.port, login)).toBe(false);
    await other.close();
    const { stderr } = await learning.stop();
    expect(stderr).toContain('host-key');
    expect(stderr).not.toContain(password);
  });
});
