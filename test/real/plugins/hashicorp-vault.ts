import { expect } from 'vitest';
import { indentPem } from '../authority.ts';
import type { BothSides } from '../both-sides.ts';
import type { Bench, RealPlugin } from '../real-plugin.ts';
import { type BackendAnswer, type Respond, startBackend } from '../start-backend.ts';

/** Source: HashiCorp Vault HTTP API: health, userpass, LDAP, AppRole, KV version 1. */
export function answerVault(secrets: Readonly<Record<string, unknown>>): Respond {
  return ({ method, url, headers, body }) => {
    const { pathname } = new URL(url);
    const token = headers['x-vault-token'];
    const login = (isRight: boolean): BackendAnswer =>
      isRight
        ? { json: { auth: { client_token: 'token-of-the-store' } } }
        : { status: 400, json: { errors: ['invalid username or password'] } };
    if (pathname === '/v1/sys/health') return { json: { initialized: true, sealed: false, standby: false } };
    if (/^\/v1\/auth\/(userpass|ldap)\/login\/(gatewayuser|reader)$/.test(pathname)) {
      return login((JSON.parse(body) as { password: string }).password === 'open sesame');
    }
    if (pathname === '/v1/auth/approle/login') {
      const { role_id, secret_id } = JSON.parse(body) as Record<string, string>;
      return login(role_id === 'role-1' && secret_id === 'secret-1');
    }
    if (token === undefined || !token.startsWith('token-of-'))
      return { status: 403, json: { errors: ['permission denied'] } };
    if (pathname.endsWith('/role-id')) return { json: { data: { role_id: 'role-1' } } };
    if (pathname.endsWith('/secret-id') && method === 'POST') return { json: { data: { secret_id: 'secret-1' } } };
    const data = secrets[pathname];
    return data === undefined ? { status: 404, json: { errors: [] } } : { json: { data } };
  };
}

function session(
  sections: (bench: Bench) => { hashicorp: string; more?: string },
  run: (plugin: BothSides, address: string) => Promise<void>,
): (bench: Bench) => Promise<void> {
  return async (bench) => {
    const key = bench.authority.client.key;
    await using backend = await startBackend(
      bench.authority,
      answerVault({
        '/v1/secret/users/targetuser': { password: 'correct horse', key },
        '/v1/secret/special': { pw: 'battery staple' },
        '/v1/secret/users/keyless': { password: 'alone' },
      }),
    );
    const { hashicorp, more = '' } = sections(bench);
    const config =
      `[hashicorp]\naddress=127.0.0.1\nport=${backend.port}\n${hashicorp}` +
      `[engine-kv-v1]\nsecrets_path=secret/users\n${more}`;
    await using plugin = await bench.open({ backend, config });
    await run(plugin, backend.address);
  };
}

const userpass = 'authentication_method=userpass\n';
const plain = '[tls]\nenabled=no\n';
const password = { gateway_password: 'open sesame' };

export const hashicorpVault: RealPlugin = {
  warnings: [],
  sessions: {
    'hands out key and password of the account and goes through a session': session(
      () => ({ hashicorp: userpass, more: plain }),
      async (plugin, address) => {
        const { call } = plugin.startSession();
        const keys = await call('get_private_key_list', password);
        expect(keys.value).toMatchObject({ private_keys: [['ssh-rsa', expect.stringContaining('BEGIN RSA')]] });
        expect(keys.requests).toEqual([
          `GET http://${address}/v1/sys/health`,
          `POST http://${address}/v1/auth/userpass/login/gatewayuser`,
          `GET http://${address}/v1/secret/users/targetuser`,
        ]);
        const passwords = await call('get_password_list', password);
        expect(passwords.value).toMatchObject({ passwords: ['correct horse'], cookie: { account: 'targetuser' } });
        await call('authentication_completed');
        expect((await call('get_totp_codes', password)).value).not.toHaveProperty('totp_codes');
        expect((await call('get_remote_app_credentials', password)).value).toMatchObject({ need_info: true });
        await call('session_ended');
      },
    ),

    'takes the path that the user answered to the other plugin': session(
      () => ({ hashicorp: userpass, more: plain }),
      async (plugin) => {
        for (const [vp, passwords] of [
          ['secret/special#pw', ['battery staple']],
          ['password://secret/special#pw', ['battery staple']],
          ['key://secret/special#pw', []],
          ['secret/nowhere', []],
        ] as const) {
          const { call } = plugin.startSession({ sessionCookie: { questions: { vp } } });
          expect((await call('get_password_list', password)).value).toMatchObject({ passwords });
        }
      },
    ),

    'hands out nothing for a wrong password or a missing key': session(
      () => ({ hashicorp: userpass, more: plain }),
      async (plugin) => {
        const { call } = plugin.startSession();
        const refused = await call('get_password_list', { gateway_password: 'wrong' });
        expect(refused.value).toMatchObject({ passwords: [] });
        expect(refused.record.outcome.log).toContain('Error retrieving passwords');
        const keyless = await call('get_private_key_list', { ...password, server_username: 'keyless' });
        expect(keyless.value).toMatchObject({ private_keys: [] });
        await call('session_ended');
      },
    ),

    'logs in by role': session(
      () => ({
        hashicorp: 'authentication_method=approle\n',
        more: `${plain}[approle-authentication]\nrole=sps\nvault_token=token-of-sps\n`,
      }),
      async (plugin) => {
        const found = await plugin.startSession().call('get_password_list');
        expect(found.value).toMatchObject({ passwords: ['correct horse'] });
        expect(found.requests).toHaveLength(5);
      },
    ),

    'logs in to LDAP as itself, over TLS with certificates on both sides': session(
      ({ authority: { certificate, client } }) => ({
        hashicorp: 'authentication_method=ldap\nuse_credential=explicit\nusername=reader\npassword=open sesame\n',
        more:
          `[tls]\nca_cert=${indentPem(certificate)}\n` +
          `client_cert=${indentPem(client.certificate)}\n ${indentPem(client.key)}\n`,
      }),
      async (plugin, address) => {
        const found = await plugin.startSession().call('get_password_list');
        expect(found.value).toMatchObject({ passwords: ['correct horse'] });
        expect(found.requests[1]).toBe(`POST https://${address}/v1/auth/ldap/login/reader`);
      },
    ),

    'raises for a method that it does not know': session(
      () => ({ hashicorp: 'authentication_method=token\n', more: plain }),
      async (plugin) => {
        const { record } = await plugin.startSession().call('get_password_list', password);
        expect(record.outcome).toMatchObject({ kind: 'raised', phase: 'hook' });
      },
    ),
  },
};
