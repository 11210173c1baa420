import { expect } from 'vitest';
import type { Json } from '../../../src/index.ts';
import type { BothSides } from '../both-sides.ts';
import type { Bench, RealPlugin } from '../real-plugin.ts';
import { type BackendRequest, type Respond, startBackend } from '../start-backend.ts';

const host = 'https://login.microsoftonline.com';

/** Source: Microsoft identity platform, OAuth 2.0 device authorization grant. What becomes of it is told by the client's name. */
const answerEntra: Respond = ({ method, url, body }, earlier) => {
  const { pathname } = new URL(url);
  if (method === 'GET') {
    return {
      json: {
        issuer: `${host}/{tenantid}/v2.0`,
        authorization_endpoint: `${host}/common/oauth2/v2.0/authorize`,
        device_authorization_endpoint: `${host}/common/oauth2/v2.0/devicecode`,
        token_endpoint: `${host}/common/oauth2/v2.0/token`,
      },
    };
  }
  const client = new URLSearchParams(body).get('client_id');
  if (pathname.endsWith('/devicecode')) {
    if (client === 'unknown')
      return { status: 400, json: { error: 'unauthorized_client', error_description: 'unknown' } };
    return {
      json: {
        device_code: 'device-1',
        user_code: 'ABCD-EFGH',
        verification_uri: 'https://microsoft.com/devicelogin',
        expires_in: 900,
        interval: 0,
        message: 'Sign in.',
      },
    };
  }
  const isFirst = !earlier.some((each) => each.url === url);
  if (isFirst) return { status: 400, json: { error: 'authorization_pending' } };
  if (client === 'declined') return { status: 400, json: { error: 'authorization_declined' } };
  return { json: { token_type: 'Bearer', scope: 'User.Read', expires_in: 3599, access_token: 'access-1' } };
};

/** The library of the plugin notes times and numbers its requests at random. */
function maskValue(value: Json): Json {
  const chance = ['expires_at', 'latest_attempt_at', '_correlation_id'];
  return JSON.parse(
    JSON.stringify(value, (key, each: Json) => (chance.includes(key) ? `some ${typeof each}` : each)),
  ) as Json;
}

function maskRequest({ headers: { 'client-request-id': id, ...headers }, ...request }: BackendRequest): unknown {
  return { ...request, headers, hasId: id !== undefined };
}

function session(client: string, run: (plugin: BothSides) => Promise<void>): (bench: Bench) => Promise<void> {
  return async ({ authority, open }) => {
    await using backend = await startBackend(authority, answerEntra);
    const config = `[azure-ad]\nclient_id=${client}\n[https_proxy]\nserver=127.0.0.1\nport=${backend.port}\n`;
    await using plugin = await open({ backend, config, maskValue, maskRequest });
    await run(plugin);
  };
}

export const azureAd: RealPlugin = {
  warnings: ['SHADOWS_PRELOAD'],
  sessions: {
    'shows a code, waits for the sign-in, authorizes': session('sps', async (plugin) => {
      const { call } = plugin.startSession();
      const asked = await call('authenticate');
      expect(asked.value).toMatchObject({ question: ['otp', expect.stringContaining('code ABCD-EFGH'), false] });
      const accepted = await call('authenticate', {}, { otp: '' });
      expect(accepted.record.verdict).toBe('ACCEPT');
      expect(accepted.requests.filter((each) => each === `POST ${host}/common/oauth2/v2.0/token`)).toHaveLength(2);
      expect((await call('authorize')).record.verdict).toBe('ACCEPT');
      await call('session_ended');
    }),

    'denies who declines': session('declined', async (plugin) => {
      const { call } = plugin.startSession();
      await call('authenticate');
      expect((await call('authenticate', {}, { otp: '' })).record.verdict).toBe('DENY');
      await call('session_ended');
    }),

    'denies when the service gives no code': session('unknown', async (plugin) => {
      expect((await plugin.startSession().call('authenticate')).record.verdict).toBe('DENY');
    }),
  },
};
