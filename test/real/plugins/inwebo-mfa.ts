import { expect } from 'vitest';
import { indentPem } from '../authority.ts';
import type { BothSides } from '../both-sides.ts';
import type { Bench, RealPlugin, WholeSession } from '../real-plugin.ts';
import { type Respond, startBackend } from '../start-backend.ts';

/** Source: inWebo API, `authenticateExtended`, `pushAuthenticate`, `checkPushResult`. */
const answerInwebo: Respond = ({ url, client }, earlier) => {
  const { searchParams } = new URL(url);
  const err = (text: string): { json: unknown } => ({ json: { err: text, version: '2.18.0' } });
  if (client !== 'CN=plugin') return { status: 403, json: { err: 'NOK:CERT' } };
  if (searchParams.get('userId') === 'garbled') return { text: '<html>' };
  switch (searchParams.get('action')) {
    case 'authenticateExtended':
      return err(searchParams.get('token') === '123456' ? 'OK' : 'NOK:WRONG');
    case 'pushAuthenticate':
      return { json: { err: 'OK', sessionId: 'session-1', timestamp: '2020-01-01T00:00:00' } };
    default:
      if (!earlier.some((each) => each.url === url)) return err('NOK:WAITING');
      return err(searchParams.get('userId') === 'refuser' ? 'NOK:REFUSED' : 'OK');
  }
};

export const wholeInweboSession: WholeSession = {
  respond: answerInwebo,
  configure: (address, { client }) =>
    `[inwebo]\nservice_id=4711\napi_url=https://${address}/FS/\nrest_poll_interval=0\n` +
    `client_cert=${indentPem(client.certificate)}\n ${indentPem(client.key)}\n`,
  answers: { otp: '123456' },
};

function session(run: (plugin: BothSides, origin: string) => Promise<void>): (bench: Bench) => Promise<void> {
  return async ({ authority, open }) => {
    await using backend = await startBackend(authority, answerInwebo);
    const origin = `https://${backend.address}`;
    const config = wholeInweboSession.configure(backend.address, authority);
    await using plugin = await open({ backend, config });
    await run(plugin, origin);
  };
}

export const inweboMfa: RealPlugin = {
  warnings: [],
  sessions: {
    'asks, checks a one-time password under its own certificate, authorizes': session(async (plugin, origin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate')).record.verdict).toBe('NEEDINFO');
      const accepted = await call('authenticate', {}, { otp: '123456' });
      expect(accepted.record.verdict).toBe('ACCEPT');
      expect(accepted.requests).toEqual([
        `GET ${origin}/FS?action=authenticateExtended&serviceId=4711&userId=gatewayuser&token=123456&format=json`,
      ]);
      expect((await call('authorize')).record.verdict).toBe('ACCEPT');
      await call('session_ended');
    }),

    'denies a wrong one-time password': session(async (plugin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate', {}, { otp: '999999' })).value).toMatchObject({
        verdict: 'DENY',
        additional_metadata: expect.stringContaining('NOK:WRONG'),
      });
      await call('session_ended');
    }),

    'pushes and waits until the user approves, or refuses': session(async (plugin) => {
      const approved = await plugin.startSession().call('authenticate', {}, { otp: '' });
      expect(approved.record.verdict).toBe('ACCEPT');
      expect(approved.requests).toHaveLength(3);
      const { call } = plugin.startSession();
      expect((await call('authenticate', { gateway_user: 'refuser' }, { otp: '' })).record.verdict).toBe('DENY');
    }),

    'meets an answer that is no JSON': session(async (plugin) => {
      await plugin.startSession().call('authenticate', { gateway_user: 'garbled' }, { otp: '1' });
    }),

    async 'denies without a service, and raises without a certificate'({ authority: { client }, open }) {
      const certificate = `client_cert=${indentPem(client.certificate)}\n ${indentPem(client.key)}\n`;
      await using away = await open({ config: `[inwebo]\nservice_id=1\napi_url=http://127.0.0.1:9/\n${certificate}` });
      expect((await away.startSession().call('authenticate', {}, { otp: '1' })).record.verdict).toBe('DENY');
      await using bare = await open({ config: '[inwebo]\nservice_id=1\n' });
      expect((await bare.startSession().call('authenticate', {}, { otp: '1' })).record.outcome.kind).toBe('raised');
    },
  },
};
