import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallRecord } from '../../src/index.ts';
import { startKeyValueServer } from './key-value-server.ts';

const bin = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');
const python = process.env['PLUGIN_HOST_SDK_PYTHON'] ?? 'python3';
const folders = (process.env['PLUGIN_HOST_REAL_PLUGINS'] ?? '').split(path.delimiter).filter(Boolean);

/** The checkout whose folder name ends so; a missing one fails the test that needs it. */
function checkout(name: string): string {
  const found = folders.find((folder) => folder.endsWith(name) && existsSync(path.join(folder, 'MANIFEST')));
  if (found === undefined) throw new Error(`npm run test:real -- DIR…: no folder given whose name ends in ${name}`);
  return found;
}

let state = '';

beforeAll(() => {
  state = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterAll(() => {
  rmSync(state, { recursive: true });
});

async function host(
  ...args: string[]
): Promise<{ document: CallRecord & { ok: boolean }; exitCode: number | undefined }> {
  const { stdout, exitCode } = await execa(
    process.execPath,
    [bin, ...args, '--state', state, '--python', python, '--json'],
    { reject: false },
  );
  return { document: JSON.parse(stdout) as CallRecord & { ok: boolean }, exitCode };
}

describe('skeleton-aa', () => {
  test('passes check', async () => {
    const { document } = await host('check', checkout('skeleton-aa'));
    expect(document).toMatchObject({ ok: true, hooks: ['authenticate', 'authorize', 'session_ended'], problems: [] });
  });

  test('goes through a session and carries its state in the cookie', async () => {
    const call = async (hook: string) =>
      (
        await host(
          'invoke',
          hook,
          '-p',
          checkout('skeleton-aa'),
          '--connection',
          'ssh-gateway',
          '--session',
          'skeleton',
        )
      ).document;
    const authenticated = await call('authenticate');
    expect(authenticated).toMatchObject({
      verdict: 'ACCEPT',
      problems: [],
      cookie: { after: { username: 'gatewayuser', mfa_identity: 'gatewayuser' } },
    });
    const authorized = await call('authorize');
    expect(authorized).toMatchObject({ verdict: 'ACCEPT', cookie: { before: authenticated.cookie.after } });
    expect(await call('session_ended')).toMatchObject({
      outcome: { kind: 'returned', value: null },
      cookie: { before: authorized.cookie.after },
    });
  });
});

describe('hashicorp-vault', () => {
  test('passes check', async () => {
    const { document } = await host('check', checkout('hashicorp-vault'));
    expect(document).toMatchObject({ ok: true, problems: [] });
  });

  test('fetches a password over HTTP, and the one whose path the user answered', async () => {
    await using server = await startKeyValueServer(
      { '/v1/secret/users/targetuser': { password: 'correct horse' }, '/v1/secret/special': { pw: 'battery staple' } },
      { gatewayuser: 'open sesame' },
    );
    const config = path.join(state, 'vault.cfg');
    writeFileSync(
      config,
      `[hashicorp]\naddress = 127.0.0.1\nport = ${server.port}\nauthentication_method = userpass\n[engine-kv-v1]\nsecrets_path = secret/users\n[tls]\nenabled = no\n`,
    );
    const args = [
      'invoke',
      'get_password_list',
      '-p',
      checkout('hashicorp-vault'),
      '--connection',
      'ssh-gateway',
      '--config',
      config,
    ];
    const login = ['--set', 'gateway_password=open sesame'];

    const found = await host(...args, ...login, '--show-secrets');
    expect(found.document.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['correct horse'] } });
    expect(found.exitCode).toBe(0);

    const answered = await host(...args, ...login, '--session-cookie', '{"questions":{"vp":"secret/special#pw"}}');
    expect(answered.document.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['***'] } });
    expect(JSON.stringify(answered.document)).not.toMatch(/battery staple|open sesame/);
    expect(server.requests.at(-1)).toBe('GET /v1/secret/special ');

    const refused = await host(...args, '--set', 'gateway_password=wrong');
    expect(refused.document.outcome).toMatchObject({ kind: 'returned', value: { passwords: [] } });
    expect(refused.document.outcome.log).toContain('Error retrieving passwords');
  });
});
