import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin } from '../../src/index.ts';
import {
  alive,
  callFixture,
  fixture,
  languages,
  makeFolder,
  pidsOf,
  problemsOf,
  python,
  waitForFile,
} from './fixture.ts';
import { reachableBytes } from './reachable-bytes.ts';

const proxyTimeoutMs = 3000;

const leavings = ['leaves-child', 'leaves-session-leader', 'leaves-daemon', 'leaves-stubborn-children'];

const endings = [
  { ending: 'returns', outcome: { kind: 'returned' } },
  { ending: 'raises', outcome: { kind: 'raised' } },
  { ending: 'exits', outcome: { kind: 'crashed', exitCode: 7, signal: null } },
  { ending: 'kills itself', outcome: { kind: 'crashed', exitCode: null, signal: 'SIGKILL' } },
  { ending: 'hangs', outcome: { kind: 'timed-out' } },
];

describe.each(languages)('a %s plugin', (language) => {
  test.concurrent.each(leavings.flatMap((behaviour) => endings.map((each) => ({ behaviour, ...each }))))(
    'that $behaviour and then $ending has nothing left running',
    async ({ behaviour, ending, outcome }) => {
      const record = await callFixture(behaviour, { server_username: ending }, { language, proxyTimeoutMs });
      expect(record.outcome).toMatchObject(outcome);
      expect(record.outcome.log).toContain('ending');
      const pids = pidsOf(record.outcome.log);
      expect(pids).toHaveLength(behaviour === 'leaves-stubborn-children' ? 2 : 1);
      expect(alive(pids)).toEqual([]);
      const isWarned = ending === 'returns' || ending === 'raises';
      expect(problemsOf(record)).toEqual(isWarned ? ['warning LEFT_RUNNING'] : []);
    },
  );

  test('that leaves a process is warned with the name of it', async () => {
    const { problems } = await callFixture('leaves-session-leader', {}, { language });
    expect(problems[0]?.message).toMatch(/\bsleep\b/);
  });
});

test.concurrent('a reply is returned although a thread never ends', async () => {
  const record = await callFixture('leaves-thread', {}, { proxyTimeoutMs: 60_000 });
  expect(record.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['returned'] }, phase: 'reply' });
  expect(problemsOf(record)).toEqual(['warning LEFT_RUNNING']);
});

test.concurrent('a daemon thread is nothing to warn of', async () => {
  const record = await callFixture('leaves-daemon-thread');
  expect(record).toMatchObject({ outcome: { kind: 'returned' }, problems: [] });
});

test.concurrent('a reply is returned although a timer never ends', async () => {
  const record = await callFixture('leaves-timer', {}, { language: 'typescript', proxyTimeoutMs: 60_000 });
  expect(record.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['returned'] } });
});

test.concurrent('a plugin that kills what supervises it has nothing left running', async () => {
  const file = path.join(makeFolder(), 'file');
  // Whose fault it is said to be is not the point here.
  await callFixture('kills-its-supervisor', { server_hostname: file }, { proxyTimeoutMs }).catch(() => undefined);
  const [child = '', temporary = ''] = (await waitForFile(file)).split(' ');
  const left = alive([Number(child)]);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  const isTemporaryLeft = existsSync(temporary);
  rmSync(temporary, { recursive: true, force: true });
  expect({ left, isTemporaryLeft }).toEqual({ left: [], isTemporaryLeft: false });
});

describe('many forced ends', () => {
  const kills = Number(process.env['PLUGIN_HOST_KILLS'] ?? 12);

  test.each(languages)(
    `${kills} killed %s plugins leave no process, no descriptor and no memory behind`,
    async (language) => {
      // Node takes longer to start: more at once would not all get as far as their children.
      const atOnce = language === 'python' ? 12 : 8;
      const timeoutMs = language === 'python' ? 900 : 1200;
      await using plugin = await openPlugin(fixture('leaves-stubborn-children', language), {
        python,
        processes: 'cold',
        proxyTimeoutMs: timeoutMs,
      });
      const pids: number[] = [];
      let forced = 0;
      const kill = async (): Promise<void> => {
        const { outcome } = await plugin.call('get_password_list', { server_username: 'hangs' });
        expect(outcome.kind).toBe('timed-out');
        if (outcome.kind === 'timed-out' && outcome.forced) forced++;
        pids.push(...pidsOf(outcome.log));
      };
      const killMany = async (count: number): Promise<void> => {
        for (let done = 0; done < count; done += atOnce)
          await Promise.all(Array.from({ length: Math.min(atOnce, count - done) }, kill));
      };
      await killMany(atOnce);
      const before = { descriptors: readdirSync('/proc/self/fd').length, bytes: reachableBytes() };
      await killMany(kills);
      expect(alive(pids)).toEqual([]);
      // A slow machine may not always get as far as the children.
      expect(pids.length).toBeGreaterThan(kills);
      expect(forced).toBeGreaterThan(kills / 2);
      expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before.descriptors + 2);
      expect(reachableBytes() - before.bytes).toBeLessThan(8 * 1024 * 1024);
    },
    60_000 + kills * 1000,
  );
});
