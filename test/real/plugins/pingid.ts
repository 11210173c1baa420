import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import type { BothSides } from '../both-sides.ts';
import type { Bench, RealPlugin } from '../real-plugin.ts';
import { type BackendAnswer, type BackendRequest, startBackend } from '../start-backend.ts';

interface PingRequest {
  reqHeader: Record<string, unknown>;
  reqBody: { userName: string; deviceId?: string; otp?: string };
}

const key = Buffer.from('a key of thirty-two bytes length');

/** Source: PingID API, `startauthentication`, `authonline`, `authoffline`; requests and most answers are signed tokens. */
function answerPingid({ url, body }: BackendRequest): BackendAnswer {
  const { pathname } = new URL(url);
  const { userName, deviceId, otp } = (decode(body).payload as PingRequest).reqBody;
  const answer = (responseBody: Record<string, unknown>, status = 200): BackendAnswer => ({
    status,
    text: encode({ responseBody: { clientData: null, ...responseBody } }),
  });
  const ok = { errorId: 200, errorMsg: 'ok' };
  if (userName === 'garbled') return { text: 'no token' };
  if (userName === 'nobody') return answer({ errorId: 10564, errorMsg: 'User does not exist' }, 400);
  if (pathname.endsWith('/startauthentication/do')) {
    const devices = [
      { deviceId: 101, nickname: 'Phone' },
      { deviceId: 102, nickname: 'Key' },
    ];
    return answer({ ...ok, userDevices: userName === 'phoneless' ? [] : devices });
  }
  if (pathname.endsWith('/authoffline/do')) {
    // Unsigned, as an answer may be.
    const errorId = otp === '123456' ? 200 : 30007;
    return { json: { responseBody: { errorId, errorMsg: errorId === 200 ? 'ok' : 'The passcode is wrong' } } };
  }
  if (userName === 'refuser') return answer({ errorId: 30004, errorMsg: 'Authentication denied' });
  return answer({ ...ok, sessionId: `session-${deviceId ?? 'any'}` });
}

function encode(payload: unknown): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function decode(token: string): { header: unknown; payload: unknown } {
  const [header = '', payload = ''] = token.split('.');
  const part = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString());
  return { header: part(header), payload: part(payload) };
}

/** A token holds the time, and its signature covers it. */
function maskRequest({ body, headers: { 'content-length': _, ...headers }, ...request }: BackendRequest): unknown {
  const { header, payload } = decode(body);
  const { reqHeader, reqBody } = payload as PingRequest;
  return {
    ...request,
    headers,
    header,
    reqBody,
    reqHeader: { ...reqHeader, timestamp: typeof reqHeader['timestamp'] },
  };
}

function session(
  run: (plugin: BothSides, origin: string) => Promise<void>,
  more = '',
): (bench: Bench) => Promise<void> {
  return async ({ authority, open }) => {
    await using backend = await startBackend(authority, answerPingid);
    const origin = `https://${backend.address}`;
    const config = `[pingid]\nidp_url=${origin}\norg_alias=acme\ntoken=token-1\nbase64_key=${key.toString('base64url')}=\n${more}`;
    await using plugin = await open({ backend, config, maskRequest });
    await run(plugin, origin);
  };
}

export const pingid: RealPlugin = {
  warnings: ['FIELD_UNKNOWN', 'SHADOWS_PRELOAD'],
  sessions: {
    'asks, checks a passcode, authorizes': session(async (plugin, origin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate')).record.verdict).toBe('NEEDINFO');
      const accepted = await call('authenticate', {}, { otp: '123456' });
      expect(accepted.record.verdict).toBe('ACCEPT');
      expect(accepted.requests).toEqual([
        `POST ${origin}/rest/4/authonline/do`,
        `POST ${origin}/rest/4/authoffline/do`,
      ]);
      expect((await call('authorize')).record.verdict).toBe('ACCEPT');
      await call('session_ended');
    }),

    'denies a wrong passcode': session(async (plugin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate', {}, { otp: '999999' })).value).toMatchObject({
        verdict: 'DENY',
        additional_metadata: expect.stringContaining('The passcode is wrong'),
      });
      await call('session_ended');
    }),

    'pushes, and the user approves, or refuses, or is not known': session(async (plugin) => {
      for (const [gateway_user, verdict] of [
        ['gatewayuser', 'ACCEPT'],
        ['refuser', 'DENY'],
        ['nobody', 'DENY'],
        ['garbled', 'DENY'],
      ] as const) {
        const { call } = plugin.startSession();
        expect((await call('authenticate', { gateway_user }, { otp: '' })).record.verdict).toBe(verdict);
      }
    }),

    'lets the user select a device': session(async (plugin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate', {}, { otp: '!select' })).value).toMatchObject({
        question: ['selected_device', '1) Phone\n2) Key\nPlease select a device: ', false],
      });
      const selected = await call('authenticate', {}, { selected_device: '2' });
      expect(selected.value).toMatchObject({ verdict: 'NEEDINFO', question: ['otp', expect.any(String), false] });
      const accepted = await call('authenticate', {}, { otp: '123456' });
      expect(accepted.record).toMatchObject({
        verdict: 'ACCEPT',
        cookie: { after: { _device_index_map: { 1: 101, 2: 102 } } },
      });
    }),

    'raises for a device that it did not offer, and denies who has none': session(async (plugin) => {
      const { call } = plugin.startSession();
      await call('authenticate', {}, { otp: '!select' });
      expect((await call('authenticate', {}, { selected_device: '3' })).record.outcome).toMatchObject({
        kind: 'raised',
        exception: 'lib.plugin.InvalidDeviceSelection',
      });
      await call('session_ended');
      const { call: without } = plugin.startSession();
      expect((await without('authenticate', { gateway_user: 'phoneless' }, { otp: '!select' })).record.verdict).toBe(
        'DENY',
      );
    }),

    'denies the selection where it is switched off': session(async (plugin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate', {}, { otp: '!select' })).record.verdict).toBe('DENY');
    }, 'enable_device_selection=no\n'),
  },
};
