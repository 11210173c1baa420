import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Simulation } from '../../src/sps/simulation/simulation.ts';
import { fixture, makeFolder, python, runHost, startHost } from './fixture.ts';
import { writeScenario } from './simulated.ts';
import { typeInTerminal } from './type-in-terminal.ts';

const samples = path.resolve(import.meta.dirname, '../../sample-plugins');
const state = path.join(makeFolder(), 'state');
const common = ['--python', python, '--state', state];

interface Refused {
  error: { code: string; problems: { line: number; column: number; message: string }[] };
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a test knows what its command prints
async function runSimulate<T = Simulation>(
  ...args: string[]
): Promise<{ json: T; exitCode: number | null; stderr: string }> {
  return runHost<T>('simulate', ...args, ...common);
}

describe('plugin-host simulate', () => {
  test('runs the scenario of the samples, which holds, and keeps the session', async () => {
    const { json, exitCode } = await runSimulate(
      path.join(samples, 'scenarios/otp-and-vault.yaml'),
      '--session',
      'demo',
    );
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      session: 'demo',
      ended: 'closed',
      gatewayUser: 'gatewayuser',
      gatewayGroups: ['otp-users'],
    });
    expect(json.problems).toEqual([]);
    expect(json.steps.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(json.steps[0]).toMatchObject({ question: { key: 'otp', echo: false }, answer: '***' });
    expect(JSON.stringify(json)).not.toMatch(/111111|123456|demo-Amber/);
    expect(Object.keys(json)).toEqual([
      'session',
      'ended',
      'gatewayUser',
      'gatewayGroups',
      'steps',
      'cookies',
      'sessionCookie',
      'problems',
    ]);
    const timesOf = (steps: { n: number; startedAt: string }[]): string[] => steps.map(({ startedAt }) => startedAt);
    const times = timesOf(json.steps);
    expect(new Set(times).size).toBeGreaterThan(1);
    for (const command of ['show', 'export']) {
      const shown = await runHost<{ steps: { n: number; startedAt: string }[] }>(
        'session',
        command,
        'demo',
        '--state',
        state,
      );
      expect(timesOf(shown.json.steps), command).toEqual(times);
    }
  });

  test('takes plugins and answers from the command line', async () => {
    const plugins = ['-p', path.join(samples, 'otp'), '-p', path.join(samples, 'vault')];
    const { json, exitCode } = await runSimulate(...plugins, '--answer', 'otp=1', '--answer', 'otp=123456', '--cold');
    expect(exitCode).toBe(0);
    expect(json.session).toMatch(/^[A-Za-z0-9]{22}$/);
    expect(json.steps.map(({ hook }) => hook).slice(0, 4)).toEqual([
      'authenticate',
      'authenticate',
      'authenticate',
      'authorize',
    ]);
    expect(json.steps[0]?.kwargs['cookie']).toEqual({});
  });

  test('exits 1 with the line of what was expected and did not come', async () => {
    const file = writeScenario({ aa: { authenticate: [{ verdict: 'DENY' }] }, expect: { ended: 'closed' } });
    const { json, exitCode } = await runSimulate(file);
    expect(exitCode).toBe(1);
    expect(json.problems).toMatchObject([{ level: 'error', code: 'EXPECTATION_FAILED' }]);
    expect(json.problems[0]?.message).toBe('scenario.yaml:1: ended: expected closed; got denied');
  });

  test('refuses a scenario with all that is wrong with it, by line', async () => {
    const file = path.join(makeFolder(), 'wrong.yaml');
    writeFileSync(file, 'connection: sshh\nplugins: {store: x}\nexpect:\n  ended: close\n');
    const { json, exitCode } = await runSimulate<Refused>(file);
    expect(exitCode).toBe(1);
    expect(json.error.code).toBe('SCENARIO_INVALID');
    expect(json.error.problems.map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  test.each([
    ['a plugin that is not there', { plugins: { aa: './nowhere' } }, 'no such plugin folder'],
    ['no plugin', { plugins: {} }, 'plugins'],
    [
      'an unknown service',
      { plugins: { aa: path.join(samples, 'otp') }, services: { userLists: { vips: { default: 'some' } } } },
      'userLists',
    ],
  ])('refuses a scenario with %s', async (_name, scenario, message) => {
    const file = path.join(makeFolder(), 'wrong.yaml');
    writeFileSync(file, JSON.stringify(scenario));
    const { json } = await runSimulate<Refused>(file);
    expect(json.error).toMatchObject({ code: 'SCENARIO_INVALID' });
    expect(json.error.problems[0]?.message).toContain(message);
  });

  test.each([
    [['Telnett'], 'FILE_NOT_FOUND'],
    [['nowhere.yaml'], 'FILE_NOT_FOUND'],
    [['-p', path.join(samples, 'otp'), '-p', path.join(samples, 'otp-ts')], 'USAGE'],
    [['-p', path.join(samples, 'otp'), '--chaos', 'timout@authorize'], 'USAGE'],
    [['-p', path.join(samples, 'otp'), '--connection', 'sshh'], 'USAGE'],
  ])('exits 2 for %j', async (args, code) => {
    const { json, exitCode } = await runSimulate<Refused>(...args);
    expect([json.error.code, exitCode]).toEqual([code, 2]);
  });

  test('asks in a terminal, with echo off, wrong once, then right', async () => {
    const args = ['simulate', '-p', path.join(samples, 'otp'), '--session', 'typed', ...common];
    const { shown, exitCode } = await typeInTerminal([['password: ', '111111\r'], ['password: ', '123456\r']], args); // prettier-ignore
    expect(exitCode).toBe(0);
    expect(shown).toContain('closed');
    expect(shown).not.toMatch(/111111|123456/);
    const { json } = await runHost<{ steps: { hook: string; verdict: string }[] }>(
      'session',
      'show',
      'typed',
      '--state',
      state,
    );
    expect(json.steps.map(({ hook, verdict }) => `${hook} ${verdict}`)).toEqual([
      'authenticate NEEDINFO', 'authenticate NEEDINFO', 'authenticate ACCEPT', 'authorize ACCEPT', 'session_ended null',
    ]); // prettier-ignore
  });

  test('calls session_ended after Ctrl-C at a question, and exits 130', async () => {
    const args = ['simulate', '-p', path.join(samples, 'otp'), '--session', 'broken-off', ...common];
    const { shown, exitCode } = await typeInTerminal([['password: ', '\u0003']], args);
    expect([exitCode, shown.includes('user-left')]).toEqual([130, true]);
    const { json } = await runHost<{ steps: { hook: string }[] }>('session', 'show', 'broken-off', '--state', state);
    expect(json.steps.map(({ hook }) => hook)).toEqual(['authenticate', 'session_ended']);
  });

  test('calls session_ended after an interruption of a hook', async () => {
    const file = writeScenario({ aa: { authorize: ['hang'] } });
    const running = startHost(['simulate', file, '--session', 'cut', ...common, '--json']);
    const store = path.join(state, 'sessions', 'cut.db');
    await expect.poll(() => hasStep(store), { timeout: 60_000 }).toBe(true);
    running.kill('SIGINT');
    const { exitCode, stdout } = await running.ended;
    expect(exitCode).toBe(130);
    const { ended, steps } = JSON.parse(stdout) as Simulation;
    expect([ended, steps.map(({ hook }) => hook)]).toEqual(['user-left', ['authenticate', 'session_ended']]);
  });

  test('--chaos all tries every call and tells which the samples survive: all', { tags: ['thorough'] }, async () => {
    const { json, exitCode } = await runSimulate<{ rows: { chaos: string; survived: boolean }[] }>(
      path.join(samples, 'scenarios/otp-and-vault.yaml'), '--chaos', 'all',
    ); // prettier-ignore
    expect(json.rows.filter(({ survived }) => !survived)).toEqual([]);
    expect([json.rows.length, exitCode]).toEqual([36, 0]);
  });

  test('--chaos finds a credential that is lost', async () => {
    const reply = { passwords: ['secret'], cookie: { checkedOut: 'root' } };
    const file = writeScenario({ connection: 'telnet', store: { get_password_list: [reply] } });
    const { json, exitCode } = await runSimulate<{ rows: object[] }>(file, '--chaos', 'timeout@get_password_list');
    expect(json.rows).toMatchObject([{ ended: 'timed-out', sessionEnded: 'ok', credential: 'lost', survived: false }]);
    expect(exitCode).toBe(1);
  });
});

/** Whether the first call has been kept, after which the second begins. */
function hasStep(file: string): boolean {
  try {
    return readFileSync(`${file}-wal`).includes('"authenticate"') || readFileSync(file).includes('"authenticate"');
  } catch {
    return false;
  }
}

test('in a terminal the log of a running hook is shown as it comes, masked', async () => {
  const secret = ['--set', 'gateway_password=still here'];
  const args = ['invoke', 'get_password_list', '-p', fixture('hangs'), ...secret, ...common];
  // Nothing else is shown while it hangs.
  const { shown, exitCode } = await typeInTerminal([['***', '\u0003']], args);
  expect(exitCode).toBe(130);
  expect(shown).not.toContain('still here');
});
