import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type HostRun, makeFolder, runCommand, startHost } from './fixture.ts';

const folder = makeFolder();
const plugin = path.join(folder, 'my-otp');
const within = async (cwd: string, ...args: string[]): Promise<HostRun> => startHost(args, { cwd }).ended;

describe('a session that was recorded in the folder of its plugin', () => {
  beforeAll(async () => {
    cpSync(path.resolve(import.meta.dirname, '../../sample-plugins/otp-ts'), plugin, { recursive: true });
    mkdirSync(path.join(plugin, 'x'));
    writeFileSync(path.join(plugin, 'other.cfg'), '[otp]\ncode = 654321\n');
    await within(plugin, 'invoke', 'authenticate', '--session', 'demo');
    await within(plugin, 'invoke', 'authenticate', '--session', 'other', '--config', 'other.cfg');
  });

  test.each([
    ['my-otp', 'from-session.plugin-test.yaml', '.'],
    ['my-otp', './x/u.plugin-test.yaml', '..'],
    ['.', 'u.plugin-test.yaml', 'my-otp'],
    ['my-otp/x', path.join(folder, 'my-otp/v.plugin-test.yaml'), '.'],
  ])('from %s becomes a test %s of %s that passes', async (cwd, file, expected) => {
    const at = path.resolve(folder, cwd);
    const named = cwd === '.' ? ['-p', 'my-otp'] : [];
    expect(await within(at, 'session', 'export', 'demo', ...named, '--as-test', '-o', file)).toMatchObject({
      exitCode: 0,
    });
    const written = path.resolve(at, file);
    expect(readFileSync(written, 'utf8').split('\n')[0]).toBe(`plugin: ${JSON.stringify(expected)}`);
    expect(await runCommand(['test', written])).toMatchObject({ exitCode: 0 });
  });

  test('is replayed and ended from another folder too', async () => {
    const x = path.join(plugin, 'x');
    expect(await within(x, 'session', 'replay', 'demo')).toMatchObject({ exitCode: 0 });
    expect(await within(folder, 'session', 'end', 'demo', '-p', 'my-otp')).toMatchObject({ exitCode: 0 });
    expect(await within(x, 'session', 'replay', 'demo')).toMatchObject({ exitCode: 0 });
  });

  test('has its hooks as the name of the case where nobody named it', async () => {
    await within(plugin, 'simulate', '--answer', 'otp=123456');
    const { stdout } = await within(plugin, 'session', 'export', '--as-test');
    expect(stdout).toMatch(/^ {2}- name: "authenticate, authorize, session_ended of \w+"$/m);
  });

  test('says in the test that another configuration is left out, or has it with --show-secrets', async () => {
    const args = ['session', 'export', 'other', '-p', plugin, '--as-test'];
    const { stdout, stderr } = await runCommand(args);
    expect(stdout).toContain('# Recorded with another configuration');
    expect(stdout).not.toContain('654321');
    expect(stderr).toContain('left out is the configuration');
    expect((await runCommand([...args, '--show-secrets'])).stdout).toContain('config: "[otp]\\ncode = 654321\\n"');
  });
});
