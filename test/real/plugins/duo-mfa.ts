import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { Authority } from '../authority.ts';
import type { BothSides } from '../both-sides.ts';
import type { Bench, RealPlugin } from '../real-plugin.ts';
import { type Backend, type BackendAnswer, type BackendRequest, startBackend } from '../start-backend.ts';

/** Source: Duo Auth API, `/preauth` and `/auth`. */
function answerDuo({ url, body }: BackendRequest): BackendAnswer {
  const { pathname } = new URL(url);
  const { username, factor, passcode } = JSON.parse(body) as Record<string, string>;
  const ok = (response: unknown): BackendAnswer => ({ json: { stat: 'OK', response } });
  const device = { device: 'DPFZRS9FB0D46QFTM891', type: 'phone', name: '', capabilities: ['auto', 'push', 'sms'] };
  if (username === 'unsigned') {
    return { status: 401, json: { stat: 'FAIL', code: 40103, message: 'Invalid signature in request credentials' } };
  }
  if (pathname === '/auth/v2/preauth') {
    if (username === 'bypass') return ok({ result: 'allow', status_msg: 'Account is active' });
    if (username === 'stranger') return ok({ result: 'enroll', status_msg: 'Enroll an authentication device' });
    if (username === 'phoneless') return ok({ result: 'auth', status_msg: 'Account is active', devices: [] });
    return ok({ result: 'auth', status_msg: 'Account is active', devices: [device] });
  }
  if (factor === 'sms') return ok({ result: 'deny', status: 'sent', status_msg: 'New SMS passcodes sent' });
  if (factor === 'push' && username === 'refuser') {
    return ok({ result: 'deny', status: 'deny', status_msg: 'Login request denied.' });
  }
  if (factor === 'push' || passcode === '123456')
    return ok({ result: 'allow', status: 'allow', status_msg: 'Success.' });
  if (passcode === '000000') {
    const status_msg = 'This passcode has already been used. Please generate a new passcode and try again.';
    return ok({ result: 'deny', status: 'deny', status_msg });
  }
  return ok({ result: 'deny', status: 'deny', status_msg: 'Incorrect passcode. Please try again.' });
}

const host = 'https://api-1.duosecurity.com/auth/v2';

function session(
  run: (plugin: BothSides, backend: Backend) => Promise<void>,
  more = '',
): (bench: Bench) => Promise<void> {
  return async ({ authority, open }) => {
    await using backend = await startBackend(authority, answerDuo);
    await using plugin = await open({
      backend,
      config:
        `[duo]\nikey=DIXXXXXXXXXXXXXXXXXX\nskey=key of the integration\nhost=api-1.duosecurity.com\n${more}` +
        `[https_proxy]\nserver=127.0.0.1\nport=${backend.port}\n`,
      // The signature covers the date.
      maskRequest: ({ headers: { date, 'x-duo-date': other, authorization, ...headers }, ...request }) => ({
        ...request,
        headers,
        isSigned: authorization?.startsWith('Basic ') === true && (date ?? other) !== undefined,
      }),
    });
    await run(plugin, backend);
  };
}

export const duoMfa: RealPlugin = {
  warnings: [],
  /** duo_client trusts only the authorities in a file of its own package. */
  prepare(folder: string, { certificate }: Authority) {
    appendFileSync(path.join(folder, 'duo_client/ca_certs.pem'), `\n${certificate}`);
  },
  sessions: {
    'asks, checks a passcode, authorizes': session(async (plugin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate')).record.verdict).toBe('NEEDINFO');
      const accepted = await call('authenticate', {}, { otp: '123456' });
      expect(accepted.record.verdict).toBe('ACCEPT');
      expect(accepted.requests).toEqual([`POST ${host}/preauth`, `POST ${host}/auth`]);
      expect((await call('authorize')).record.verdict).toBe('ACCEPT');
      await call('session_ended');
    }),

    'denies a wrong passcode': session(async (plugin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate', {}, { otp: '999999' })).value).toMatchObject({
        verdict: 'DENY',
        additional_metadata: expect.stringContaining('Incorrect passcode'),
      });
      await call('session_ended');
    }),

    'asks once more for a used passcode, then denies': session(async (plugin) => {
      const { call } = plugin.startSession();
      const again = await call('authenticate', {}, { otp: '000000' });
      expect(again.record).toMatchObject({ verdict: 'NEEDINFO', cookie: { after: { second_try: true } } });
      expect((await call('authenticate', {}, { otp: '000000' })).record.verdict).toBe('DENY');
    }),

    'sends a passcode by SMS and takes it': session(async (plugin) => {
      const { call } = plugin.startSession();
      const asked = await call('authenticate', {}, { otp: 'sms' });
      expect(asked.value).toMatchObject({ question: ['otp', 'Enter passcode from text message: ', false] });
      expect((await call('authenticate', {}, { otp: '123456' })).record.verdict).toBe('ACCEPT');
    }),

    'pushes, and the user approves, or refuses, or has no device': session(async (plugin) => {
      for (const [user, verdict] of [
        ['gatewayuser', 'ACCEPT'],
        ['refuser', 'DENY'],
        ['phoneless', 'DENY'],
        ['stranger', 'DENY'],
        ['bypass', 'ACCEPT'],
      ]) {
        const { call } = plugin.startSession();
        expect((await call('authenticate', { gateway_user: user ?? null }, { otp: '' })).record.verdict).toBe(verdict);
      }
    }),

    'denies when the service refuses its signature': session(async (plugin) => {
      const { call } = plugin.startSession();
      expect((await call('authenticate', { gateway_user: 'unsigned' }, { otp: '' })).value).toMatchObject({
        verdict: 'DENY',
        additional_metadata: expect.stringContaining('Invalid signature'),
      });
    }),

    'accepts when told to, while the service is away': session(async (plugin, backend) => {
      await backend[Symbol.asyncDispose]();
      const { call } = plugin.startSession();
      const { record } = await call('authenticate', {}, { otp: '' });
      expect(record.verdict).toBe('ACCEPT');
      expect(record.outcome.log).toContain('allowing connection without MFA');
    }, 'ignore_connection_error=yes\n'),
  },
};
