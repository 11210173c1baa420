import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { totp } from '../../sample-plugins/otp-ts/totp.ts';
import type { CallRecord } from '../../src/index.ts';
import type { ScriptReport } from '../../src/platform.ts';
import { runCommand, runHost, startHost } from '../integration/fixture.ts';

const root = path.resolve(import.meta.dirname, '../..');
const samples = path.join(root, 'sample-plugins');

let state: string;

beforeAll(async () => {
  state = await mkdtemp(path.join(tmpdir(), 'ph-test-'));
});

afterAll(async () => {
  await rm(state, { recursive: true });
});

/** Runs the built command in the root of the checkout. */
async function run(args: string[], cwd?: string): Promise<{ exitCode: number | null; document: unknown }> {
  const command = [...args, '--json', ...(args.includes('--state') ? [] : ['--state', state])];
  const { exitCode, stdout, stderr } = await (cwd === undefined
    ? runCommand(command)
    : startHost(command, { cwd }).ended);
  if (stdout === '') throw new Error(`no document from ${args.join(' ')}:\n${stderr}`);
  return { exitCode, document: JSON.parse(stdout) };
}

async function invoke(sample: string, ...args: string[]): Promise<CallRecord> {
  const { document } = await run(['invoke', '-p', path.join('sample-plugins', sample), '--show-secrets', ...args]);
  return document as CallRecord;
}

/** Calls hooks of one session one after the other; each step is the hook with its options. */
async function tell(sample: string, session: string, steps: readonly (readonly string[])[]): Promise<CallRecord[]> {
  const records: CallRecord[] = [];
  for (const step of steps) records.push(await invoke(sample, ...step, '--session', session));
  return records;
}

/** What does not depend on the plugin's language. */
function essence({ hook, outcome, verdict, cookie, sessionCookie, problems }: CallRecord): object {
  return {
    hook,
    kind: outcome.kind,
    value: valueOf(outcome),
    log: outcome.log,
    verdict,
    cookie,
    sessionCookie,
    problems,
  };
}

function valueOf(outcome: CallRecord['outcome']): unknown {
  return outcome.kind === 'returned' ? outcome.value : undefined;
}

/** The same session for two samples, in state folders of their own, so that even its id is the same. */
async function tellBoth(one: string, other: string, steps: readonly (readonly string[])[]): Promise<object[][]> {
  const records = [one, other].map((sample) => {
    const own = ['--state', path.join(state, sample)];
    return tell(
      sample,
      'same',
      steps.map((step) => [...step, ...own]),
    );
  });
  return (await Promise.all(records)).map((each) => each.map(essence));
}

async function writeConfig(name: string, text: string): Promise<string> {
  const file = path.join(state, name);
  await writeFile(file, text);
  return file;
}

describe('every sample', () => {
  test.each(['otp', 'otp-ts', 'vault', 'vault-ts', 'slow', 'crashy'])('%s passes the strict check', async (sample) => {
    const { exitCode, document } = await run(['check', '--strict', path.join('sample-plugins', sample)]);
    expect(document).toMatchObject({ ok: true, problems: [] });
    expect(exitCode).toBe(0);
  });
});

describe('every script', () => {
  test.each(['portal', 'linux', 'switch'])('%s passes the strict check and its tests', async (sample) => {
    const folder = path.join('sample-plugins/platform', sample);
    const checked = await runHost<{ files: ScriptReport[] }>('platform', 'check', '--strict', folder);
    const levels = checked.json.files.flatMap(({ problems }) => problems.map(({ level }) => level));
    expect({ exitCode: checked.exitCode, told: new Set([...levels, 'info']) }).toEqual({
      exitCode: 0,
      told: new Set(['info']),
    });
    const tested = await runHost<{ ok: boolean }>('platform', 'test', folder);
    expect(tested.json).toMatchObject({ ok: true, failed: 0 });
  });
});

describe('the TypeScript samples', () => {
  test('agree with the types for plugin authors', () => {
    const files = ['otp-ts/main.ts', 'vault-ts/main.ts'].map((file) => path.join(samples, file));
    const program = ts.createProgram(files, {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.NodeNext,
      types: ['node'],
      typeRoots: [path.join(root, 'node_modules/@types')],
      paths: { 'plugin-host/plugin': [path.join(root, 'src/plugin.ts')] },
    });
    const own = program.getSourceFiles().filter(({ fileName }) => fileName.includes('/sample-plugins/'));
    expect(own.map(({ fileName }) => path.basename(fileName)).sort()).toEqual([
      'ini.ts',
      'ini.ts',
      'main.ts',
      'main.ts',
      'totp.ts',
    ]);
    const diagnostics = own.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]);
    expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
  });

  // Source: RFC 6238, appendix B, of which these are the last six digits.
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('make at second %i the one-time password %s', (unixTime, code) => {
    expect(totp('GEZD GNBV GY3T QOJQ gezd gnbv gy3t qojq', unixTime)).toBe(code);
  });
});

describe('otp', () => {
  const question = ['otp', 'One-time password: ', true];
  const steps = [
    ['authenticate'],
    ['authenticate', '--answer', 'otp=000000'],
    ['authenticate', '--answer', 'otp=123456'],
    ['authorize'],
    ['session_ended'],
  ];

  test('asks, asks again after a wrong answer, accepts the right one, and authorizes', async () => {
    const [asked, wrong, right, authorized, ended] = await tell('otp', 'otp', steps);

    expect(asked).toMatchObject({
      verdict: 'NEEDINFO',
      outcome: { value: { question } },
      cookie: { after: { tries: 0 } },
    });
    expect(wrong).toMatchObject({
      verdict: 'NEEDINFO',
      outcome: { value: { question } },
      cookie: { after: { tries: 1 } },
    });
    expect(right).toMatchObject({
      verdict: 'ACCEPT',
      outcome: { value: { gateway_user: 'gatewayuser', gateway_groups: ['otp-users'] } },
      cookie: { before: { tries: 1 }, after: { tries: 1, user: 'gatewayuser' } },
      sessionCookie: { before: {}, after: { mfa: 'otp' } },
    });
    expect(authorized).toMatchObject({ verdict: 'ACCEPT', sessionCookie: { after: { mfa: 'otp' } } });
    expect(ended).toMatchObject({ verdict: null, outcome: { kind: 'returned', value: null } });
    expect([asked, wrong, right, authorized, ended].flatMap((record) => record?.problems)).toEqual([]);
  });

  test('denies with a reason after three wrong answers', { tags: ['thorough'] }, async () => {
    const wrong = ['authenticate', '--answer', 'otp=000000'];
    const records = await tell('otp', 'denied', [wrong, wrong, wrong, ['session_ended']]);

    expect(records.map(({ verdict }) => verdict)).toEqual(['NEEDINFO', 'NEEDINFO', 'DENY', null]);
    expect(records[2]).toMatchObject({
      outcome: { value: { reason: 'The one-time password is missing or wrong.' } },
      cookie: { after: { tries: 3 } },
    });
  });

  test('tells an empty answer from none', async () => {
    expect(await invoke('otp', 'authenticate', '--answer', 'otp=')).toMatchObject({ cookie: { after: { tries: 1 } } });
  });

  test('takes the user name from wherever there is one', async () => {
    const right = ['authenticate', '--answer', 'otp=123456'];
    const users = await Promise.all([
      invoke('otp', ...right, '--connection', 'ssh-gateway'),
      invoke('otp', ...right, '--connection', 'ssh', '--answer', 'gu=wsmith'),
      invoke('otp', ...right, '--connection', 'rdp'),
      invoke('otp', ...right, '--set', 'server_username=null'),
    ]);
    expect(users.map(({ outcome }) => valueOf(outcome))).toMatchObject([
      { gateway_user: 'gatewayuser' },
      { gateway_user: 'wsmith' },
      { gateway_user: 'gatewayuser' },
      { verdict: 'DENY' },
    ]);
  });

  test('does not ask where the product cannot', async () => {
    const record = await invoke('otp', 'authenticate', '--connection', 'mssql');
    expect(record).toMatchObject({ verdict: 'DENY', problems: [] });
  });

  test('does not authorize whom it has not authenticated', async () => {
    expect(await invoke('otp', 'authorize')).toMatchObject({ verdict: 'DENY' });
  });

  test.each(['otp', 'otp-ts'])('%s takes the code of an authenticator app', async (sample) => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const config = await writeConfig(`${sample}.cfg`, `[otp]\nsecret = ${secret}\n`);
    const code = totp(secret, Date.now() / 1000);
    const record = await invoke(sample, 'authenticate', '--config', config, '--answer', `otp=${code}`);
    expect(record).toMatchObject({ verdict: 'ACCEPT', outcome: { value: { gateway_groups: [] } } });
  });

  test.each(['otp', 'otp-ts'])('%s refuses a configuration with nothing to compare with', async (sample) => {
    const config = await writeConfig(`${sample}-empty.cfg`, '[otp]\n');
    const record = await invoke(sample, 'authenticate', '--config', config);
    expect(record).toMatchObject({ outcome: { kind: 'raised', phase: 'constructor' } });
  });

  test('is the same in TypeScript', { tags: ['thorough'] }, async () => {
    const others = [
      ['authenticate', '--connection', 'mssql'],
      ['authenticate', '--answer', 'otp='],
      ['authorize', '--cookie', '{}'],
    ];
    const all = [...steps, ...others];
    const [python, typescript] = await tellBoth('otp', 'otp-ts', all);
    expect(typescript).toEqual(python);
  });
});

describe('vault', () => {
  const steps = [
    ['get_private_key_list'],
    ['get_password_list'],
    ['get_password_list'],
    ['authentication_completed'],
    ['session_ended'],
  ];
  const keyEntry = ['private key', 'gatewayuser', '5.6.7.8'];
  const passwordEntry = ['password', 'gatewayuser', '5.6.7.8'];

  test('checks out a key and a password, once each, and checks them in at the end', async () => {
    const [key, password, again, completed, ended] = await tell('vault', 'vault', steps);

    expect(key).toMatchObject({
      outcome: { value: { private_keys: [['ssh-rsa', expect.stringMatching(/^-----BEGIN RSA PRIVATE KEY-----\n/)]] } },
      cookie: { after: { checkouts: [keyEntry] } },
    });
    expect(password).toMatchObject({
      outcome: { value: { passwords: [expect.any(String)] } },
      cookie: { after: { checkouts: [keyEntry, passwordEntry] } },
    });
    expect(again?.cookie).toEqual(password?.cookie && { before: password.cookie.after, after: password.cookie.after });
    expect(completed?.cookie.after).toEqual({ checkouts: [keyEntry, passwordEntry], used: true });
    expect(ended).toMatchObject({
      outcome: { kind: 'returned', value: null, log: expect.stringContaining('used') as string },
    });
    expect([key, password, again, completed, ended].flatMap((record) => record?.problems)).toEqual([]);
  });

  test('has an account for the gateway connection too, and prefers the name of the host', async () => {
    const overlay = ['--set', 'server_hostname=db.example', '--set', 'server_username=postgres'];
    const [gateway, named] = await Promise.all([
      invoke('vault', 'get_password_list', '--connection', 'ssh-gateway'),
      invoke('vault', 'get_password_list', ...overlay),
    ]);
    expect(gateway.cookie.after).toEqual({ checkouts: [['password', 'targetuser', '5.6.7.8']] });
    expect(named.cookie.after).toEqual({ checkouts: [['password', 'postgres', 'db.example']] });
  });

  test.each(['vault', 'vault-ts'])('%s finds nothing for an unknown user and keeps its cookie', async (sample) => {
    const unknown = ['--set', 'server_username=nobody', '--cookie', '{"used":true}'];
    const [passwords, keys] = await Promise.all([
      invoke(sample, 'get_password_list', ...unknown),
      invoke(sample, 'get_private_key_list', ...unknown),
    ]);
    expect(passwords).toMatchObject({ outcome: { value: { passwords: [] } }, cookie: { after: { used: true } } });
    expect(keys).toMatchObject({ outcome: { value: null }, cookie: { after: { used: true } } });
  });

  test.each(['vault', 'vault-ts'])('%s needs no option in its own folder, and shows no secret', async (sample) => {
    const { exitCode, document } = await run(['invoke', 'get_password_list'], path.join(samples, sample));
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ outcome: { kind: 'returned', value: { passwords: ['***'] } }, problems: [] });
  });

  test('is the same in TypeScript', { tags: ['thorough'] }, async () => {
    const all = [...steps, ['get_password_list', '--set', 'server_username=nobody']];
    // The two vaults hold the same.
    const [python, typescript] = await tellBoth('vault', 'vault-ts', all);
    expect(typescript).toEqual(python);
  });
});

describe('slow', () => {
  test('runs out of time, loses its cookie, and is told that the session ended', async () => {
    const [late, ended] = await tell('slow', 'slow', [['authenticate', '--proxy-timeout', '6s'], ['session_ended']]);
    expect(late).toMatchObject({
      outcome: { kind: 'timed-out', phase: 'hook', pluginTimeoutMs: 3000 },
      verdict: null,
      cookie: { before: {}, after: {} },
    });
    expect(late?.outcome.log).not.toBe('');
    expect(ended).toMatchObject({ outcome: { kind: 'returned' } });
  });

  test('accepts when it has the time', async () => {
    const config = await writeConfig('slow.cfg', '[slow]\nseconds = 0.1\n');
    const record = await invoke('slow', 'authenticate', '--config', config);
    expect(record).toMatchObject({ verdict: 'ACCEPT', cookie: { after: { waited: 0.5 } } });
  });
});

describe('crashy', () => {
  const fails = async (name: string, outcome: object, codes: string[], ...more: string[]): Promise<void> => {
    const record = await invoke('crashy', 'authenticate', '--set', `server_username=${name}`, ...more);
    expect(record).toMatchObject({ outcome, verdict: null, cookie: { before: {}, after: {} } });
    expect(record.problems.map(({ code }) => code)).toEqual(codes);
  };

  test.each([
    ['raise', { kind: 'raised', phase: 'hook', exception: 'KeyError' }, []],
    ['exit', { kind: 'crashed', phase: 'hook', exitCode: 3, signal: null }, []],
    ['kill', { kind: 'crashed', phase: 'hook', exitCode: null, signal: 'SIGKILL' }, []],
    ['set', { kind: 'malformed', phase: 'reply' }, ['RESULT_NOT_JSON']],
    ['verdict', { kind: 'malformed', phase: 'reply' }, ['VERDICT_UNKNOWN']],
  ])('fails by %s when the user is so named', fails);

  test('fails by loop when the user is so named', { tags: ['thorough'] }, async () => {
    const outcome = { kind: 'timed-out', phase: 'hook', pluginTimeoutMs: 3000 };
    await fails('loop', outcome, [], '--proxy-timeout', '6s');
  });

  test('accepts any other user', async () => {
    expect(await invoke('crashy', 'authenticate')).toMatchObject({ verdict: 'ACCEPT', problems: [] });
  });

  test('fails in its constructor without a configuration', async () => {
    const empty = await writeConfig('crashy-empty.cfg', '');
    const record = await invoke('crashy', 'authenticate', '--config', empty);
    expect(record).toMatchObject({
      outcome: { kind: 'raised', phase: 'constructor', exception: 'configparser.NoSectionError' },
    });
  });
});
