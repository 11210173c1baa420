import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CallRecord } from '../../src/index.ts';
import type { DebugClient, Launch } from './debug-client.ts';
import { connectDebugpy } from './debugpy-client.ts';
import {
  fixture,
  type Language,
  languages,
  makeFolder,
  problemsOf,
  python,
  type RunningHost,
  startHost,
} from './fixture.ts';
import { connectInspector } from './inspector-client.ts';
import { pythonWith } from './python-with.ts';

const { isWanted, find: debugged } = pythonWith({
  package: 'debugpy',
  name: 'debugpy',
  variable: 'PLUGIN_HOST_DEBUGPY_PYTHON',
  title: 'the debugger of Python plugins',
});

const debuggers: Record<
  Language,
  { connect: (launch: Launch) => Promise<DebugClient>; file: string; lines: number[] }
> = {
  python: { connect: connectDebugpy, file: path.join(fixture('goes-in-steps'), 'main.py'), lines: [6, 8] },
  typescript: {
    connect: connectInspector,
    file: path.join(fixture('goes-in-steps', 'typescript'), 'main.ts'),
    lines: [5, 7],
  },
};

interface Waiting {
  host: RunningHost;
  client: DebugClient;
  ended: () => Promise<{ record: CallRecord; exitCode: number | null; stderr: string }>;
}

function startDebugging(language: Language, ...more: string[]): RunningHost {
  const interpreter = language === 'python' ? (debugged() ?? '') : python;
  const folder = fixture('goes-in-steps', language);
  const args = ['-p', folder, '--python', interpreter, '--debug=0', '--set', 'server_username=root', '--json', ...more];
  return startHost(['invoke', 'get_password_list', ...args]);
}

/** The entry for an editor among what is said. */
function readLaunch(said: string): Launch {
  return JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)) as Launch;
}

async function attach(language: Language, ...more: string[]): Promise<Waiting> {
  const host = startDebugging(language, ...more);
  await host.said('Ctrl-C ends the call\n');
  return {
    host,
    client: await debuggers[language].connect(readLaunch(host.stderr())),
    ended: async () => {
      const { exitCode, stdout, stderr } = await host.ended;
      return { record: JSON.parse(stdout) as CallRecord, exitCode, stderr };
    },
  };
}

describe.each(languages.filter((language) => language === 'typescript' || isWanted))('a %s plugin', (language) => {
  const { file, lines } = debuggers[language];
  const [first = 0, later = 0] = lines;

  test('stops at a breakpoint of a real client, shows an argument and goes on to its reply, whatever time that takes', async () => {
    // Any call is over this time.
    const { client, ended } = await attach(language, '--proxy-timeout', '2ms', '--cookie', '{"steps": 1}');
    await client.breakAt(file, later);
    await client.run();
    expect(await client.stopped()).toEqual([{ file, line: later }]);
    expect(await client.evaluate('server_username')).toMatch(/^['"]root['"]$/);
    expect(await client.evaluate('steps')).toBe('1');
    await client.resume();
    const { record, exitCode, stderr } = await ended();
    expect(record).toMatchObject({
      kwargs: { server_username: 'root', cookie: { steps: 1 } },
      outcome: { kind: 'returned', value: { passwords: ['***'] }, phase: 'reply', log: 'one line of the log\n' },
      cookie: { before: { steps: 1 }, after: { steps: 2 } },
      deadline: { pluginTimeoutMs: 1 },
    });
    expect(problemsOf(record)).toEqual(['warning DEADLINE_OFF']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('the deadline is off');
    expect(stderr).toContain('a debugger has attached');
  });

  test('stops in the first line of the hook with --break', async () => {
    const { client, ended } = await attach(language, '--break', '--show-secrets');
    await client.run();
    expect(await client.stopped()).toEqual([{ file, line: first }]);
    expect(await client.evaluate('server_username')).toMatch(/^['"]root['"]$/);
    await client.resume();
    const { record } = await ended();
    expect(record.outcome).toMatchObject({
      value: { passwords: ['root of the plugin'] },
      log: 'one line of the log\n',
    });
    expect(problemsOf(record)).toEqual(['warning DEADLINE_OFF']);
  });

  test.each<['leave' | 'drop', string]>([
    ['leave', 'says so'],
    ['drop', 'breaks off'],
  ])('goes on when its debugger leaves (%s) and %s', async (how) => {
    const { client, ended } = await attach(language, '--break');
    await client.run();
    await client.stopped();
    await client[how]();
    const { record } = await ended();
    expect(record.outcome).toMatchObject({ kind: 'returned', phase: 'reply' });
  });

  test('of a case waits at each call of its steps, and the time says nothing', async () => {
    const expectation = { value: { passwords: ['root of the plugin'] }, withinMs: 1, problems: [] };
    const step = { hook: 'get_password_list', kwargs: { server_username: 'root' }, expect: expectation };
    const tests = { plugin: fixture('goes-in-steps', language), cases: [{ name: 'is debugged', steps: [step, step] }] };
    const name = path.join(makeFolder(), 'debugged.plugin-test.yaml');
    writeFileSync(name, JSON.stringify(tests));
    const interpreter = language === 'python' ? (debugged() ?? '') : python;
    const host = startHost(['test', name, '--python', interpreter, '--debug=0', '--json', '--jobs', '4']);
    for (const call of ['step 1', 'step 2']) {
      await host.said(`  ${call}, get_password_list of the case "is debugged"\n`);
      const client = await debuggers[language].connect(readLaunch(host.stderr().split(call).at(-1) ?? ''));
      await client.breakAt(file, later);
      await client.run();
      expect(await client.stopped()).toMatchObject([{ file, line: later }]);
      await client.resume();
    }
    const { exitCode, stdout } = await host.ended;
    expect({ exitCode, report: JSON.parse(stdout) as unknown }).toMatchObject({
      exitCode: 0,
      report: { ok: true, passed: 1, failed: 0 },
    });
  });

  test('that waits for its debugger is ended by Ctrl-C', async () => {
    const host = startDebugging(language);
    await host.said('Ctrl-C ends the call\n');
    host.kill('SIGINT');
    const { exitCode, stdout } = await host.ended;
    expect({ exitCode, error: JSON.parse(stdout) as unknown }).toMatchObject({
      exitCode: 130,
      error: { error: { code: 'INTERRUPTED' } },
    });
  });

  test('has its debugger refused where the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { exitCode, stdout } = await startDebugging(language, `--debug=${port}`).ended;
    server.close();
    expect({ exitCode, error: JSON.parse(stdout) as unknown }).toMatchObject({
      exitCode: 3,
      error: { error: { code: 'PORT_REFUSED', message: expect.stringContaining(`127.0.0.1:${port}`) as string } },
    });
  });
});

test('a Python without debugpy is told with the line that installs it', async () => {
  const folder = makeFolder();
  execFileSync(python, ['-m', 'venv', '--without-pip', folder]);
  const interpreter = path.join(folder, 'bin/python');
  const args = ['-p', fixture('goes-in-steps'), '--python', interpreter, '--debug', '--json'];
  const { exitCode, stdout } = await startHost(['invoke', ...args, 'get_password_list']).ended;
  expect({ exitCode, error: JSON.parse(stdout) as unknown }).toMatchObject({
    exitCode: 3,
    error: { error: { code: 'DEBUGGER_MISSING', hint: expect.stringContaining('-m pip install debugpy') as string } },
  });
});

const guide = readFileSync(path.resolve(import.meta.dirname, '../../docs/debugging.md'), 'utf8');
const commands = [...guide.matchAll(/^\$ npx plugin-host (?!platform )(.*)$/gm)].map(([, words = '']) => words);

test.each(commands.filter((command) => isWanted || command.includes('-ts')))(
  'the guide: plugin-host %s',
  async (command) => {
    const language = command.includes('-ts') ? 'typescript' : 'python';
    const interpreter = language === 'python' ? (debugged() ?? '') : python;
    // The usual port may be taken here.
    const args = [...command.split(' '), '--debug=0', '--python', interpreter, '--state', makeFolder(), '--json'];
    const host = startHost(args, { cwd: path.resolve(import.meta.dirname, '../..') });
    await host.said('Ctrl-C ends the call\n');
    const client = await debuggers[language].connect(readLaunch(host.stderr()));
    await client.run();
    if (command.includes('--break')) {
      await client.stopped();
      await client.resume();
    }
    expect(JSON.parse((await host.ended).stdout)).toMatchObject(
      command.startsWith('test') ? { passed: 1 } : { verdict: 'NEEDINFO' },
    );
  },
);
