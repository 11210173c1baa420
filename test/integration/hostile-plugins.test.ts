import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallRecord, openPlugin } from '../../src/index.ts';
import { alive, fixture, makeFolder, pidsOf, problemsOf, python, waitForFile, waitUntil } from './fixture.ts';

const plenty = 120_000;

async function call(behaviour: string, processes: 'cold' | 'warm', server_hostname = ''): Promise<CallRecord> {
  await using plugin = await openPlugin(fixture(behaviour), { python, processes, proxyTimeoutMs: plenty });
  return await plugin.call('get_password_list', { server_hostname });
}

describe.each(['cold', 'warm'] as const)('in a %s process', (processes) => {
  test('a plugin that kills what supervises it is told to have crashed, and what it forked is ended', async () => {
    const file = path.join(makeFolder(), 'file');
    const { outcome } = await call('forks-and-kills-its-supervisor', processes, file);
    expect(outcome).toMatchObject({ kind: 'crashed', signal: 'SIGKILL', phase: 'hook' });
    expect(alive([Number(await waitForFile(file))])).toEqual([]);
  });

  test('what a plugin leaves chooses its own name, and that is no word of its supervisor', async () => {
    const record = await call('leaves-an-odd-name', processes);
    expect(record.outcome).toMatchObject({ kind: 'returned', log: 'called\n' });
    expect(problemsOf(record)).toEqual(['warning LEFT_RUNNING']);
    expect(record.problems[0]?.message).toMatch(/: a\?gone\?0$/);
  });

  test('a plugin that stops its supervisor has that woken', async () => {
    const record = await call('stops-its-supervisor', processes);
    expect(record).toMatchObject({ outcome: { kind: 'returned' }, problems: [] });
  });

  test('a helper that ends with the plugin is nothing to warn of', async () => {
    const record = await call('uses-a-process-pool', processes);
    expect(record).toMatchObject({ outcome: { kind: 'returned', value: { passwords: ['2', '4'] } }, problems: [] });
  });

  test('folders nested deeper than a path may be long are removed', async () => {
    const { cookie } = await call('nests-folders', processes);
    expect(existsSync(cookie.after['folder'] as string)).toBe(false);
  });
});

test('a plugin that says goodbye and stays is ended', async () => {
  await using plugin = await openPlugin(fixture('stays-after-its-goodbye'), { python, processes: 'warm' });
  const { outcome } = await plugin.call('get_password_list');
  expect(outcome).toMatchObject({ kind: 'returned', value: { passwords: ['forged'] } });
  const pids = pidsOf(outcome.log);
  await waitUntil(() => alive(pids).length === 0);
});

test.runIf(process.platform === 'linux')('a plugin that connects to the host is hung up on', async () => {
  const { cookie } = await call('connects-to-the-host', 'warm');
  const { answers, files } = cookie.after as { answers: string[]; files: string[] };
  expect(new Set(answers)).toEqual(new Set(['']));
  expect(files).not.toContain('host');
});

/** The privilege to give a process a name space of its own. */
const isPrivileged =
  process.platform === 'linux' &&
  (BigInt(`0x${/CapEff:\s*(\w+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'}`) & (1n << 21n)) !== 0n;

describe('where the system allows it', () => {
  let file = '';
  let record: Promise<unknown>;

  beforeAll(() => {
    file = path.join(makeFolder(), 'file');
    record = isPrivileged ? call('leaves-what-has-no-mark', 'cold', file) : Promise.resolve();
  });

  afterAll(async () => {
    for (const pid of alive([Number(existsSync(file) ? readFileSync(file, 'utf8') : 0)])) process.kill(pid, 'SIGKILL');
    await record;
  });

  test.runIf(isPrivileged)('what took off all that it could be told by is found as well', async () => {
    expect(await record).toMatchObject({ outcome: { kind: 'crashed', signal: 'SIGKILL' } });
    expect(alive([Number(await waitForFile(file))])).toEqual([]);
  });
});
