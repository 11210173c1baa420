import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin } from '../../src/index.ts';
import { callFixture, fixture, makeFolder, python, runHost } from './fixture.ts';
import { codesOf, hooksOf, playPlugins, playUntilTimeIsUp, shareForkServer } from './simulated.ts';

shareForkServer();

/** Plugins that behave as published ones of this kind do; each row by its own name. */
describe('a plugin in the likeness of', () => {
  test('sample-aa asks for user and password, and names the gateway user with no groups', async () => {
    const { simulation } = await playPlugins({
      connection: 'ssh',
      plugins: { aa: { path: fixture('names-gateway-user'), config: '[auth]\nidentity_provider=ad\n' } },
      answers: { user: 'wsmith', password: 'pw' },
    });
    expect(simulation.steps.slice(0, 3)).toMatchObject([
      { verdict: 'NEEDINFO', question: { key: 'user', prompt: 'User: ', echo: true } },
      { verdict: 'NEEDINFO', question: { key: 'password', prompt: 'Password: ', echo: false } },
      { verdict: 'ACCEPT' },
    ]);
    expect(simulation).toMatchObject({
      ended: 'closed',
      gatewayUser: 'wsmith',
      gatewayGroups: [],
      sessionCookie: { IdentityProvider: 'ad' },
    });
  });

  test('radius-mfa asks the challenge with echo off, and keeps the state as base64 in its cookie', async () => {
    const { simulation } = await playPlugins({
      connection: 'ssh-gateway',
      plugins: { aa: { path: fixture('answers-a-challenge') } },
      answers: { radius_password: '42' },
    });
    expect(simulation.steps[0]).toMatchObject({
      outcome: { value: { question: ['radius_password', 'Next code: ', true] } },
      cookie: { after: { state: 'AP8=' } },
    });
    expect(simulation.steps[1]).toMatchObject({ verdict: 'ACCEPT', cookie: { before: { state: 'AP8=' } } });
  });

  test('pingid finds the device of `!select` by a key that became text in JSON', async () => {
    const { simulation } = await playPlugins({
      connection: 'ssh-gateway',
      login: 'otp=!select@root',
      plugins: { aa: { path: fixture('keeps-devices-by-number') } },
      answers: { selected_device: '2' },
    });
    expect(simulation.steps[0]?.cookie.after).toEqual({
      devices: { 1: 'phone', 2: 'token' },
      asked_for: '!select',
    });
    expect(simulation.cookies.aa).toEqual({ device: 'token', keys: ["'1'", "'2'"] });
  });

  test('onelogin and duo asks under the key `otp` twice, and the latest answer wins', async () => {
    const { simulation } = await playPlugins({
      connection: 'ssh-gateway',
      login: 'otp=early@root',
      plugins: { aa: { path: fixture('asks-one-key-twice') } },
      answers: { otp: ['wrong', 'right'] },
    });
    expect(simulation.steps.slice(0, 3).map(({ kwargs, verdict }) => [kwargs['key_value_pairs'], verdict])).toEqual([
      [{ otp: 'early' }, 'NEEDINFO'],
      [{ otp: 'wrong' }, 'NEEDINFO'],
      [{ otp: 'right' }, 'ACCEPT'],
    ]);
  });

  test('tpam receives target_username and target_host though only server_* is current', async () => {
    const record = await callFixture(
      'declares-target-names',
      { server_username: 'root', server_ip: '10.0.0.5', server_port: 2222 },
      { connection: 'ssh-gateway' },
    );
    expect(record.kwargs).toMatchObject({ target_username: 'root', target_host: '10.0.0.5', target_port: 2222 });
    expect(record.cookie.after).toEqual({ target: ['root', '10.0.0.5', 2222, null] });
  });

  const asksForCheckIn = (chaos?: string) =>
    playPlugins(
      { connection: 'telnet', plugins: { credentialstore: { path: fixture('checks-in-by-request') } } },
      chaos === undefined ? {} : { chaos },
    );

  test('safeguard has the cookie of get_password_list in session_ended', async () => {
    const { simulation } = await asksForCheckIn();
    expect(simulation.steps.at(-1)).toMatchObject({
      hook: 'session_ended',
      kwargs: { cookie: { access_request_id: '7-21-1' } },
      outcome: { kind: 'returned', log: expect.stringContaining('checked in 7-21-1') },
    });
  });

  test('safeguard raises in session_ended without access_request_id, which is told, and the session still ends', async () => {
    const result = await asksForCheckIn('lose-cookie@session_ended');
    expect(result.simulation.steps.at(-1)?.outcome).toMatchObject({
      kind: 'raised',
      message: 'Missing access_request_id',
    });
    expect(result.simulation.ended).toBe('closed');
    expect(codesOf(result)).toContain('error HOOK_FAILED');
  });

  test.each([
    ['of the group', ['ops', 'dba'], 'dba', 'closed'],
    ['of another', ['ops'], 'dba', 'denied'],
    ['None, by `__all__` alone', null, '__all__', 'closed'],
    ['None, no group but `__all__`', null, 'dba', 'denied'],
  ])('fqdnauth authenticates without question, and decides in authorize by gateway_groups: %s', async (...row) => {
    const [, gateway_groups, config, ended] = row;
    const result = await playPlugins({
      connection: { base: 'ssh-gateway', gateway_groups },
      plugins: { aa: { path: fixture('decides-by-groups'), config } },
    });
    expect(hooksOf(result)).toEqual(['authenticate', 'authorize', 'session_ended']);
    const [authenticate, authorize] = result.simulation.steps;
    expect(authenticate?.cookie.after).toEqual({ knew_groups: false });
    expect(authorize?.kwargs).toEqual({ gateway_groups });
    expect(result.simulation.ended).toBe(ended);
  });
});

describe('a session', () => {
  test('with a plugin printing on stdout logs the output and has its result intact', async () => {
    const record = await callFixture('prints-a-reply');
    expect(record.outcome.kind).toBe('returned');
    expect(record.outcome.log).not.toBe('');
  });

  test('with a plugin sleeping longer than its timeout kills it, has the cookies before the call, and calls session_ended', async () => {
    const aa = { authenticate: [{ verdict: 'ACCEPT', cookie: { kept: 1 } }], authorize: ['hang'] };
    const result = await playUntilTimeIsUp({ aa });
    const [, authorize, ended] = result.simulation.steps;
    expect(authorize).toMatchObject({ hook: 'authorize', outcome: { kind: 'timed-out' } });
    expect(authorize?.cookie.after).toEqual({ authenticate: 1, kept: 1 });
    expect(ended).toMatchObject({
      hook: 'session_ended',
      outcome: { kind: 'returned' },
      cookie: { before: { authenticate: 1, kept: 1 } },
    });
    expect(result.simulation.ended).toBe('timed-out');
  });

  test('is refused for a MANIFEST with `entry_point=main.py`, a YAML error', async () => {
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'MANIFEST'), 'name: Odd\ntype: aa\napi: 1.0\nversion: 1.0\nentry_point=main.py\n');
    writeFileSync(path.join(folder, 'main.py'), '');
    await expect(openPlugin(folder, { python })).rejects.toMatchObject({ code: 'MANIFEST_NOT_YAML' });
    const { json } = await runHost<{ problems: { code: string }[] }>('check', folder, '--python', python);
    expect(json.problems.map(({ code }) => code)).toContain('MANIFEST_NOT_YAML');
  });
});
