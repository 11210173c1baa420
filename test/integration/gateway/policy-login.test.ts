import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../fixture.ts';
import { noRealSshd, type RealSshd, startRealSshd, withRealSshd } from '../platform/real-sshd.ts';
import { packSample } from '../serve/pack-sample.ts';
import { Served } from '../serve/served.ts';
import { startScripted, type StartedGateway, type StartOptions } from './started-gateway.ts';

describe.skipIf(noRealSshd !== undefined)(withRealSshd('a gateway with a committed policy'), () => {
  let sshd: RealSshd;
  let served: Served;
  beforeAll(async () => {
    sshd = await startRealSshd([
      { name: 'root2', password: 'store-Pass1' },
      { name: 'svc', password: 'store-Pass1' },
    ]);
    served = await Served.start();
    using client = await served.loggedIn();
    await client.send('POST', '/api/transaction');
    const plugin = await client.create('/api/upload/plugins', await packSample('otp'));
    const policies = '/api/configuration/policies';
    const configuration = '[otp]\ncode = 123456\n';
    const instance = await client.create(`${policies}/aa_plugin_instances`, { name: 'otp', plugin, configuration });
    const entries = [{ host: '127.0.0.1', user: 'svc', passwords: [{ plain: 'store-Pass1' }] }];
    const type = { selection: 'local', entries };
    const local = await client.create(`${policies}/credentialstores`, { name: 'local', type });
    await client.create('/api/configuration/ssh/connections', {
      name: 'ssh-lab',
      network: { targets: ['127.0.0.1/32'], ports: [sshd.port] },
      policies: { aa_plugin: instance, credential_store: local },
    });
    await client.send('PUT', '/api/transaction', { status: 'commit' });
    await served.close(); // no server need run
  });
  afterAll(async () => {
    await served[Symbol.asyncDispose]();
    await sshd.stop();
  });

  const start = (options: StartOptions = {}): Promise<StartedGateway> =>
    startScripted({}, { plugins: [], policy: 'ssh-lab', stateDir: served.stateDir, login: 'svc', ...options });

  test('takes its plugins, its local store and its only address, and its name is in the session id', async () => {
    const started = await start();
    expect(await started.ssh({ answers: ['123456'] })).toMatchObject({ exitCode: 0, asked: ['One-time password: '] });
    const { gateway } = await started.session();
    expect(gateway).toMatchObject({ credential: 'password', target: { ip: '127.0.0.1', port: sshd.port } });
    expect(started.told('hook').map(({ hook }) => hook)).not.toContain('authentication_completed');
    expect(JSON.stringify([started.events, gateway])).not.toContain('store-Pass1');
  });

  test('refuses who may not be the remote user, without authorize and without a reason', async () => {
    const started = await start({ login: 'gu=wsmith@svc', gatewayPassword: true });
    const { exitCode, stderr } = await started.ssh({ answers: ['gw-Secret-1', '123456'] });
    expect({ exitCode, text: stderr.split('\n')[0]?.trimEnd() }).toEqual({ exitCode: 255, text: 'Access denied.' });
    expect(started.told('hook').map(({ hook }) => hook)).not.toContain('authorize');
    await expect
      .poll(() => started.told('problem'))
      .toContainEqual(expect.objectContaining({ code: 'USERMAPPING_DENIED' }));
  });

  test('refuses a target that is not of its network', async () => {
    const started = await start({ login: 'svc@127.0.0.1:22' });
    expect((await started.ssh()).exitCode).toBe(255);
    expect(started.told('refused')).toMatchObject([{ code: 'TARGET_NOT_ALLOWED' }]);
  });
});

test('of a scenario the connection gives what the network does not tell, and what is not used is told', async () => {
  const folder = makeFolder();
  const first = await startScripted({}, { types: ['aa'] });
  const scenario = path.join(folder, 'scenario.yaml');
  const connection = { protocol: 'ssh', connection_name: 'lab', gateway_domain: 'CORP' };
  writeFileSync(scenario, JSON.stringify({ plugins: { aa: first.plugins[0] }, connection, answers: { otp: '1' } }));
  const started = await startScripted({}, { plugins: [], scenario, types: [], login: 'svc@127.0.0.1:1' });
  expect((await started.ssh()).exitCode).toBe(255);
  expect(started.told('problem')[0]).toMatchObject({ code: 'SCENARIO_KEY_UNUSED' });
  expect(first.calls()[0]).toMatchObject({
    hook: 'authenticate',
    kwargs: { connection_name: 'lab', gateway_domain: 'CORP', session_id: expect.stringMatching(/\/lab:0$/) },
  });
  writeFileSync(scenario, JSON.stringify({ plugins: { aa: first.plugins[0] }, connection: 'rdp' }));
  await expect(startScripted({}, { plugins: [], scenario, types: [] })).rejects.toThrow('not of rdp');
});
