import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/index.ts';
import { openPlugin, openSession } from '../../src/index.ts';
import type { SessionExport } from '../../src/sps/store/export-session.ts';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { type HostRun, makeFolder, runHost, runCommand } from './fixture.ts';

const samples = path.resolve(import.meta.dirname, '../../sample-plugins');
const folder = makeFolder();
const [here, elsewhere] = [path.join(folder, 'here'), path.join(folder, 'elsewhere')];
const inFolder = (name: string): string => path.join(folder, name);
/** The one-time password, the password in the vault's file, and a line of its private key. */
let secrets: string[] = [];

async function session(stateDir: string, ...args: string[]): Promise<HostRun & { json: JsonObject }> {
  return runHost<JsonObject>('session', ...args, '--state', stateDir);
}

beforeAll(async () => {
  const store = { name: 'demo', stateDir: here };
  await using aa = await openPlugin(path.join(samples, 'otp-ts'), { processes: 'cold' });
  await using credentialstore = await openPlugin(path.join(samples, 'vault'), { processes: 'cold' });
  await using recorded = await openSession({ aa, credentialstore, store });
  await recorded.call('authenticate');
  await recorded.call('authenticate', { key_value_pairs: { otp: '123456' } });
  await recorded.call('get_password_list');
  const { outcome } = await recorded.call('get_private_key_list');
  const vault = JSON.parse(readFileSync(path.join(samples, 'vault/vault.json'), 'utf8')) as {
    '5.6.7.8': { gatewayuser: { password: string } };
  };
  const key = /"private_keys":\[\["ssh-rsa","[^"]*?\\n([^"\\]{20,})\\n/.exec(JSON.stringify(outcome))?.[1];
  secrets = ['123456', vault['5.6.7.8'].gatewayuser.password, ...(key === undefined ? [] : [key])];
});

describe('an exported session', () => {
  test('holds no secret, and can be shown elsewhere as here', async () => {
    const file = inFolder('masked.json');
    const { json, stderr } = await session(here, 'export', 'demo', '-o', file);
    expect({ json, stderr }).toEqual({ json: { session: 'demo', file, masked: true, steps: 4 }, stderr: '' });
    const text = readFileSync(file, 'utf8');
    expect(secrets.length).toBe(3);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toContain('[otp]');
    expect((await session(elsewhere, 'import', file)).json).toEqual({
      session: 'demo',
      masked: true,
      steps: 4,
      replaced: false,
    });
    const { json: shown } = await session(here, 'show', 'demo');
    expect((await session(elsewhere, 'show', 'demo')).json).toEqual({ ...shown, origin: 'import' });
  });

  test('of which a replay warns that its secrets are masked', async () => {
    const { stderr, exitCode } = await session(elsewhere, 'replay', 'demo', '3');
    expect(exitCode).toBe(1); // the vault's password is not what the export says
    expect(stderr).toContain('without its secrets');
  });

  test('with its secrets says so, is for its owner alone, and goes the same way elsewhere', async () => {
    const file = inFolder('clear.json');
    writeFileSync(file, '', { mode: 0o644 });
    const { stderr } = await session(here, 'export', 'demo', '-o', file, '--show-secrets');
    expect(stderr).toContain('unmasked');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await session(elsewhere, 'import', file, '--name', 'clear');
    const stored = new SessionStore(elsewhere).readContent('clear');
    expect(stored).toEqual(new SessionStore(here).readContent('demo'));
    const { json, exitCode, stderr: said } = await session(elsewhere, 'replay', 'clear');
    expect({ exitCode, equal: json['equal'], said }).toEqual({ exitCode: 0, equal: true, said: '' });
    const shown = await runCommand(['session', 'show', 'clear', '--log', '--state', elsewhere]);
    expect(secrets.filter((secret) => shown.stdout.includes(secret))).toEqual([]);
  });

  test('goes to standard output as one document', async () => {
    const { stdout } = await runCommand(['session', 'export', 'demo', '--state', here]);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'plugin-host session', version: 1, name: 'demo', masked: true });
  });

  test('never takes the place of another one unless told to, and says that it did', async () => {
    const file = inFolder('clear.json');
    const refused = await session(elsewhere, 'import', file);
    expect(refused).toMatchObject({ exitCode: 2, json: { error: { code: 'SESSION_EXISTS' } } });
    expect(new SessionStore(elsewhere).readContent('demo').masked).toBe(true);
    expect((await session(elsewhere, 'import', file, '--replace')).json).toMatchObject({
      replaced: true,
      masked: false,
    });
    expect(new SessionStore(elsewhere).readContent('demo').masked).toBe(false);
  });

  test('goes on with the cookies and answers that it had', async () => {
    const stateDir = inFolder('third');
    await session(stateDir, 'import', inFolder('clear.json'));
    const run = await runHost(
      'invoke',
      'authorize',
      '-p',
      path.join(samples, 'otp'),
      '--session',
      'demo',
      '--state',
      stateDir,
    );
    expect(run.json.verdict).toBe('DENY'); // another plugin's cookie is not its own
    const own = await runHost(
      'invoke',
      'authorize',
      '-p',
      path.join(samples, 'otp-ts'),
      '--session',
      'demo',
      '--state',
      stateDir,
    );
    expect(own.json.verdict).toBe('ACCEPT');
  });
});

test('a file with several faults is refused with all of them, each with its line', async () => {
  const good = JSON.parse(readFileSync(inFolder('masked.json'), 'utf8')) as SessionExport;
  const [first, second] = good.steps;
  const bad = {
    ...good,
    extra: 1,
    sessionCookie: 5,
    steps: [
      { ...first, n: 'one' },
      { ...second, record: { ...second?.record, outcome: { kind: 'vanished' } } },
    ],
  };
  const file = inFolder('bad.json');
  writeFileSync(file, JSON.stringify(bad, undefined, 2));
  const { exitCode, json } = await session(here, 'import', file, '--name', 'bad');
  expect(exitCode).toBe(2);
  const { code, problems } = json['error'] as {
    code: string;
    problems: { line: number; message: string }[];
  } & JsonObject;
  expect(code).toBe('SESSION_EXPORT_INVALID');
  const lines = readFileSync(file, 'utf8').split('\n');
  const told = problems.map(({ line, message }) => ({ message, at: lines[line - 1]?.trim() }));
  expect(told).toContainEqual({ message: 'sessionCookie must be string', at: '"sessionCookie": 5,' });
  expect(told).toContainEqual({ message: 'steps.0.n must be integer', at: '"n": "one",' });
  expect(told).toContainEqual({ message: expect.stringContaining('unknown key extra'), at: '"extra": 1' });
  expect(told).toContainEqual({
    message: expect.stringMatching(/^steps\.1\.record\.outcome\.kind must be one of/),
    at: '"kind": "vanished"',
  });
});

test.each([
  { what: 'is cut off', text: '{"format": "plugin-host session", "ver' },
  { what: 'is no mapping', text: '[]' },
  {
    what: 'is of a later version',
    text: '{"format": "plugin-host session", "version": 2}',
    exitCode: 1,
    code: 'FORMAT_TOO_NEW',
  },
])('a file that $what is refused', async ({ text, exitCode = 2, code = 'SESSION_EXPORT_INVALID' }) => {
  writeFileSync(inFolder('cut.json'), text);
  expect(await session(here, 'import', inFolder('cut.json'))).toMatchObject({ exitCode, json: { error: { code } } });
});
