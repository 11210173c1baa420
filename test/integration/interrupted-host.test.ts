import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  alive,
  fixture,
  invokeArguments,
  languages,
  makeFolder,
  python,
  startHost,
  type RunningHost,
  waitForFile,
  waitUntil,
} from './fixture.ts';

const run = promisify(execFile);

interface Held {
  host: RunningHost;
  /** The lock file. */
  file: string;
  pids: number[];
  temporary: string;
}

/** A command line in the middle of a call. */
async function startCall(args: string[]): Promise<Held> {
  const file = path.join(makeFolder(), 'lock');
  const host = startHost([...args, '--set', `server_hostname=${file}`]);
  const words = (await waitForFile(`${file}.held`)).trim().split(' ');
  const pids = words.slice(0, -1).map(Number);
  expect(alive(pids)).toEqual(pids);
  return { host, file, pids, temporary: words.at(-1) ?? '' };
}

/** Fails unless the lock comes free in a minute. */
async function takeLock(file: string): Promise<void> {
  const code = 'import fcntl, sys; fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX)';
  await run(python, ['-c', code, file], { timeout: 60_000 });
}

describe.concurrent('a host killed in the middle of a call', () => {
  test('leaves nothing: locks of the plugin and of its grandchildren come free, processes and temporary folder go', async () => {
    const { host, file, pids, temporary } = await startCall(invokeArguments('holds-lock'));
    expect(pids).toHaveLength(3);
    expect(existsSync(temporary)).toBe(true);
    host.kill('SIGKILL');
    expect((await host.ended).signal).toBe('SIGKILL');
    await takeLock(file);
    await waitUntil(() => alive(pids).length === 0);
    await waitUntil(() => !existsSync(temporary));
  });

  test.each(languages)('leaves nothing of a %s plugin', async (language) => {
    const { host, pids, temporary } = await startCall(invokeArguments('reports-and-hangs', { language }));
    host.kill('SIGKILL');
    await waitUntil(() => alive(pids).length === 0);
    await waitUntil(() => !existsSync(temporary));
  });
});

describe.concurrent.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a host that gets %s in the middle of a call',
  (signal) => {
    test('ends with 130 when nothing is left', async () => {
      const { host, file, pids, temporary } = await startCall(invokeArguments('holds-lock'));
      host.kill(signal);
      const { exitCode, stdout, stderr } = await host.ended;
      expect(alive(pids)).toEqual([]);
      expect(existsSync(temporary)).toBe(false);
      expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
      expect(stderr).toContain('INTERRUPTED');
      await takeLock(file);
    });

    test('prints the error as JSON', async () => {
      const { host, pids } = await startCall([
        ...invokeArguments('reports-and-hangs', { language: 'typescript' }),
        '--json',
      ]);
      host.kill(signal);
      const { exitCode, stdout } = await host.ended;
      expect(exitCode).toBe(130);
      expect(JSON.parse(stdout)).toEqual({
        error: { code: 'INTERRUPTED', message: expect.any(String) as string, hint: expect.any(String) as string },
      });
      expect(alive(pids)).toEqual([]);
    });
  },
);

test('a host that is interrupted twice leaves nothing all the same', async () => {
  const { host, pids, temporary } = await startCall(invokeArguments('holds-lock'));
  host.kill('SIGINT');
  host.kill('SIGINT');
  const { exitCode } = await host.ended;
  expect(exitCode).toBe(130);
  expect(alive(pids)).toEqual([]);
  expect(existsSync(temporary)).toBe(false);
});

test('a pipe that closes early ends neither the call nor the host with an error', async () => {
  const { exitCode, stderr } = await startHost(invokeArguments('prints-a-reply'), {
    command: ['sh', '-c', '"$@" | true', 'sh'],
  }).ended;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

describe.concurrent('a program that uses the library', () => {
  const library = pathToFileURL(path.resolve(import.meta.dirname, '../../dist/index.js')).href;
  const runProgram = async (body: string): Promise<string> => {
    const code = `import { openPlugin, openSession } from ${JSON.stringify(library)};\n${body}`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { timeout: 60_000 });
    return stdout;
  };

  test.each(languages)('ends by itself after close (%s)', async (language) => {
    const stdout = await runProgram(`
      const plugin = await openPlugin(${JSON.stringify(fixture('counts-in-module', language))});
      console.log((await plugin.call('get_password_list')).outcome.kind);
      await plugin.close();
    `);
    expect(stdout).toBe('returned\n');
  });

  test('ends by itself after a session is closed', async () => {
    const stdout = await runProgram(`
      const session = await openSession({ credentialstore: ${JSON.stringify(fixture('counts-in-module'))} });
      console.log((await session.call('get_password_list')).outcome.kind);
      await session.close();
    `);
    expect(stdout).toBe('returned\n');
  });

  test('ends by itself after a call that was ended by close', async () => {
    const file = path.join(makeFolder(), 'file');
    const stdout = await runProgram(`
      import { watch } from 'node:fs';
      const plugin = await openPlugin(${JSON.stringify(fixture('reports-and-hangs'))});
      const started = new Promise((resolve) => {
        const watcher = watch(${JSON.stringify(path.dirname(file))}, (event, name) => {
          if (name !== 'file.held') return;
          watcher.close();
          resolve();
        });
      });
      const call = plugin.call('get_password_list', { server_hostname: ${JSON.stringify(file)} });
      call.catch((error) => console.log(error.name));
      await started;
      await plugin.close();
    `);
    expect(stdout).toBe('AbortError\n');
    const [pid] = (await waitForFile(`${file}.held`)).split(' ').map(Number);
    expect(alive([pid ?? 0])).toEqual([]);
  });
});
