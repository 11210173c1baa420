import { expect } from 'vitest';
import type { ConnectionName } from '../../../src/index.ts';
import type { BothSides } from '../both-sides.ts';
import type { Bench, RealPlugin, WholeSession } from '../real-plugin.ts';
import { type BackendAnswer, type Respond, startBackend } from '../start-backend.ts';

/** Source: Okta Users and Factors API. */
const answerOkta: Respond = ({ url, body }, earlier) => {
  const { origin, pathname } = new URL(url);
  const [, user, rest = ''] = /^\/api\/v1\/users\/([^/]+)(.*)$/.exec(pathname) ?? [];
  const base = `${origin}/api/v1/users/${user ?? ''}/factors`;
  const factor = (id: string, provider: string, factorType: string, status = 'ACTIVE'): unknown => ({
    id,
    provider,
    factorType,
    status,
    _links: { verify: { href: `${base}/${id}/verify` } },
  });
  if (user === undefined || user === 'nobody')
    return failure(404, 'E0000007', 'Not found: Resource not found: nobody (User)');
  if (user === 'unlucky') return failure(500, 'E0000009', 'Internal Server Error');
  if (user === 'garbled') return { text: 'no JSON' };
  if (rest === '') return { json: { id: user, profile: { login: `${user}@acme.test`, email: `${user}@acme.test` } } };
  if (rest === '/factors') {
    return {
      json: [
        factor('goo', 'GOOGLE', 'token:software:totp', 'PENDING_ACTIVATION'),
        factor('okt', 'OKTA', 'token:software:totp'),
        factor('pus', 'OKTA', 'push'),
        factor('yub', 'YUBICO', 'token:hardware'),
      ],
    };
  }
  if (rest === '/factors/pus/verify') {
    const poll = { href: `${base}/pus/transactions/t1` };
    return { status: 201, json: { factorResult: 'WAITING', _links: { poll } } };
  }
  if (rest === '/factors/pus/transactions/t1') {
    const isFirst = !earlier.some((each) => each.url === url);
    return { json: { factorResult: isFirst ? 'WAITING' : user === 'refuser' ? 'REJECTED' : 'SUCCESS' } };
  }
  const { passCode } = JSON.parse(body) as { passCode: string };
  return passCode === '123456'
    ? { json: { factorResult: 'SUCCESS' } }
    : failure(403, 'E0000068', 'Invalid Passcode/Answer');
};

function failure(status: number, errorCode: string, errorSummary: string): BackendAnswer {
  return { status, json: { errorCode, errorSummary, errorLink: errorCode, errorId: 'oae1', errorCauses: [] } };
}

export const wholeOktaSession: WholeSession = {
  respond: answerOkta,
  configure: (address) => `[okta]\napi_key=00key\napi_url=https://${address}/api/v1/\nrest_poll_interval=0\n`,
  answers: { otp: '123456' },
};

function session(
  run: (plugin: BothSides, origin: string) => Promise<void>,
  { more = '', connection = 'ssh-gateway' }: { more?: string; connection?: ConnectionName } = {},
): (bench: Bench) => Promise<void> {
  return async ({ authority, open }) => {
    await using backend = await startBackend(authority, answerOkta);
    const origin = `https://${backend.address}`;
    const config = `${wholeOktaSession.configure(backend.address, authority)}${more}`;
    await using plugin = await open({ backend, config, connection });
    await run(plugin, origin);
  };
}

export const oktaMfa: RealPlugin = {
  warnings: [],
  sessions: {
    'asks, checks a one-time password, authorizes': session(async (plugin, origin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate')).record.verdict).toBe('NEEDINFO');
      const accepted = await call('authenticate', {}, { otp: '123456' });
      expect(accepted.record.verdict).toBe('ACCEPT');
      expect(accepted.requests).toEqual([
        `GET ${origin}/api/v1/users/gatewayuser`,
        `GET ${origin}/api/v1/users/gatewayuser/factors`,
        `POST ${origin}/api/v1/users/gatewayuser/factors/okt/verify`,
      ]);
      expect((await call('authorize')).record.verdict).toBe('ACCEPT');
      await call('session_ended');
    }),

    async 'has its key from a credential store'({ authority, open }) {
      await using backend = await startBackend(authority, answerOkta);
      const config = `[okta]\napi_key=$\napi_url=https://${backend.address}/api/v1/\n[credential_store]\nname=local\n`;
      const services = {
        host: { credentialStores: { local: [{ host: 'okta', user: 'api_key', passwords: ['stored'] }] } },
        sdk: { credentialStores: { local: { api_key: { okta: [['stored']] } } } },
      };
      await using plugin = await open({ backend, config, services });
      const { record, requests } = await plugin.startSession().call('authenticate', {}, { otp: '123456' });
      expect(record.verdict).toBe('ACCEPT');
      expect(requests).toHaveLength(3);
    },

    'takes the provider from the prefix of the password': session(async (plugin) => {
      for (const [otp, verdict] of [
        ['y_123456', 'ACCEPT'],
        ['o=123456', 'ACCEPT'],
        ['g_123456', 'DENY'],
        ['x_123456', 'DENY'],
      ]) {
        const { call } = plugin.startSession();
        expect((await call('authenticate', {}, { otp: otp ?? '' })).record.verdict).toBe(verdict);
      }
    }),

    'denies a wrong one-time password': session(async (plugin) => {
      const { call } = plugin.startSession();
      const { record } = await call('authenticate', {}, { otp: '999999' });
      expect(record).toMatchObject({ verdict: 'DENY' });
      expect(record.outcome.log).toContain('Invalid Passcode/Answer');
      await call('session_ended');
    }),

    'pushes and waits until the user approves, or refuses': session(async (plugin) => {
      expect((await plugin.startSession().call('authenticate', {}, { otp: '' })).record.verdict).toBe('ACCEPT');
      const { call } = plugin.startSession();
      expect((await call('authenticate', { gateway_user: 'refuser' }, { otp: '' })).record.verdict).toBe('DENY');
    }),

    'denies what the service does not know or cannot answer': session(async (plugin) => {
      for (const gateway_user of ['nobody', 'unlucky', 'garbled']) {
        const { call } = plugin.startSession();
        expect((await call('authenticate', { gateway_user }, { otp: '1' })).record.verdict).toBe('DENY');
      }
    }),

    'pushes at once where the user cannot be asked': session(
      async (plugin) => {
        expect((await plugin.startSession().call('authenticate')).record.verdict).toBe('ACCEPT');
      },
      { connection: 'mssql' },
    ),

    'accepts when told to, although the service fails': session(
      async (plugin) => {
        const { call } = plugin.startSession();
        expect((await call('authenticate', { gateway_user: 'unlucky' }, { otp: '1' })).record.verdict).toBe('ACCEPT');
      },
      { more: 'ignore_connection_error=yes\n' },
    ),
  },
};
