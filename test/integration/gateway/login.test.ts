import { describe, expect, test } from 'vitest';
import { noRealSshd, withRealSshd } from '../platform/real-sshd.ts';
import { serveKeyedTarget } from './serve-keyed-target.ts';
import { endsOf } from './started-gateway.ts';

const needInfo = (key: string, prompt: string, isHidden: boolean): object => ({
  return: { verdict: 'NEEDINFO', question: [key, prompt, isHidden] },
});
const accept = { return: { verdict: 'ACCEPT' } };

describe.skipIf(noRealSshd !== undefined)(withRealSshd('a login through a gateway'), () => {
  const { sshd, withKey, start } = serveKeyedTarget();

  test('asks the questions of the plugin, opens the target with the key of the store, and ends each plugin once', async () => {
    const { ssh, hooks, session, told } = await start({
      ...withKey(),
      authenticate: [
        needInfo('code', 'Your code,\n  please: ', true),
        needInfo('push', 'Push? ', false),
        accept,
      ] as never,
    });
    const result = await ssh({ command: ['id', '-un'], answers: ['654321', ''] });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'svc\n', asked: ['Your code,\n  please: ', 'Push? '] });
    expect(await session()).toMatchObject({ ended: 'closed', protocol: 'ssh', gateway: { credential: 'key' } });
    expect(hooks()).toEqual([
      'authenticate',
      'authenticate',
      'authenticate',
      'authorize',
      'get_private_key_list',
      'authentication_completed',
      'session_ended',
      'session_ended',
    ]);
    expect(told('question')).toMatchObject([
      { hook: 'authenticate', key: 'code', echo: false },
      { hook: 'authenticate', key: 'push', echo: true },
    ]);
  });

  test('gives the hooks the arguments of the connection, an empty answer included', async () => {
    const { ssh, calls, session, store } = await start({
      authenticate: [needInfo('push', 'Push? ', false), accept] as never,
      get_password_list: { return: { passwords: ['wrong', 'svc-Pass1'] } },
    });
    const login = `gu=wsmith@otp=123456@svc@127.0.0.1:${sshd().port}`;
    expect(await ssh({ login, answers: [''] })).toMatchObject({ exitCode: 0 });
    const { gateway } = await session();
    const [name = ''] = store.names();
    const called = Object.fromEntries(calls().map(({ hook, kwargs }) => [hook, kwargs]));
    expect(called['authenticate']).toMatchObject({
      protocol: 'ssh',
      session_id: `svc/${name}/gateway:0`,
      connection_name: 'gateway',
      client_ip: '127.0.0.1',
      client_port: Number(JSON.stringify(gateway['client']).split(':')[1]?.replace('"', '')),
      client_hostname: null,
      gateway_user: null,
      gateway_domain: null,
      server_username: 'svc',
      server_domain: null,
      key_value_pairs: { gu: 'wsmith', otp: '123456', push: '' },
    });
    expect(called['authorize']).toMatchObject({
      server_ip: '127.0.0.1',
      server_port: sshd().port,
      server_hostname: null,
      key_value_pairs: { gu: 'wsmith', otp: '123456', push: '' },
    });
    expect(gateway).toMatchObject({
      login: `gu=wsmith@otp=***@svc@127.0.0.1:${sshd().port}`,
      clientVersion: expect.stringMatching(/^SSH-2\.0-OpenSSH_/),
      target: { user: 'svc', host: '127.0.0.1', ip: '127.0.0.1', port: sshd().port },
      credential: 'password',
      channels: [{ n: 1, type: 'exec', command: 'true', exitStatus: 0 }],
    });
  });

  test('a name that was typed is the host name, and an override of authenticate reaches the later hooks', async () => {
    const { ssh, calls } = await start({
      ...withKey(),
      authenticate: { return: { verdict: 'ACCEPT', gateway_user: 'wsmith', gateway_groups: ['dba'] } },
    });
    expect(await ssh({ login: `svc@localhost:${sshd().port}` })).toMatchObject({ exitCode: 0 });
    const called = Object.fromEntries(calls().map(({ hook, kwargs }) => [hook, kwargs]));
    expect(called['authorize']).toMatchObject({
      server_hostname: 'localhost',
      server_ip: '127.0.0.1',
      gateway_user: 'wsmith',
      gateway_groups: ['dba'],
    });
    expect(called['get_private_key_list']).toMatchObject({ gateway_username: 'wsmith', gateway_password: '' });
  });

  test('the gateway asks for a password of its own first, which the plugins get', async () => {
    const { ssh, calls, store } = await start(withKey(), { gatewayPassword: true });
    expect(await ssh({ answers: ['gw-Secret-1'] })).toMatchObject({ exitCode: 0, asked: ['Gateway password: '] });
    const called = Object.fromEntries(calls().map(({ hook, kwargs }) => [hook, kwargs]));
    expect(called['authenticate']).toMatchObject({ gateway_user: 'svc' });
    expect(called['get_private_key_list']).toMatchObject({ gateway_username: 'svc', gateway_password: 'gw-Secret-1' });
    expect(JSON.stringify(store.readFacts(store.names()[0] ?? ''))).not.toContain('gw-Secret-1');
  });

  test.each([
    ['is all that it is asked', accept, []],
    ['what else is asked follows by keyboard-interactive', [needInfo('otp', 'Code: ', true), accept], ['Code: ']],
  ])('the method password begins a login: %s', async (_, authenticate, further) => {
    const { ssh } = await start({ ...withKey(), authenticate: authenticate }, { gatewayPassword: true });
    const args = ['-o', 'PreferredAuthentications=password,keyboard-interactive', '-o', 'NumberOfPasswordPrompts=1'];
    const result = await ssh({ args, answers: ['gw-Secret-1', '111222'] });
    expect(result).toMatchObject({ exitCode: 0 });
    expect(result.asked.slice(1)).toEqual(further);
  });

  test('without a credential of the store the user types the password of the target, three times at most', async () => {
    const { ssh, hooks, session } = await start({});
    const answers = ['wrong-1', 'wrong-2', 'svc-Pass1'];
    const prompt = "svc@127.0.0.1's password: ";
    expect(await ssh({ answers })).toMatchObject({ exitCode: 0, asked: [prompt, prompt, prompt] });
    expect(await session()).toMatchObject({ ended: 'closed', gateway: { credential: 'typed' } });
    expect(hooks()).toContain('authentication_completed');
  });

  test('a plugin alone is enough: an AA plugin without a store, a store without an AA plugin', async () => {
    const aa = await start({}, { types: ['aa'] });
    expect(await aa.ssh({ answers: ['svc-Pass1'] })).toMatchObject({ exitCode: 0 });
    const store = await start(withKey(), { types: ['credentialstore'] });
    expect(await store.ssh()).toMatchObject({ exitCode: 0, asked: [] });
    await store.session();
    expect(store.hooks()).toEqual(['get_private_key_list', 'authentication_completed', 'session_ended']);
    const happened = store.events.flatMap((each) => ('code' in each ? [each.code] : [each.event]));
    expect(happened.indexOf('GATEWAY_AUTHENTICATION_MISSING')).toBeLessThan(happened.indexOf('connected'));
    expect(happened).toContain('GATEWAY_AUTHENTICATION_MISSING');
  });

  test('authentication_completed that raises leaves a problem, and the session goes on', async () => {
    const { ssh, session } = await start({ ...withKey(), authentication_completed: { raise: 'no' } });
    expect(await ssh({ command: ['echo', 'on'] })).toMatchObject({ exitCode: 0, stdout: 'on\n' });
    expect(await session()).toMatchObject({ ended: 'closed' });
    expect((await session()).gateway['problems']).toMatchObject([{}, { code: 'HOOK_FAILED' }]);
  });

  test('a question that is asked more than 20 times ends the session', async () => {
    const { ssh, session } = await start({ authenticate: needInfo('code', 'Code: ', true) });
    const result = await ssh({ answers: Array.from({ length: 30 }, () => 'x') });
    expect(result).toMatchObject({ exitCode: 255, asked: { length: 20 } });
    expect(await session()).toMatchObject({ ended: 'plugin-error' });
  });

  test('20 logins at once end well', async () => {
    const started = await start(withKey());
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, at) => started.ssh({ command: ['echo', String(at)] })),
    );
    expect(results.map(({ stdout }) => stdout)).toEqual(Array.from({ length: 20 }, (_, at) => `${at}\n`));
    await expect.poll(() => started.told('ended').length).toBe(20);
    expect(endsOf(started)).toBe(40);
  });
});
