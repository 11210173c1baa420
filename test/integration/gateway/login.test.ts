import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, type GatewayEvent, type GatewayOptions, startGateway } from '../../../src/index.ts';
import { SessionStore } from '../../../src/sps/store/session-store.ts';
import { makeFolder, python } from '../fixture.ts';
import { noRealSshd, type RealSshd, startRealSshd, withRealSshd } from '../platform/real-sshd.ts';
import { type Script, type ScriptedPlugins, writePlugins } from './scripted-plugins.ts';
import { runSsh, type SshOptions, type SshResult } from './ssh-client.ts';

describe.skipIf(noRealSshd !== undefined)(withRealSshd('a login through a gateway'), () => {
  const folder = makeFolder();
  let sshd: RealSshd;
  let key = '';
  const opened: Gateway[] = [];

  beforeAll(async () => {
    execFileSync('ssh-keygen', [
      '-q',
      '-t',
      'rsa',
      '-b',
      '2048',
      '-m',
      'PEM',
      '-N',
      '',
      '-f',
      path.join(folder, 'key'),
    ]);
    key = readFileSync(path.join(folder, 'key'), 'utf8');
    const keys = [readFileSync(path.join(folder, 'key.pub'), 'utf8')];
    sshd = await startRealSshd([{ name: 'svc', password: 'svc-Pass1', keys }]);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((gateway) => gateway.close()));
  });
  afterAll(async () => {
    await sshd.stop();
  });

  interface Started extends ScriptedPlugins {
    gateway: Gateway;
    events: GatewayEvent[];
    store: SessionStore;
    ssh: (options?: Partial<SshOptions>) => Promise<SshResult>;
    /** The only session, once it has ended. */
    session: () => Promise<{ ended: string | null; gateway: unknown }>;
  }

  async function start(script: Script, options: Partial<GatewayOptions> = {}): Promise<Started> {
    const own = makeFolder();
    const scripted = writePlugins(own, script, ['aa', 'credentialstore']);
    const stateDir = path.join(own, 'state');
    const events: GatewayEvent[] = [];
    const gateway = await startGateway({
      plugins: scripted.plugins,
      stateDir,
      python,
      listen: '127.0.0.1:0',
      onEvent: (event) => events.push(event),
      ...options,
    });
    opened.push(gateway);
    const store = new SessionStore(stateDir);
    const { port } = gateway;
    return {
      ...scripted,
      gateway,
      events,
      store,
      ssh: (given) => runSsh(own, { port, login: `svc@127.0.0.1:${sshd.port}`, ...given }).done,
      session: async () => {
        await expect.poll(() => events.some(({ event }) => event === 'ended')).toBe(true);
        return store.readFacts(store.names()[0] ?? '');
      },
    };
  }

  test('asks the plugin’s question, opens the target with the key of the store, and ends each plugin once', async () => {
    const { ssh, hooks, session } = await start({
      authenticate: [
        { return: { verdict: 'NEEDINFO', question: ['code', 'Your code,\n  please: ', true] } },
        { return: { verdict: 'ACCEPT' } },
      ],
      get_private_key_list: { return: { private_keys: [['ssh-rsa', key]] } },
    });
    const result = await ssh({ command: ['id', '-un'], answers: ['654321'] });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'svc\n', asked: ['Your code,\n  please: '] });
    expect(await session()).toMatchObject({ ended: 'closed', gateway: { credential: 'key' } });
    expect(hooks()).toEqual([
      'authenticate',
      'authenticate',
      'authorize',
      'get_private_key_list',
      'authentication_completed',
      'session_ended',
      'session_ended',
    ]);
  });
});
