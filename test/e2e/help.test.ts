import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../integration/fixture.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const bin = path.join(checkout, 'bin/plugin-host.js');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  cpSync(path.join(checkout, 'sample-plugins/otp'), path.join(folder, 'my-plugin'), { recursive: true });
  mkdirSync(path.join(folder, 'my-plugin/lib/deep'), { recursive: true });
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(checkout);
  rmSync(folder, { recursive: true });
});

/** What a misuse is answered with. */
async function refuse(...args: string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await runCommand(args);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  return stderr;
}

describe('help', () => {
  test.each([[[]], [['session']], [['python']], [['kvgroup']], [['platform']], [['-q']]])(
    'is printed by %j, which names no command',
    async (args) => {
      const { stdout, stderr, exitCode } = await runCommand(args);
      expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
      expect(stdout).toMatch(/^Usage: plugin-host[^]*\n\nCommands:\n[^]*\n\nExample:\n {2}npx plugin-host /);
    },
  );

  test('is printed by the command help, of whatever it names', async () => {
    for (const words of [[], ['invoke'], ['session', 'show']]) {
      const asked = await runCommand([...words, '--help']);
      expect(await runCommand(['help', ...words])).toEqual(asked);
      expect(asked.stdout).toContain(`Usage: ${['plugin-host', ...words].join(' ')} [options]`);
    }
    expect(await refuse('help', 'session', 'shwo')).toContain('Did you mean show?');
  });

  test('is one JSON document with --json', async () => {
    const { stdout } = await runCommand(['help', 'session', 'rm', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'plugin-host session rm',
      arguments: ['<names...>'],
      options: expect.arrayContaining([expect.objectContaining({ flags: '--state <dir>', default: null })]),
    });
    const all = JSON.parse((await runCommand(['--json'])).stdout) as Record<string, unknown[]>;
    expect(all['commands']).toContainEqual(expect.objectContaining({ command: 'invoke' }));
    expect(all['environment']).toContainEqual(expect.objectContaining({ variable: 'PLUGIN_HOST_STATE' }));
  });
});

describe('a misuse', () => {
  test('names the help of its command, and the nearest name', async () => {
    expect(await refuse('invoke', 'authenticate', '--conection', 'ssh')).toMatch(
      /Did you mean --connection\?\s+`plugin-host invoke --help`/,
    );
    expect(await refuse('invoke', 'authenticate', '-p', 'my-plugin', '--connection', 'shs')).toMatch(
      /Did you mean ssh\?\s+`plugin-host invoke --help`/,
    );
    expect(await refuse('session', 'lst')).toMatch(/Did you mean ls\?\s+`plugin-host session --help`/);
    expect(await refuse('version')).toContain('Did you mean --version?');
    expect(await refuse('hooks', '--no-such')).toContain('`plugin-host hooks --help` lists the options.');
  });

  test('without a hook names those of the plugin', async () => {
    expect(await refuse('invoke', '-p', 'my-plugin')).toContain(
      'Write `plugin-host invoke [options] <hook>`. Hooks of Sample_Otp: authenticate, authorize, session_ended.',
    );
  });

  test('with a bare path names -p', async () => {
    expect(await refuse('invoke', 'authenticate', 'my-plugin')).toContain('Did you mean -p my-plugin?');
    expect(await refuse('invoke', 'my-plugin')).toContain('plugin-host invoke HOOK -p my-plugin');
    expect(await refuse('simulate', 'my-plugin')).toContain('Did you mean -p my-plugin?');
  });
});

describe('the plugin and its project file', () => {
  test('are found above the current folder by every command', async () => {
    const deep = path.join(folder, 'my-plugin/lib/deep');
    const run = async (...args: string[]): Promise<Record<string, unknown>> => {
      const { stdout } = await execa(process.execPath, [bin, ...args, '--json'], { cwd: deep });
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    expect(await run('invoke', 'authenticate', '--session', 'above')).toMatchObject({ plugin: { path: '../..' } });
    expect(await run('session', 'ls')).toEqual([expect.objectContaining({ name: 'above' })]);
    expect(await run('check')).toMatchObject({ ok: true, manifest: { name: 'Sample_Otp' } });
    expect(await run('simulate', '--answer', 'otp=123456')).toMatchObject({ ended: 'closed' });
    expect(await run('pack', '--no-import', '-o', 'x.zip')).toMatchObject({ ok: true });
    expect(await run('test', '--filter', 'second try')).toMatchObject({ passed: 1 });
    const { stdout } = await execa(process.execPath, [bin, 'rpc'], {
      cwd: deep,
      input: '{"id": 1, "method": "open"}\n',
    });
    expect(JSON.parse(stdout)).toMatchObject({ result: { name: 'Sample_Otp' } });
  });
});

describe('how much is told', () => {
  test('--quiet leaves out everything but data and errors', async () => {
    const told = await runCommand(['pack', 'my-plugin', '--no-import', '-o', path.join(folder, 'loud.zip')]);
    const { stdout, stderr } = await runCommand(['simulate', '-p', 'my-plugin', '--answer', 'otp=123456', '-q']);
    expect(told.exitCode).toBe(0);
    expect(stdout).toMatch(/^closed/);
    expect(stderr).toBe('');
    expect((await runCommand(['-q', 'invoke'])).stderr).toContain('USAGE');
  });

  test('--verbose says how a program is started, with the names of its environment and no value', async () => {
    const words = ['invoke', 'authenticate', '-p', 'my-plugin', '--proxy-timeout', '20s', '-v'];
    const { stderr } = await execa(process.execPath, [bin, ...words], { env: { LANG: 'xx_SECRET' } });
    expect(stderr).toMatch(/^project {2}\S*my-plugin\/plugin-host\.yaml\nstate {4}\S*my-plugin\/\.plugin-host\nstart/);
    expect(stderr).toMatch(/python-shim\.py\n {9}in \S*my-plugin\n {9}environment HOME, LANG, PATH,/);
    expect(stderr).toMatch(/call {5}authenticate of Sample_Otp, in a fresh process, by \S+; deadline 10 s/);
    expect(stderr).not.toContain('SECRET');
  });

  test('colours obey CLICOLOR_FORCE, NO_COLOR and --no-color', async () => {
    const run = async (env: Record<string, string>, ...more: string[]): Promise<boolean> => {
      const given = { CLICOLOR_FORCE: '1', ...env };
      const { stdout } = await execa(process.execPath, [bin, 'hooks', ...more], {
        env: { PATH: process.env['PATH'], ...given },
        extendEnv: false,
      });
      return stdout.includes('\u001b[');
    };
    expect([await run({}), await run({ NO_COLOR: '1' }), await run({}, '--no-color')]).toEqual([true, false, false]);
  });
});
