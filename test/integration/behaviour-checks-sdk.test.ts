import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin, type CallRecord, type JsonObject, type PluginOptions } from '../../src/index.ts';
import { sdkPython, withSdk } from './configured-fixture.ts';
import { makeFolder } from './fixture.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures/plugins');
const interpreter = sdkPython ?? '';

interface Call extends Omit<PluginOptions, 'python'> {
  kwargs?: JsonObject;
  cookie?: JsonObject;
  sessionCookie?: JsonObject;
  connection?: 'ssh' | 'ssh-gateway' | 'rdp' | 'mssql';
}

/** A call with the cookies that it gets; a fresh process is cheaper than warm ones for so few. */
async function call(name: string, hook: string, more: Call = {}): Promise<CallRecord> {
  const { kwargs = {}, cookie = {}, sessionCookie = {}, connection = 'ssh-gateway', ...options } = more;
  const processes = 'cold';
  const folder = path.join(fixtures, name);
  await using plugin = await openPlugin(folder, { python: interpreter, processes, ...options });
  return await plugin.call(hook, kwargs, { connection, cookie, sessionCookie });
}

/** What is returned, without the cookies. */
function replyOf({ outcome }: CallRecord): JsonObject {
  const { cookie: _, session_cookie: __, ...reply } = (outcome.kind === 'returned' ? outcome.value : {}) as JsonObject;
  return reply;
}

/** In a process that knows nothing of plugin-host. */
function runPython(script: string): string {
  const env = { PATH: process.env['PATH'] };
  return execFileSync(interpreter, ['-c', script], { encoding: 'utf8', env, cwd: makeFolder(), stdio: 'pipe' }).trim();
}

const tellError = (statement: string): string =>
  `try:\n    ${statement}\n    print("nothing raised")\nexcept Exception as e:\n    print(type(e).__name__, e)\n`;

describe.skipIf(sdkPython === undefined).concurrent(withSdk("behaviour of plugins on the vendor's SDK"), () => {
  describe('skeleton-aa and those alike', () => {
    test('with an empty configuration accept at once, and the cookie has username, mfa_identity and the private dict', async () => {
      const record = await call('sdk-decides-twice', 'authenticate', { kwargs: { gateway_user: 'somebody' } });
      expect(record).toMatchObject({
        verdict: 'ACCEPT',
        problems: [],
        cookie: { after: { username: 'somebody', mfa_identity: 'somebody', __plugin_sdk_private: expect.any(Object) } },
      });
    });

    test('like inwebo ask otp, then each question in order but those answered before, and keep all answers', async () => {
      const config = [1, 2, 3].map((n) => `[question_${n}]\nkey=q${n}\nprompt=Q${n}\n`).join('');
      const folder = path.join(fixtures, 'sdk-asks-twice');
      await using plugin = await openPlugin(folder, { python: interpreter, processes: 'cold', config });
      let cookies = { cookie: {}, sessionCookie: {} };
      let pairs: Record<string, string> = { q2: 'two' };
      const asked: unknown[] = [];
      for (const answer of ['123456', 'one', 'three', '']) {
        const { outcome, verdict, cookie, sessionCookie } = await plugin.call(
          'authenticate',
          { key_value_pairs: pairs },
          { connection: 'ssh-gateway', ...cookies },
        );
        cookies = { cookie: cookie.after, sessionCookie: sessionCookie.after };
        const value = (outcome.kind === 'returned' ? outcome.value : {}) as { question?: [string] };
        const key = value.question?.[0];
        asked.push(key ?? verdict);
        if (key !== undefined) pairs = { ...pairs, [key]: answer };
      }
      expect(asked).toEqual(['otp', 'q1', 'q3', 'ACCEPT']);
      expect(cookies.sessionCookie).toEqual({ questions: { q1: 'one', q2: 'two', q3: 'three' } });
    });

    test('like starling-2fa see in the next process what one set in the memory cache', async () => {
      const stateDir = path.join(makeFolder(), 'state');
      const kwargs = { key_value_pairs: { otp: '1' } };
      const first = await call('sdk-caches', 'authenticate', { kwargs, stateDir });
      const second = await call('sdk-caches', 'authenticate', { kwargs, stateDir });
      expect([first, second].map(({ cookie }) => cookie.after['count'])).toEqual([1, 2]);
    });

    test.each(['mssql', 'http'])('in %s without otp ask nothing, and take an empty OTP', async (protocol) => {
      const record = await call('sdk-asks-twice', 'authenticate', { connection: 'mssql', kwargs: { protocol } });
      expect(record).toMatchObject({ verdict: 'DENY', outcome: { value: { reason: 'wrong OTP' } } });
    });

    test.each([
      { protocol: 'rdp', server_username: 'a@b.c', key_value_pairs: {}, user: 'a' },
      { protocol: 'tsg', server_username: 'a@b.c', key_value_pairs: {}, user: 'a' },
      { protocol: 'ssh', server_username: 'a@b.c', key_value_pairs: {}, user: 'a@b.c' },
      { protocol: 'rdp', server_username: 'a@b.c', key_value_pairs: { gu: 'x@y' }, user: 'x@y' },
    ])('in $protocol take $user as the gateway user', async ({ user, ...kwargs }) => {
      const record = await call('sdk-decides-twice', 'authenticate', { connection: 'rdp', kwargs });
      expect(replyOf(record)).toMatchObject({ verdict: 'ACCEPT', gateway_user: user });
    });

    test('with an authentication cache need SCB_PLUGIN_STATE_DIRECTORY, which the host provides', async () => {
      const config = '[authentication_cache]\nreuse_limit=2\n';
      const folder = JSON.stringify(path.join(fixtures, 'sdk-decides-twice'));
      const names = 'session_id cookie session_cookie protocol connection_name client_ip client_port client_hostname '
        .concat('gateway_user gateway_domain server_username server_domain key_value_pairs')
        .split(' ');
      const values = { cookie: {}, session_cookie: {}, key_value_pairs: {}, protocol: 'ssh', gateway_user: 'a' };
      const kwargs = JSON.stringify({ ...Object.fromEntries(names.map((name) => [name, 'x'])), ...values });
      const script =
        `import sys\nsys.dont_write_bytecode = True\nsys.path.insert(0, ${folder})\nfrom main import Plugin\n` +
        tellError(`Plugin(${JSON.stringify(config)}).authenticate(**${kwargs})`);
      expect(runPython(script)).toBe("KeyError 'SCB_PLUGIN_STATE_DIRECTORY'");
      const stateDir = path.join(makeFolder(), 'state');
      expect(await call('sdk-decides-twice', 'authenticate', { config, stateDir })).toMatchObject({
        verdict: 'ACCEPT',
      });
    });
  });

  test('a host with `ldap_servers` re-bound instead of updated does not find the LDAP policy', () => {
    const script = (fill: string): string =>
      'from safeguard.sessions.plugin import LDAPServer, PluginConfiguration\nfrom safeguard.sessions.plugin_impl import ldap_server\n' +
      `servers = {"ad": {"users": {"a": {"mail": "m"}}}}\n${fill}\n` +
      tellError(
        'LDAPServer.from_config(PluginConfiguration("[ldap_server]\\nname=ad")).get_user_string_attribute("a", "mail")',
      );
    expect(runPython(script('ldap_server.ldap_servers = servers'))).toMatch(/^LDAPOperationError/);
    expect(runPython(script('ldap_server.ldap_servers.update(servers)'))).toBe('nothing raised');
  });

  describe('credential stores', () => {
    test('like hashicorp-vault have session_cookie.questions.vp of the AA plugin, and take the IP without host name', async () => {
      const record = await call('sdk-gives-as-told', 'get_password_list', {
        kwargs: { server_hostname: null },
        sessionCookie: { questions: { vp: 'secret/path' } },
      });
      expect(replyOf(record)).toEqual({ passwords: ['secret/path'] });
      expect(record.cookie.after).toMatchObject({ asset: '5.6.7.8' });
    });

    test.each([
      ['None', 'null', {}],
      ['an unknown key', '[{"no": 1}]', {}],
      ['an empty list', '[]', { totp_codes: [] }],
      ['a code', '[{"code": "1"}]', { totp_codes: [{ unix_time: 0, period: 30, code: '1' }] }],
    ])('for codes that are %s reply so', async (_name, codes, reply) => {
      const record = await call('sdk-gives-as-told', 'get_totp_codes', { config: `[told]\ncodes=${codes}\n` });
      expect(replyOf(record)).toEqual(reply);
    });

    test('that do not implement get_totp_codes reply without totp_codes', async () => {
      const record = await call('sdk-checks-out', 'get_totp_codes');
      expect(record.outcome.kind).toBe('returned');
      expect(replyOf(record)).toEqual({});
    });

    const nothing = { need_info: true, passwords: [], account: '', asset: '' };

    test('that do not implement get_remote_app_credentials need more, and forget account and asset', async () => {
      const record = await call('sdk-checks-out', 'get_remote_app_credentials', { kwargs: { asset: 'db' } });
      expect(replyOf(record)).toMatchObject(nothing);
      expect(record.cookie.after).toMatchObject({ remote_app_account: null, remote_app_asset: null });
    });

    test('without an asset need more, and keep the known half', async () => {
      const record = await call('sdk-gives-as-told', 'get_remote_app_credentials', { kwargs: { asset: '' } });
      expect(replyOf(record)).toMatchObject(nothing);
      expect(record.cookie.after).toMatchObject({ remote_app_account: 'targetuser', remote_app_asset: '' });
    });

    test('take account and asset of the session cookie before the argument', async () => {
      const record = await call('sdk-gives-as-told', 'get_remote_app_credentials', {
        kwargs: { asset: 'a' },
        sessionCookie: { account: 'A', asset: 'B' },
      });
      expect(replyOf(record)).toMatchObject({
        account: 'A',
        asset: 'B',
        need_info: false,
        passwords: ['secret of A on B'],
      });
    });

    test('refuse `account` for get_remote_app_credentials, so the host drops it', async () => {
      const script =
        'import inspect\nfrom safeguard.sessions.plugin import CredentialStorePlugin\n' +
        'hook = CredentialStorePlugin("").get_remote_app_credentials\n' +
        'kwargs = dict.fromkeys(inspect.signature(hook).parameters)\n' +
        tellError('hook(account="a", **kwargs)');
      expect(runPython(script)).toMatch(/^TypeError .*unexpected keyword argument 'account'/);
      const kwargs = { asset: 'db', account: 'a' };
      const record = await call('sdk-gives-as-told', 'get_remote_app_credentials', { kwargs });
      expect(record.outcome.kind).toBe('returned');
      expect(record.kwargs).not.toHaveProperty('account');
      expect(replyOf(record)).toMatchObject({ account: 'targetuser', asset: 'db' });
    });

    test('called twice with a credential found check in first, then fetch', async () => {
      const cookie = { account: 'earlier', asset: 'there' };
      const record = await call('sdk-checks-out', 'get_password_list', { cookie });
      expect(record.outcome.log).toContain('checked in earlier there');
      expect(replyOf(record)).toEqual({ passwords: ['correct horse'] });
      expect(record.cookie.after).toMatchObject({ account: 'targetuser', asset: '5.6.7.8' });
    });
  });
});
