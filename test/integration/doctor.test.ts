import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type HostRun, makeFolder, python, startHost } from './fixture.ts';

interface Check {
  name: string;
  status: string;
  message: string;
  hint: string;
}

async function diagnose(
  cwd: string,
  ...more: string[]
): Promise<HostRun & { isOk: boolean; checks: Map<string, Check> }> {
  const run = await startHost(['doctor', '--json', ...more], { cwd }).ended;
  const { ok, checks } = JSON.parse(run.stdout) as { ok: boolean; checks: Check[] };
  return { ...run, isOk: ok, checks: new Map(checks.map((check) => [check.name, check])) };
}

function makeProject(settings: string): string {
  const folder = makeFolder();
  writeFileSync(path.join(folder, 'plugin-host.yaml'), settings);
  return folder;
}

describe('plugin-host doctor', () => {
  test('tells what is there, and changes nothing', async () => {
    const folder = makeFolder();
    const { exitCode, isOk, checks } = await diagnose(folder, '--python', python);
    expect({ exitCode, isOk }).toEqual({ exitCode: 0, isOk: true });
    const version = execFileSync(python, ['-c', 'import platform; print(platform.python_version())'], {
      encoding: 'utf8',
    });
    expect(checks.get('Node')).toMatchObject({ status: 'ok', message: expect.stringContaining(process.versions.node) });
    expect(checks.get('Python')).toMatchObject({ status: 'ok', message: `${version.trim()}, ${python}` });
    expect(checks.get('supervisor')).toMatchObject({ status: 'ok' });
    expect(checks.get('state folder')).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('created when'),
    });
    expect(checks.get('plugin-host.yaml')).toMatchObject({ status: 'ok' });
    expect([...checks.keys()]).toEqual(
      expect.arrayContaining(['SDK', 'venv', 'ssl', 'sqlite3', 'debugpy', 'processes', 'limits']),
    );
    expect(existsSync(path.join(folder, '.plugin-host'))).toBe(false);
  });

  test.each([
    ['imports', 'from safeguard.sessions.plugin import AAPlugin\n', 3, { status: 'missing' }],
    ['does not import', 'import json\n', 0, { status: 'ok', hint: '' }],
  ])('knows whether the plugin at hand %s the SDK that is not there', async (_what, source, exitCode, sdk) => {
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'MANIFEST'), 'type: aa\n');
    writeFileSync(path.join(folder, 'main.py'), source);
    const run = await diagnose(folder, '--python', python);
    expect(run.exitCode).toBe(exitCode);
    expect(run.checks.get('SDK')).toMatchObject({ ...sdk, message: expect.stringContaining('this plugin') });
  });

  test('has a hint for everything that is not as it should be', async () => {
    const { checks } = await diagnose(makeFolder(), '--python', python);
    const hintless = [...checks.values()].filter(({ status, hint }) => (status === 'ok') !== (hint === ''));
    expect(hintless).toEqual([]);
  });

  test('gives a pipe plain text, each check and each hint in a line of its own', async () => {
    const { stdout } = await startHost(['doctor', '--python', python], { cwd: makeFolder() }).ended;
    expect(stdout).not.toContain('\u001b');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => !/^(?:(?:ok|missing|warning) +\S.*| {20,}\S.*)$/.test(line))).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^ok +limits +.* can be enforced$/));
  });

  test('says of a Python that is not there how to get one, with exit code 3', async () => {
    const { exitCode, isOk, checks } = await diagnose(makeProject('python: ./no/python\n'));
    expect({ exitCode, isOk }).toEqual({ exitCode: 3, isOk: false });
    expect(checks.get('Python')).toMatchObject({
      status: 'missing',
      message: expect.stringContaining('no/python'),
      hint: expect.stringContaining('apt install python3'),
    });
  });

  test('tells all that is wrong with plugin-host.yaml', async () => {
    const { exitCode, checks } = await diagnose(makeProject('pyton: x\nproxyTimeout: soon\n'));
    expect(exitCode).toBe(3);
    expect(checks.get('plugin-host.yaml')).toMatchObject({
      status: 'missing',
      message: expect.stringMatching(/:1:1: unknown key pyton[^]*:2:1: /),
    });
    expect(checks.get('supervisor')).toMatchObject({ status: 'ok' });
  });

  test('warns of a state folder that others can read', async () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, '.plugin-host'), { mode: 0o755 });
    const { exitCode, checks } = await diagnose(folder, '--python', python);
    expect(exitCode).toBe(0);
    expect(checks.get('state folder')).toMatchObject({ status: 'warning', hint: expect.stringContaining('chmod 700') });
  });

  test('an interpreter that --python names wrongly is a wrong option', async () => {
    const run = await startHost(['doctor', '--python', './nothing', '--json'], { cwd: makeFolder() }).ended;
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'FILE_NOT_FOUND' } });
  });
});

describe('the memory cache on a Redis server', () => {
  /** Answers each command with the next of these lines. */
  async function listen(...replies: string[]): Promise<{ server: Server; port: number }> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(replies.map((reply) => `${reply}\r\n`).join('')));
    });
    await new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        resolve(undefined);
      }),
    );
    const address = server.address();
    return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
  }

  test.each([
    { what: 'there', replies: ['+OK', '+OK', '+PONG'], status: 'ok', says: 'redis at 127.0.0.1' },
    { what: 'closed to this password', replies: ['-WRONGPASS invalid'], status: 'missing', says: 'WRONGPASS' },
  ])('is $what', async ({ replies, status, says }) => {
    const { server, port } = await listen(...replies);
    try {
      const { checks, stdout } = await diagnose(
        makeProject(`services: {memoryCache: "redis://:pass-word@127.0.0.1:${port}/1"}\n`),
      );
      expect(checks.get('memory cache')).toMatchObject({ status, message: expect.stringContaining(says) });
      expect(stdout).not.toContain('pass-word');
    } finally {
      server.close();
    }
  });

  test('is not there', async () => {
    const { server, port } = await listen();
    server.close();
    const { exitCode, checks } = await diagnose(makeProject(`services: {memoryCache: "redis://127.0.0.1:${port}"}\n`));
    expect(exitCode).toBe(0); // only plugins that use it need it
    expect(checks.get('memory cache')).toMatchObject({
      status: 'missing',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
