import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openPlugin, openSession } from '../../src/index.ts';
import type { ShownReplay } from '../../src/sps/replay/shown-replay.ts';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { type HostRun, languages, makeFolder, runHost, runCommand } from './fixture.ts';

const samples = path.resolve(import.meta.dirname, '../../sample-plugins');
const folder = makeFolder();
const stateDir = path.join(folder, 'state');
const suffix = { python: '', typescript: '-ts' };

interface Replayed {
  session: string;
  equal: boolean;
  steps: ShownReplay[];
}

async function session(...args: string[]): Promise<HostRun & { json: Replayed }> {
  return runHost<Replayed>('session', ...args, '--state', stateDir);
}

/** A plugin of its own, to be edited. */
function copySample(name: string): string {
  const copy = path.join(folder, `${name}-${String(Math.random()).slice(2)}`);
  cpSync(path.join(samples, name), copy, { recursive: true });
  return copy;
}

function edit(plugin: string, file: string, before: string, after: string): void {
  const source = readFileSync(path.join(plugin, file), 'utf8');
  expect(source).toContain(before);
  writeFileSync(path.join(plugin, file), source.replace(before, after));
}

async function record(name: string, aa: string, credentialstore: string): Promise<void> {
  await using one = await openPlugin(aa, { processes: 'cold' });
  await using other = await openPlugin(credentialstore, { processes: 'cold' });
  await using recorded = await openSession({ aa: one, credentialstore: other, store: { name, stateDir } });
  await recorded.call('authenticate');
  await recorded.call('authenticate', { key_value_pairs: { otp: '123456' } });
  await recorded.call('get_password_list');
}

describe.each(languages)('a recorded session of %s plugins', (language) => {
  const other = language === 'python' ? '-ts' : '';
  const [otp, vault] = [copySample(`otp${suffix[language]}`), copySample(`vault${suffix[language]}`)];

  beforeAll(async () => {
    await record(language, otp, vault);
  });

  test('goes the same way again, and nothing of that is kept', async () => {
    const before = new SessionStore(stateDir).readContent(language);
    const { json, exitCode, stderr } = await session('replay', language);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(json).toMatchObject({ session: language, equal: true });
    expect(json.steps.map(({ n, hook, differences }) => ({ n, hook, differences }))).toEqual([
      { n: 1, hook: 'authenticate', differences: [] },
      { n: 2, hook: 'authenticate', differences: [] },
      { n: 3, hook: 'get_password_list', differences: [] },
    ]);
    expect(json.steps.map(({ replayed }) => replayed.kwargs)).toEqual(
      json.steps.map(({ recorded }) => recorded.kwargs),
    );
    expect(new SessionStore(stateDir).readContent(language)).toEqual(before);
  });

  test('goes the same way with plugins of the other language', async () => {
    const plugins = ['-p', path.join(samples, `otp${other}`), '-p', path.join(samples, `vault${other}`)];
    const { json, exitCode } = await session('replay', language, ...plugins);
    expect({ exitCode, equal: json.equal }).toEqual({ exitCode: 0, equal: true });
    expect(json.steps.map(({ replayed }) => replayed.plugin.path)).toEqual([plugins[1], plugins[1], plugins[3]]);
  });
});

describe('a replay', () => {
  const [otp, vault] = [copySample('otp'), copySample('vault')];

  beforeAll(async () => {
    await record('demo', otp, vault);
  });

  test('with another answer differs in verdict, result and cookies', async () => {
    const { json, exitCode } = await session('replay', 'demo', '2', '--answer', 'otp=98765432');
    expect(exitCode).toBe(1);
    expect(json.steps.flatMap(({ differences }) => differences)).toEqual([
      { path: 'verdict', change: 'changed', recorded: 'ACCEPT', replayed: 'NEEDINFO' },
      { path: 'value.gateway_user', change: 'removed', recorded: 'gatewayuser', replayed: null },
      { path: 'value.gateway_groups', change: 'removed', recorded: ['otp-users'], replayed: null },
      { path: 'value.additional_metadata', change: 'removed', recorded: 'one-time password', replayed: null },
      {
        path: 'value.question',
        change: 'added',
        recorded: null,
        replayed: ['otp', 'One-time password: ', true],
      },
      { path: 'cookie.tries', change: 'changed', recorded: 0, replayed: 1 },
      { path: 'cookie.user', change: 'removed', recorded: 'gatewayuser', replayed: null },
      { path: 'sessionCookie.mfa', change: 'removed', recorded: 'otp', replayed: null },
    ]);
    expect(JSON.stringify(json)).not.toContain('98765432');
  });

  test('with another argument differs in a password that is not shown', async () => {
    edit(vault, 'vault.json', '{', '{"6.6.6.6": {"gatewayuser": {"password": "quite-another"}},');
    const args = ['replay', 'demo', '3', '--set', 'server_ip=6.6.6.6'];
    const { json, stdout } = await session(...args);
    expect(json.steps[0]?.differences).toContainEqual({
      path: 'value.passwords',
      change: 'changed',
      recorded: ['***'],
      replayed: ['***'],
    });
    expect(stdout).not.toContain('quite-another');
    const text = await runCommand(['session', ...args, '--state', stateDir]);
    expect(text.stdout).toContain('they differ in a masked part');
    expect((await session(...args, '--show-secrets')).stdout).toContain('quite-another');
  });

  test('has the recorded configuration, though the project file says another, and the given one', async () => {
    edit(otp, 'plugin-host.yaml', 'code = 123456', 'code = 654321');
    expect((await session('replay', 'demo', '2')).json.equal).toBe(true);
    const config = path.join(folder, 'other.cfg');
    writeFileSync(config, '[otp]\ncode = 777777\n');
    const { json } = await session('replay', 'demo', '2', '--config', config);
    expect(json.steps[0]?.replayed.verdict).toBe('NEEDINFO');
  });

  test('of an edited plugin gives it arguments that it did not declare before', async () => {
    const edited = copySample('otp');
    edit(edited, 'main.py', 'def authenticate(self, cookie,', 'def authenticate(self, client_port, cookie,');
    edit(edited, 'main.py', 'user = find_user(', 'raise ValueError(client_port)\n        user = find_user(');
    const { json, exitCode } = await session('replay', 'demo', '1', '-p', edited);
    expect(exitCode).toBe(1);
    expect(json.steps[0]?.differences).toContainEqual({
      path: 'exception',
      change: 'added',
      recorded: null,
      replayed: 'ValueError',
    });
    expect(json.steps[0]?.replayed).toMatchObject({ outcome: { message: '12341' } });
  });

  test('has the recorded time unless another is given', async () => {
    const [asRecorded, other] = [
      await session('replay', 'demo', '1'),
      await session('replay', 'demo', '1', '--proxy-timeout', '90s'),
    ];
    expect(asRecorded.json.steps[0]?.replayed.deadline.proxyTimeoutMs).toBe(600_000);
    expect(other.json.steps[0]?.replayed.deadline.proxyTimeoutMs).toBe(90_000);
  });

  test.each([
    { args: ['demo', '9'], code: 'STEP_NOT_FOUND' },
    { args: ['dmeo'], code: 'SESSION_NOT_FOUND' },
    { args: ['demo', '--set', 'client_port=1'], code: 'USAGE' },
    { args: ['demo', '1', '-p', vault], code: 'USAGE' },
    { args: ['demo', '1', '-p', path.join(folder, 'nowhere')], code: 'PACKAGE_NOT_FOUND' },
  ])('of $args is $code', async ({ args, code }) => {
    expect(await session('replay', ...args)).toMatchObject({ exitCode: 2, json: { error: { code } } });
  });
});

describe('session end', () => {
  test('calls session_ended once of each plugin, the credential store first, and keeps it', async () => {
    await record('ending', path.join(samples, 'otp'), path.join(samples, 'vault-ts'));
    const { json, exitCode } = await session('end', 'ending');
    expect(exitCode).toBe(0);
    expect(json.steps).toMatchObject([
      {
        n: 4,
        hook: 'session_ended',
        plugin: { type: 'credentialstore' },
        outcome: { log: expect.stringContaining('checked in') },
      },
      { n: 5, hook: 'session_ended', plugin: { type: 'aa' }, kwargs: { session_id: 'svc/ending/example:0' } },
    ]);
    expect(new SessionStore(stateDir).readSteps('ending')).toHaveLength(5);
    expect((await session('end', 'ending')).json).toEqual({ session: 'ending', steps: [] });
  });

  test('ends the one though the other cannot be', async () => {
    const vault = copySample('vault');
    await record('half', path.join(samples, 'otp'), vault);
    writeFileSync(path.join(vault, 'main.py'), 'raise SystemError("broken meanwhile")');
    const { json, exitCode } = await session('end', 'half');
    expect(exitCode).toBe(1);
    expect(json.steps).toMatchObject([{ outcome: { kind: 'raised' } }, { outcome: { kind: 'returned' } }]);
  });
});
