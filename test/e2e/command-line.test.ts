import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nameOf } from '../../src/cli/command/command-entry.ts';
import { createCommands } from '../../src/cli/create-commands.ts';
import { runCommand } from '../integration/fixture.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const bin = path.join(checkout, 'bin/plugin-host.js');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  cpSync(path.join(checkout, 'sample-plugins'), path.join(folder, 'sample-plugins'), { recursive: true });
  symlinkSync(bin, path.join(folder, 'plugin-host'));
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(checkout);
  rmSync(folder, { recursive: true });
});

interface Result {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

async function host(...args: string[]): Promise<Result> {
  const { stdout, stderr, exitCode } = await runCommand(args);
  return { stdout: stdout.trimEnd(), stderr: stderr.trimEnd(), exitCode };
}

/** Whose examples take no time to speak of. */
const quick = ['', 'invoke', 'kwargs', 'hooks', 'completion', 'kvgroup run'];
const others = [
  'check',
  'simulate',
  'session',
  'session ls',
  'session show',
  'session diff',
  'session replay',
  'session end',
  'session export',
  'session import',
  'session rm',
  'init',
  'pack',
  'test',
  'rpc',
  'plugins',
  'plugins ls',
  'clean',
  'doctor',
  'kvgroup',
  'kvgroup test',
  'kvgroup fixture',
  'kvgroup check',
  'kvgroup points',
  'kvgroup fmt',
  'kvgroup to-json',
  'kvgroup from-json',
  'kvgroup get',
  'kvgroup diff',
  'platform',
  'platform check',
  'platform show',
  'platform init',
  'platform test',
  'platform commands',
  'platform parameters',
  'platform statuses',
];
/** They install from the package index. */
const installing = ['python', 'python install'];
/** They need a target; `integration/platform` runs them. */
const reaching = ['platform run', 'platform hostkey'];
/** They run until they are told to end, or need what was committed; `integration/serve`, `integration/gateway`, `integration/inspector` and `integration/lsp` run them. */
const lasting = ['serve', 'gateway', 'plugins rm', 'inspect', 'lsp'];
const all = [...quick, ...others, ...installing, ...reaching, ...lasting];

async function runExamples(command: string): Promise<void> {
  const help = await host(...command.split(' ').filter(Boolean), '--help');
  expect(help.exitCode).toBe(0);
  const examples = help.stdout
    .slice(help.stdout.indexOf('Example:'))
    .split('\n')
    .filter((line) => line.startsWith('  npx plugin-host '))
    .map((line) => line.replaceAll('npx plugin-host', 'plugin-host'));
  expect(examples.length).toBeGreaterThan(0);
  const home = path.join(folder, 'home');
  for (const example of examples) {
    const script = `mkdir -p ~/.local/share/bash-completion/completions; PATH="$PWD:$PATH"; ${example}`;
    const { exitCode, stderr } = await execa('bash', ['-c', script], {
      cwd: folder,
      reject: false,
      env: { HOME: home, PATH: `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}` },
    });
    expect({ example, exitCode }, stderr).toEqual({ example, exitCode: 0 });
  }
}

describe('help', () => {
  test.each(quick)('of "%s" carries an example that works as typed', runExamples);

  test.each(process.env['PLUGIN_HOST_INSTALL'] ? [...others, ...installing] : others)(
    'of "%s" carries an example that works as typed',
    { tags: ['thorough'], timeout: 300_000 },
    runExamples,
  );

  test('of every command is tried', () => {
    const names = createCommands().flatMap((entry) => {
      const name = nameOf(entry);
      return 'commands' in entry ? [name, ...entry.commands.map((each) => `${name} ${nameOf(each)}`)] : [name];
    });
    expect(names.filter((name) => !all.includes(name))).toEqual([]);
  });

  test('lists every command', async () => {
    expect((await host('--help')).stdout).toMatch(/invoke[^]+check[^]+kwargs[^]+hooks[^]+session[^]+completion/);
  });
});

describe('the version', () => {
  test.each(['--version', '-V'])('is printed by %s', async (option) => {
    expect((await host(option)).stdout).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

test('a command leaves nothing in the folder for temporary files, where others could put code for the next one', async () => {
  const temporary = mkdtempSync(path.join(folder, 'temporary-'));
  const { exitCode } = await execa(process.execPath, [bin, 'hooks'], { env: { TMPDIR: temporary } });
  expect(exitCode).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
});

describe('exit codes', () => {
  test.each<[string[], number, string]>([
    [['invok'], 2, 'USAGE'],
    [['invoke'], 2, 'USAGE'],
    [['invoke', 'authenticate', '--conection', 'ssh'], 2, 'USAGE'],
    [['invoke', 'autenticate', '-p', 'sample-plugins/otp'], 2, 'HOOK_UNKNOWN'],
    [['invoke', 'get_password_list', '-p', 'sample-plugins/otp'], 2, 'HOOK_UNKNOWN'],
    [['invoke', 'authenticate', '-p', 'no-such-folder'], 2, 'PACKAGE_NOT_FOUND'],
    [['check', 'no-such-folder'], 2, 'PACKAGE_NOT_FOUND'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '-k', '{'], 2, 'JSON_INVALID'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '-k', '[]'], 2, 'JSON_INVALID'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '-k', '@no-such-file'], 2, 'FILE_NOT_FOUND'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '--cookie', '1'], 2, 'JSON_INVALID'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '--set', 'novalue'], 2, 'USAGE'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '--connection', 'shh'], 2, 'USAGE'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '--proxy-timeout', 'soon'], 2, 'USAGE'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '--config', 'no-such-file'], 2, 'FILE_NOT_FOUND'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '--python', './no-such-python'], 2, 'FILE_NOT_FOUND'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '--python', 'no-such-python'], 3, 'PYTHON_NOT_FOUND'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '--session', 'a/b'], 2, 'SESSION_NAME_INVALID'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '--api', '1'], 2, 'USAGE'],
    [['invoke', 'authenticate', '-p', 'sample-plugins/otp', '--api', '1.8'], 1, 'API_TOO_NEW'],
    [['session', 'show', 'no-such-session'], 2, 'SESSION_NOT_FOUND'],
    [['completion', 'tcsh'], 2, 'USAGE'],
    [['hooks', 'ab'], 2, 'USAGE'],
    [['kwargs', 'autenticate'], 2, 'HOOK_UNKNOWN'],
  ])('%j is %i, %s', async (args, exitCode, code) => {
    const talk = await host(...args);
    expect(talk).toMatchObject({ exitCode, stdout: '' });
    expect(talk.stderr).toContain(code);
    expect(talk.stderr.split('\n').length).toBeGreaterThanOrEqual(2); // a hint follows

    const data = await host(...args, '--json');
    if (args[0] === 'completion') return; // prints a script, never JSON
    expect(data.exitCode).toBe(exitCode);
    expect(JSON.parse(data.stdout)).toEqual({
      error: { code, message: expect.any(String), hint: expect.stringMatching(/./) },
    });
  });

  test('a mistyped option, hook or connection names the near one', async () => {
    expect((await host('invoke', 'authenticate', '--conection', 'ssh')).stderr).toContain('--connection');
    expect((await host('invoke', 'autenticate', '-p', 'sample-plugins/otp')).stderr).toContain('authenticate');
    expect((await host('invoke', 'authenticate', '-p', 'sample-plugins/otp', '--connection', 'shh')).stderr).toContain(
      'ssh',
    );
  });

  test('a refused plugin is run with --force, with a warning', async () => {
    const { stdout, exitCode } = await host(
      'invoke',
      'authenticate',
      '-p',
      'sample-plugins/otp',
      '--api',
      '1.8',
      '--force',
      '--json',
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: { kind: 'returned' },
      problems: [{ level: 'warning', code: 'API_TOO_NEW' }],
    });
  });
});

describe('arguments', () => {
  test('kwargs prints what invoke passes, to be given back', async () => {
    const { stdout } = await host('kwargs', 'authorize', '--connection', 'ssh-gateway');
    writeFileSync(
      path.join(folder, 'kwargs.json'),
      JSON.stringify({ ...(JSON.parse(stdout) as object), server_username: 'edited' }),
    );
    const invoked = await host('invoke', 'authorize', '-p', 'sample-plugins/otp', '-k', '@kwargs.json', '--json');
    const { kwargs } = JSON.parse(invoked.stdout) as { kwargs: Record<string, unknown> };
    expect(Object.keys(kwargs).filter((name) => !(name in (JSON.parse(stdout) as object)))).toEqual([]);
  });

  test('--set takes JSON, else text, and the last one wins; -k - reads standard input', async () => {
    const { stdout } = await execa(
      process.execPath,
      [
        bin,
        'invoke',
        'authenticate',
        '-p',
        'sample-plugins/otp',
        '-k',
        '-',
        '--set',
        'server_username=null',
        '--set',
        'server_username=last',
        '--json',
      ],
      { cwd: folder, input: '{"gateway_user": "from-stdin"}', reject: false },
    );
    expect(JSON.parse(stdout)).toMatchObject({ kwargs: { server_username: 'last', gateway_user: 'from-stdin' } });
  });
});

describe('hooks', () => {
  test('are listed with their arguments', async () => {
    const { stdout } = await host('hooks', 'aa', '--json');
    const { aa } = JSON.parse(stdout) as {
      aa: { name: string; arguments: { name: string; since: string; deprecatedFor?: string }[] }[];
    };
    expect(aa.map(({ name }) => name)).toEqual(['authenticate', 'authorize', 'session_ended']);
    expect(aa[0]?.arguments).toContainEqual({
      name: 'target_username',
      type: 'str?',
      since: '1.0',
      deprecatedFor: 'server_username',
    });
  });
});

describe('completion', () => {
  test('bash completes commands, hooks and options', async () => {
    const script = `source <("${process.execPath}" "${bin}" completion bash)
      complete_at() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _plugin_host; echo "\${COMPREPLY[*]}"; }
      complete_at plugin-host inv; complete_at plugin-host invoke authen; complete_at plugin-host session show --sh; complete_at plugin-host session d`;
    const { stdout } = await execa('bash', ['-c', script]);
    expect(stdout.split('\n')).toEqual(['invoke', 'authenticate authentication_completed', '--show-secrets', 'diff']);
  });

  test.each(['zsh', 'fish'])('%s gets a script', async (shell) => {
    expect((await host('completion', shell)).stdout).toContain('plugin-host');
  });
});

describe('output', () => {
  test('has no colour in a pipe', async () => {
    const { stdout } = await host('invoke', 'authenticate', '-p', 'sample-plugins/otp');
    expect(stdout).not.toMatch(/\u001b/);
  });

  test('may be cut off by its reader', async () => {
    const child = spawn(process.execPath, [bin, 'hooks'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  });

  test('may be cut off on standard error too', async () => {
    const child = spawn(process.execPath, [bin, 'check', 'sample-plugins/otp', '-v'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.destroy();
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  });
});

describe('--watch', () => {
  test('calls again when a file of the plugin changes and tells what differs', async () => {
    const plugin = path.join(folder, 'watched');
    cpSync(path.join(checkout, 'sample-plugins/crashy'), plugin, { recursive: true });
    const child = spawn(process.execPath, [bin, 'invoke', 'authorize', '-p', plugin, '--watch'], { cwd: folder });
    let seen = '';
    const shows = async (text: RegExp): Promise<void> => {
      while (!text.test(seen)) {
        const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
        seen += chunk.toString();
      }
    };
    child.stderr.once('data', () => {
      const main = path.join(plugin, 'main.py');
      writeFileSync(
        main,
        readFileSync(main, 'utf8').replace(
          /def authorize[^]*?\n\n/,
          'def authorize(self):\n        return {"verdict": "DENY"}\n\n',
        ),
      );
    });
    await shows(/since the last call[^]*verdict: "ACCEPT" → "DENY"/);
    child.kill('SIGINT');
    await once(child, 'close');
    expect(child.exitCode).toBe(130);
  });

  test('and --json exclude each other', async () => {
    expect((await host('invoke', 'authorize', '-p', 'sample-plugins/otp', '--watch', '--json')).exitCode).toBe(2);
  });
});

describe('what must not go wrong', () => {
  const write = (name: string, main: string): string => {
    const plugin = path.join(folder, name);
    mkdirSync(plugin);
    writeFileSync(
      path.join(plugin, 'MANIFEST'),
      `api: "1.9"\ntype: credentialstore\nname: Told\nversion: "1"\ndescription: x\nentry_point: main.py\n`,
    );
    writeFileSync(path.join(plugin, 'main.py'), `#!/usr/bin/env pluginwrapper3\n${main}`);
    return plugin;
  };

  test.each([
    ['a cookie that is none', '{"passwords": ["Hunter2Secret"], "cookie": 5}'],
    ['a set', '{"passwords": {"Hunter2Secret"}}'],
    ['bytes', '{"passwords": [b"Hunter2Secret"]}'],
    ['a list', '["Hunter2Secret"]'],
    ['a length over the limit', '{"passwords": ["Hunter2Secret"], "x": "y" * 17000000}'],
  ])('a reply malformed by %s keeps its password to itself', async (name, result) => {
    const plugin = write(name, `class Plugin:\n    def get_password_list(self):\n        return ${result}\n`);
    for (const more of [[], ['--json']]) {
      const { stdout, stderr, exitCode } = await host(
        'invoke',
        'get_password_list',
        '-p',
        plugin,
        '--session',
        'm',
        ...more,
      );
      expect(stdout + stderr).not.toContain('Hunter2');
      expect(exitCode).toBe(1);
    }
    expect((await host('session', 'show', 'm', '-p', plugin, '--json')).stdout).not.toContain('Hunter2');
  });

  test('an answer is masked in the very call that asks for it with echo off', async () => {
    const { stdout } = await host(
      'invoke',
      'authenticate',
      '-p',
      'sample-plugins/otp',
      '--set',
      'gateway_user=w',
      '--answer',
      'otp=87654321',
      '--json',
    );
    expect(stdout).not.toContain('87654321');
  });

  test('a first call that fails leaves a session that can be listed', async () => {
    const plugin = write('has-no-hook', 'class Plugin:\n    pass\n');
    expect((await host('invoke', 'get_password_list', '-p', plugin, '--session', 'first')).exitCode).toBe(1);
    expect(await host('session', 'ls', '-p', plugin)).toMatchObject({ exitCode: 0 });
    expect(await host('session', 'show', 'first', '-p', plugin)).toMatchObject({ exitCode: 0 });
  });

  test('arguments may come slowly through a pipe', async () => {
    const script = `(sleep 0.1; echo '{"gateway_user": "slow"}') | "${process.execPath}" "${bin}" invoke authenticate -p sample-plugins/otp -k - --json`;
    const { stdout } = await execa('bash', ['-c', script], { cwd: folder, reject: false });
    expect(JSON.parse(stdout)).toMatchObject({ kwargs: { gateway_user: 'slow' } });
  });

  test.each([['__proto__'], ['valueOf']])('%s is no command', async (name) => {
    expect(await host(name)).toMatchObject({ exitCode: 2, stdout: '' });
  });

  test('a mistyped argument is not repeated: it may be a password', async () => {
    expect((await host('invoke', 'authenticate', 'hunter2secret')).stderr).not.toContain('hunter2secret');
  });

  test.each([['cookie=5'], ['session_cookie=null'], ['key_value_pairs=[]'], ['session_id=null']])(
    '--set %s is refused: SPS never passes it',
    async (set) => {
      expect((await host('invoke', 'authenticate', '-p', 'sample-plugins/otp', '--set', set)).exitCode).toBe(2);
    },
  );

  test('a hook newer than the emulated API is called with a warning', async () => {
    const plugin = write(
      'has-totp',
      'class Plugin:\n    def get_totp_codes(self):\n        return {"totp_codes": []}\n',
    );
    const { stdout } = await host('invoke', 'get_totp_codes', '-p', plugin, '--api', '1.6', '--force', '--json');
    expect(stdout).toContain('HOOK_TOO_NEW');
  });

  test('a full disk is the fault of the machine', async () => {
    const { exitCode } = await execa('bash', ['-c', `"${process.execPath}" "${bin}" hooks > /dev/full`], {
      reject: false,
    });
    expect(exitCode).toBe(3);
  });
});
