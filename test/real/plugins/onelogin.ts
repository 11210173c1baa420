import { expect } from 'vitest';
import type { ConnectionName } from '../../../src/index.ts';
import type { BothSides } from '../both-sides.ts';
import type { Bench, RealPlugin } from '../real-plugin.ts';
import { type BackendAnswer, type Respond, startBackend } from '../start-backend.ts';

const host = 'https://api.us.onelogin.com';

/** Source: OneLogin API: tokens, users, multi-factor authentication. */
const answerOnelogin: Respond = ({ method, url, body }) => {
  const { pathname, searchParams } = new URL(url);
  if (pathname === '/auth/oauth2/v2/token') {
    return {
      json: {
        access_token: 'access-1',
        created_at: new Date().toISOString(),
        expires_in: 36_000,
        refresh_token: 'refresh-1',
        token_type: 'bearer',
        account_id: 555,
      },
    };
  }
  if (/^\/api\/[12]\/users$/.test(pathname)) return { json: usersOf(searchParams.get('username') ?? '') };
  if (/\/devices$/.test(pathname)) {
    const device = { auth_factor_name: 'OneLogin Protect', type_display_name: 'OneLogin Protect' };
    return {
      json: [
        { ...device, device_id: '901', user_display_name: 'Phone', default: true },
        { ...device, device_id: '902', user_display_name: 'Tablet', default: false },
      ],
    };
  }
  if (method === 'POST' && /\/verifications$/.test(pathname)) {
    const { device_id } = JSON.parse(body) as { device_id: string };
    return {
      status: 201,
      json: { id: 'verification-1', user_id: 32, device_id, expires_at: '2099-01-01T00:00:00.000Z' },
    };
  }
  if (method === 'GET')
    return { json: { id: 'verification-1', status: pathname.includes('/33/') ? 'rejected' : 'accepted' } };
  return verifies(body);
};

function usersOf(name: string): unknown {
  if (name === 'nobody') return [];
  if (name === 'twice') return [{ id: 1 }, { id: 2 }];
  return [{ id: name === 'refuser' ? 33 : 32 }];
}

function verifies(body: string): BackendAnswer {
  const isRight = (JSON.parse(body) as { otp?: string; otp_token?: string }).otp_token === '123456';
  const status = { error: !isRight, code: isRight ? 200 : 401, type: isRight ? 'success' : 'Unauthorized' };
  const message = isRight ? 'Success' : 'Failed authentication with this factor';
  return { status: status.code, json: { status: { ...status, message } } };
}

function session(
  run: (plugin: BothSides) => Promise<void>,
  { more = '', connection = 'ssh-gateway' }: { more?: string; connection?: ConnectionName } = {},
): (bench: Bench) => Promise<void> {
  return async ({ authority, open }) => {
    await using backend = await startBackend(authority, answerOnelogin);
    const config =
      `[onelogin]\nclient_id=client-1\nclient_secret=secret-1\n${more}` +
      `[https_proxy]\nserver=127.0.0.1\nport=${backend.port}\n`;
    await using plugin = await open({ backend, config, connection });
    await run(plugin);
  };
}

export const onelogin: RealPlugin = {
  warnings: ['FIELD_UNKNOWN', 'SHADOWS_PRELOAD'],
  sessions: {
    'asks, checks a one-time password, authorizes': session(async (plugin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate')).record.verdict).toBe('NEEDINFO');
      const accepted = await call('authenticate', {}, { otp: '123456' });
      expect(accepted.record.verdict).toBe('ACCEPT');
      expect(accepted.requests.at(0)).toBe(`POST ${host}/auth/oauth2/v2/token`);
      expect(accepted.requests.at(-1)).toBe(`POST ${host}/api/1/users/32/otp_devices/901/verify`);
      expect((await call('authorize')).record.verdict).toBe('ACCEPT');
      await call('session_ended');
    }),

    'denies a wrong one-time password, and who is not one user': session(async (plugin) => {
      for (const gateway_user of ['gatewayuser', 'nobody', 'twice']) {
        const { call } = plugin.startSession();
        expect((await call('authenticate', { gateway_user }, { otp: '999999' })).record.verdict).toBe('DENY');
      }
    }),

    'pushes, and the user approves, or refuses': session(async (plugin) => {
      expect((await plugin.startSession().call('authenticate', {}, { otp: '' })).record.verdict).toBe('ACCEPT');
      const { call } = plugin.startSession();
      expect((await call('authenticate', { gateway_user: 'refuser' }, { otp: '' })).record.verdict).toBe('DENY');
    }),

    'lets the user select a factor': session(async (plugin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate', {}, { otp: '!select' })).value).toMatchObject({
        question: ['user_factor_selection', '1) Phone\n2) Tablet\nSelect a factor: ', false],
      });
      const selected = await call('authenticate', {}, { user_factor_selection: '2' });
      expect(selected.record).toMatchObject({
        verdict: 'NEEDINFO',
        cookie: { after: { _user_selected_factor_id: '902' } },
      });
      const accepted = await call('authenticate', {}, { otp: '123456' });
      expect(accepted.record.verdict).toBe('ACCEPT');
      expect(accepted.requests.at(-1)).toContain('/902/');
    }),

    'denies a factor that it did not offer': session(async (plugin) => {
      const { call } = plugin.startSession();
      await call('authenticate', {}, { otp: '!select' });
      expect((await call('authenticate', {}, { user_factor_selection: '3' })).record.verdict).toBe('DENY');
    }),

    'does not let a user select in RDP': session(
      async (plugin) => {
        const { value } = await plugin.startSession().call('authenticate', {}, { otp: '!select' });
        expect(value).toMatchObject({ verdict: 'DENY', reason: 'Factor selection not supported' });
      },
      { connection: 'rdp-gateway' },
    ),

    'does not let a user select where that is switched off': session(
      async (plugin) => {
        const { value } = await plugin.startSession().call('authenticate', {}, { otp: '!select' });
        expect(value).toMatchObject({ verdict: 'DENY', reason: 'Factor selection not available' });
      },
      { more: 'enable_factor_selection=no\n' },
    ),

    'raises where the configuration lacks the client': async ({ open }) => {
      await using plugin = await open({ config: '[onelogin]\n' });
      expect((await plugin.startSession().call('authenticate')).record.outcome).toMatchObject({
        kind: 'raised',
        phase: 'constructor',
      });
    },
  },
};
