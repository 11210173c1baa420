import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin, openSession } from '../../src/index.ts';

const python = process.env['PLUGIN_HOST_SDK_PYTHON'];
const fixtures = path.resolve(import.meta.dirname, '../fixtures/plugins');

const title = "plugins on the vendor's SDK";
const why = 'SKIPPED: set PLUGIN_HOST_SDK_PYTHON to a Python that has oneidentity-safeguard-sessions-plugin-sdk';
if (python === undefined) process.stderr.write(`${title}: ${why}\n`);

describe.skipIf(python === undefined)(python === undefined ? `${title} (${why})` : title, () => {
  const open = (name: string, config: string) =>
    openPlugin(path.join(fixtures, name), { config, ...(python === undefined ? {} : { python }) });

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

  test('deny with the reason that the user is shown', async () => {
    await using plugin = await open('sdk-asks-twice', '');
    const denied = await plugin.call(
      'authenticate',
      { key_value_pairs: { otp: '654321' } },
      { connection: 'ssh-gateway' },
    );
    expect(denied).toMatchObject({ verdict: 'DENY', outcome: { value: { reason: 'wrong OTP' } } });
  });

  test('ask nothing where the protocol cannot', async () => {
    await using plugin = await open('sdk-asks-twice', '');
    expect(await plugin.call('authenticate', {}, { connection: 'mssql' })).toMatchObject({ verdict: 'DENY' });
  });

  test('find a password by the address when there is no host name, and check it in at the end', async () => {
    await using plugin = await open('sdk-checks-out', '');
    await using session = await openSession({ credentialstore: plugin, connection: 'ssh-gateway' });
    const found = await session.call('get_password_list');
    expect(found).toMatchObject({
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

  test('get exactly the arguments that the hooks of their base class demand', async () => {
    await using plugin = await open('sdk-checks-out', '');
    for (const hook of [
      'get_private_key_list',
      'get_remote_app_credentials',
      'get_totp_codes',
      'authentication_completed',
    ]) {
      expect(await plugin.call(hook, { asset: '5.6.7.8' }, { connection: 'ssh-gateway' }), hook).toMatchObject({
        outcome: { kind: 'returned' },
      });
    }
  });
});
