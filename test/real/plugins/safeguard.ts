import { expect } from 'vitest';
import { indentPem } from '../authority.ts';
import type { BothSides } from '../both-sides.ts';
import type { Bench, RealPlugin } from '../real-plugin.ts';
import { type BackendAnswer, type Respond, startBackend } from '../start-backend.ts';

/** Source: One Identity Safeguard for Privileged Passwords, rSTS and core API v2. */
export const answerSafeguard: Respond = ({ url, headers, body }) => {
  const { pathname } = new URL(url);
  if (pathname === '/RSTS/oauth2/token') {
    const { username, password } = JSON.parse(body) as Record<string, string>;
    if (username === 'locked') return { json: { success: false, error: 'access_denied' } };
    if (password !== 'open sesame') return { status: 400, json: { error: 'invalid_request' } };
    return { json: { success: true, access_token: 'sts-token' } };
  }
  const resource = pathname.replace('/service/core/v2/', '');
  if (resource === 'Token/LoginResponse') return { json: { Status: 'Success', UserToken: 'user-token' } };
  if (headers['authorization'] !== 'Bearer user-token') return failure(401, 60108, 'Authorization is required.');
  switch (resource) {
    case 'Me/RequestableAssets':
      return {
        json: [
          { Id: 3, Name: 'other', NetworkAddress: '10.0.0.1' },
          { Id: 7, Name: 'Web.Acme.Test', NetworkAddress: '5.6.7.8' },
          { Id: 9, Name: 'local', NetworkAddress: '127.0.0.1' },
        ],
      };
    case 'Me/RequestableAssets/7/Accounts':
    case 'Me/RequestableAssets/9/Accounts':
      return { json: [{ Id: 21, Name: 'TargetUser' }] };
    case 'AccessRequests':
      return { status: 201, json: { Id: '7-21-1', State: 'RequestAvailable' } };
    case 'AccessRequests/7-21-1/CheckOutPassword':
      return { json: 'correct horse' };
    case 'AccessRequests/7-21-1/CheckIn':
      return { json: { Id: '7-21-1', State: 'RequestCheckedIn' } };
    default:
      return failure(404, 60610, 'The entity was not found.');
  }
};

function failure(status: number, Code: number, Message: string): BackendAnswer {
  return { status, json: { Code, Message, InnerError: null } };
}

interface Sections {
  safeguard?: string;
  authentication?: string;
  more?: string;
}

function session(
  run: (plugin: BothSides, origin: string) => Promise<void>,
  sections: (bench: Bench) => Sections = () => ({}),
): (bench: Bench) => Promise<void> {
  return async (bench) => {
    await using backend = await startBackend(bench.authority, answerSafeguard);
    const { safeguard = '', authentication = '', more = '' } = sections(bench);
    const config =
      `[safeguard]\naddress=${backend.address}\n${safeguard}` +
      `[safeguard-password-authentication]\n${authentication}${more}`;
    await using plugin = await bench.open({ backend, config });
    await run(plugin, `https://${backend.address}`);
  };
}

const password = { gateway_password: 'open sesame' };

export const safeguard: RealPlugin = {
  warnings: [],
  sessions: {
    'checks a password out and in again at the end': session(async (plugin, origin) => {
      const { call } = plugin.startSession();
      expect((await call('get_private_key_list', password)).value).toMatchObject({ private_keys: [] });
      const found = await call('get_password_list', password);
      expect(found.value).toMatchObject({
        passwords: ['correct horse'],
        cookie: { access_request_id: '7-21-1', access_token: 'user-token' },
      });
      expect(found.requests.at(-1)).toMatch(/\/AccessRequests\/7-21-1\/CheckOutPassword$/);
      expect((await call('authentication_completed')).requests).toEqual([]);
      expect((await call('get_totp_codes', password)).value).not.toHaveProperty('totp_codes');
      expect((await call('session_ended')).requests).toEqual([
        expect.stringContaining(`${origin}/service/core/v2/AccessRequests/7-21-1/CheckIn`),
      ]);
    }),

    'checks in as soon as the target took the password': session(
      async (plugin) => {
        const { call } = plugin.startSession();
        await call('get_password_list', password);
        expect((await call('authentication_completed')).requests).toHaveLength(1);
        expect((await call('session_ended')).requests).toEqual([]);
      },
      () => ({ more: '[check-in-trigger]\ndefault=authentication-completed\n' }),
    ),

    'hands out nothing that it cannot check out': session(async (plugin) => {
      for (const [kwargs, log] of [
        [{ gateway_password: 'wrong' }, 'authentication failed'],
        [{ ...password, gateway_username: 'locked' }, 'access_denied'],
        [{ ...password, server_ip: '9.9.9.9' }, 'Cannot find asset'],
        [{ ...password, server_username: 'nobody' }, 'Cannot find account'],
        [{}, 'authentication failed'],
      ] as const) {
        const { call } = plugin.startSession();
        const { value, record } = await call('get_password_list', kwargs);
        expect(value).toMatchObject({ passwords: [] });
        expect(record.outcome.log).toContain(log);
        await call('session_ended');
      }
    }),

    'takes the token that the other plugin left, and logs in anew for a stale one': session(
      async (plugin) => {
        const fresh = plugin.startSession({ sessionCookie: { token: 'user-token' } });
        expect((await fresh.call('get_password_list')).value).toMatchObject({ passwords: ['correct horse'] });
        const stale = plugin.startSession({ cookie: { access_token: 'stale' } });
        await stale.call('get_password_list');
        await plugin.startSession().call('get_password_list');
      },
      () => ({ authentication: 'use_credential=token\n' }),
    ),

    'verifies the service, and maps a domain to an asset': session(
      async (plugin) => {
        const found = await plugin
          .startSession()
          .call('get_password_list', { server_ip: '9.9.9.9', server_domain: 'ACME' });
        expect(found.value).toMatchObject({ passwords: ['correct horse'], cookie: { asset: 'web.acme.test' } });
      },
      ({ authority }) => ({
        safeguard: `ca=${indentPem(authority.certificate)}\n`,
        authentication: 'use_credential=explicit\nusername=sps\npassword=open sesame\n',
        more: '[domain_asset_mapping]\nacme=web.acme.test\n',
      }),
    ),

    'raises at the end when it lost what to check in': session(async (plugin) => {
      const { call } = plugin.startSession({ cookie: { account: 'targetuser', asset: '5.6.7.8' } });
      expect((await call('session_ended')).record.outcome).toMatchObject({
        kind: 'raised',
        exception: 'lib.safeguard.SafeguardException',
        message: 'Missing access_request_id',
      });
    }),

    'has no credentials for a remote application': session(async (plugin) => {
      const { call } = plugin.startSession();
      expect((await call('get_remote_app_credentials', password)).value).toMatchObject({ need_info: true });
    }),
  },
};
