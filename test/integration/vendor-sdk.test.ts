import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin, openSession } from '../../src/index.ts';
import { isSince } from '../../src/sps/plugin/find-hook.ts';
import { problemsOf } from './fixture.ts';

/** Pythons with the vendor's SDK, joined by colons; each may have another release of it. */
const pythons = (process.env['PLUGIN_HOST_SDK_PYTHONS'] ?? process.env['PLUGIN_HOST_SDK_PYTHON'] ?? '')
  .split(path.delimiter)
  .filter(Boolean);
const fixtures = path.resolve(import.meta.dirname, '../fixtures/plugins');

const why =
  'set PLUGIN_HOST_SDK_PYTHONS (or PLUGIN_HOST_SDK_PYTHON) to a Python that has oneidentity-safeguard-sessions-plugin-sdk';
if (pythons.length === 0) {
  process.stderr.write(`plugins on the vendor's SDK: SKIPPED: ${why}\n`);
  test.skip(`plugins on the vendor's SDK (SKIPPED: ${why})`, () => undefined);
}

const versionOf = (python: string): string =>
  execFileSync(python, ['-c', 'from safeguard.sessions import plugin; print(plugin.__version__)'], {
    encoding: 'utf8',
  }).trim();

const releases = pythons.map((python) => {
  const sdk = versionOf(python);
  return { python, sdk, api: sdk.split('.').slice(0, 2).join('.') };
});

describe.each(releases)("plugins on the vendor's SDK $sdk", ({ python, api }) => {
  const open = (name: string, config: string, emulated = api) =>
    openPlugin(path.join(fixtures, name), { config, python, api: emulated });
  /** Newer than an SDK of `api`, so not to be had on it. */
  const isNewer = (since: string): boolean => !isSince(since, api);
  const nothing = (): void => undefined;
  const sinceSdk = (since: string): typeof test | typeof nothing => (isNewer(since) ? nothing : test);
  const beforeSdk = (since: string): typeof test | typeof nothing => (isNewer(since) ? test : nothing);

  test('ask for the OTP, then the question of the configuration, in processes of their own', async () => {
    await using plugin = await open('sdk-asks-twice', '[question_1]\nkey=vp\nprompt=Path: \n');
    await using session = await openSession({ aa: plugin, connection: 'ssh-gateway' });
    const first = await session.call('authenticate');
    expect(first).toMatchObject({
      verdict: 'NEEDINFO',
      problems: [],
      outcome: { value: { question: ['otp', expect.any(String), expect.any(Boolean)] } },
    });
    const second = await session.call('authenticate', { key_value_pairs: { otp: '123456' } });
    expect(second).toMatchObject({ verdict: 'NEEDINFO', outcome: { value: { question: ['vp', 'Path: ', true] } } });
    const third = await session.call('authenticate', { key_value_pairs: { vp: 'secret/path' } });
    expect(third).toMatchObject({
      verdict: 'ACCEPT',
      problems: [],
      sessionCookie: { after: { questions: { vp: 'secret/path' } } },
    });
    expect(await session.call('authorize')).toMatchObject({ verdict: 'ACCEPT', problems: [] });
    expect(await session.end()).toMatchObject([{ hook: 'session_ended', outcome: { kind: 'returned' } }]);
  });

  const deny = async () => {
    await using plugin = await open('sdk-asks-twice', '');
    return await plugin.call('authenticate', { key_value_pairs: { otp: '654321' } }, { connection: 'ssh-gateway' });
  };

  sinceSdk('1.6')('deny with the reason that the user is shown (SDK 1.6.0)', async () => {
    expect(await deny()).toMatchObject({ verdict: 'DENY', outcome: { value: { reason: 'wrong OTP' } } });
  });

  beforeSdk('1.6')('raise where they give a reason that their SDK does not take yet', async () => {
    expect(await deny()).toMatchObject({
      outcome: { kind: 'raised', exception: 'TypeError', message: expect.stringContaining('deny_reason') },
    });
  });

  const askInMssql = async () => {
    await using plugin = await open('sdk-asks-twice', '');
    return await plugin.call('authenticate', {}, { connection: 'mssql' });
  };

  sinceSdk('1.5')('ask nothing where the protocol cannot (SDK 1.5.2)', async () => {
    expect(await askInMssql()).toMatchObject({ verdict: 'DENY' });
  });

  beforeSdk('1.5')('ask where the protocol cannot, which is told', async () => {
    expect(problemsOf(await askInMssql())).toEqual(['warning QUESTION_IMPOSSIBLE']);
  });

  test('find a password by the address when there is no host name, and check it in at the end', async () => {
    await using plugin = await open('sdk-checks-out', '');
    await using session = await openSession({ credentialstore: plugin, connection: 'ssh-gateway' });
    const found = await session.call('get_password_list');
    expect(found).toMatchObject({
      problems: [],
      outcome: { value: { passwords: ['correct horse'] } },
      cookie: { after: { account: 'targetuser', asset: '5.6.7.8' } },
    });
    const [ended] = await session.end();
    expect(ended?.outcome.log).toContain('checked in targetuser 5.6.7.8');
  });

  test('check in first when they are asked for a password again', async () => {
    await using plugin = await open('sdk-checks-out', '');
    await using session = await openSession({ credentialstore: plugin, connection: 'ssh-gateway' });
    await session.call('get_password_list');
    const again = await session.call('get_password_list');
    expect(again.outcome.log).toContain('checked in targetuser 5.6.7.8');
  });

  test.each([
    { hook: 'get_private_key_list', since: '1.0', kwargs: {} },
    { hook: 'authentication_completed', since: '1.0', kwargs: {} },
    { hook: 'get_remote_app_credentials', since: '1.7', kwargs: { asset: '5.6.7.8' } },
    { hook: 'get_totp_codes', since: '1.9', kwargs: {} },
  ])('get exactly the arguments that $hook of their base class demands', async ({ hook, since, kwargs }) => {
    await using plugin = await open('sdk-checks-out', '');
    const called = plugin.call(hook, kwargs, { connection: 'ssh-gateway' });
    if (isNewer(since)) await expect(called).rejects.toMatchObject({ code: 'HOOK_UNKNOWN' });
    else expect(await called).toMatchObject({ outcome: { kind: 'returned' } });
  });

  beforeSdk('1.5')('refuse arguments of a newer API, as on an appliance that passed them', async () => {
    await using plugin = await open('sdk-asks-twice', '', '1.5');
    expect(await plugin.call('authenticate', {}, { connection: 'ssh-gateway' })).toMatchObject({
      outcome: { kind: 'raised', exception: 'TypeError', message: expect.stringContaining('client_hostname') },
    });
  });

  sinceSdk('1.5')('miss what an appliance of an older API does not pass', async () => {
    await using plugin = await open('sdk-asks-twice', '', '1.4');
    const record = await plugin.call('authenticate', {}, { connection: 'ssh-gateway' });
    expect(record.kwargs).toMatchObject({ client_hostname: null, server_username: null, server_domain: null });
    expect(record.problems.map(({ message }) => message)).toEqual([
      'authenticate declares client_hostname, which SPS passes only since API 1.5; it got None',
      'authenticate declares server_username, which SPS passes only since API 1.5; it got None',
      'authenticate declares server_domain, which SPS passes only since API 1.5; it got None',
    ]);
  });
});
