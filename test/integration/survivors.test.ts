import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CallRecord } from '../../src/index.ts';
import {
  alive,
  callFixture,
  type Language,
  languages,
  makeFolder,
  pidsOf,
  problemsOf,
  waitForFile,
} from './fixture.ts';
import { untilTimeIsUp } from './held-clock.ts';
import { reachableBytes } from './reachable-bytes.ts';

/** A call that ends as told; one that hangs is over its time once it does. */
async function callTo(ending: string, behaviour: string, language: Language): Promise<CallRecord> {
  const here = path.join(makeFolder(), 'here');
  const { result } = await untilTimeIsUp(
    () => callFixture(behaviour, { server_username: ending }, { language, here }),
    () => waitForFile(here),
    { isForced: true },
  );
  return result;
}

const leavings = ['leaves-child', 'leaves-session-leader', 'leaves-daemon', 'leaves-stubborn-children'];

const endings = [
  { ending: 'returns', outcome: { kind: 'returned' } },
  { ending: 'raises', outcome: { kind: 'raised' } },
  { ending: 'exits', outcome: { kind: 'crashed', exitCode: 7, signal: null } },
  { ending: 'kills itself', outcome: { kind: 'crashed', exitCode: null, signal: 'SIGKILL' } },
  { ending: 'hangs', outcome: { kind: 'timed-out' } },
];

describe.each(languages)('a %s plugin', (language) => {
  const all = leavings.flatMap((behaviour) => endings.map((each) => ({ behaviour, ...each })));
  const isQuick = ({ behaviour, ending }: (typeof all)[number]): boolean =>
    behaviour === 'leaves-stubborn-children' || ending === 'returns';

  const endsWithNothingLeft = async ({ behaviour, ending, outcome }: (typeof all)[number]): Promise<void> => {
    const record = await callTo(ending, behaviour, language);
    expect(record.outcome).toMatchObject(outcome);
    expect(record.outcome.log).toContain('ending');
    const pids = pidsOf(record.outcome.log);
    expect(pids).toHaveLength(behaviour === 'leaves-stubborn-children' ? 2 : 1);
    expect(alive(pids)).toEqual([]);
    const isWarned = ending === 'returns' || ending === 'raises';
    expect(problemsOf(record)).toEqual(isWarned ? ['warning LEFT_RUNNING'] : []);
  };

  test.concurrent.each(all.filter(isQuick))(
    'that $behaviour and then $ending has nothing left running',
    endsWithNothingLeft,
  );

  test.concurrent.each(all.filter((each) => !isQuick(each)))(
    'that $behaviour and then $ending has nothing left running',
    { tags: ['thorough'] },
    endsWithNothingLeft,
  );

  test('that leaves a process is warned with the name of it', async () => {
    const { problems } = await callFixture('leaves-session-leader', {}, { language });
    expect(problems[0]?.message).toMatch(/\bsleep\b/);
  });
});

test.concurrent('a reply is returned although a thread never ends', async () => {
  const record = await callFixture('leaves-thread');
  expect(record.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['returned'] }, phase: 'reply' });
  expect(problemsOf(record)).toEqual(['warning LEFT_RUNNING']);
});

test.concurrent('a daemon thread is nothing to warn of', async () => {
  const record = await callFixture('leaves-daemon-thread');
  expect(record).toMatchObject({ outcome: { kind: 'returned' }, problems: [] });
});

test.concurrent('a reply is returned although a timer never ends', async () => {
  const record = await callFixture('leaves-timer', {}, { language: 'typescript' });
  expect(record.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['returned'] } });
});

test.concurrent('a plugin that kills what supervises it has nothing left running', async () => {
  const file = path.join(makeFolder(), 'file');
  // Whose fault it is said to be is not the point here.
  await callFixture('kills-its-supervisor', { server_hostname: file }).catch(() => undefined);
  const [child = '', temporary = ''] = (await waitForFile(file)).split(' ');
  const left = alive([Number(child)]);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  const isTemporaryLeft = existsSync(temporary);
  rmSync(temporary, { recursive: true, force: true });
  expect({ left, isTemporaryLeft }).toEqual({ left: [], isTemporaryLeft: false });
});

describe('many forced ends', () => {
  const kills = Number(process.env['PLUGIN_HOST_KILLS'] ?? 4);
  const atOnce = Math.min(kills, 8);

  const kill = async (language: Language): Promise<number[]> => {
    const { outcome } = await callTo('hangs', 'leaves-stubborn-children', language);
    expect(outcome).toMatchObject({ kind: 'timed-out', forced: true });
    return pidsOf(outcome.log);
  };

  const killMany = async (language: Language, count: number): Promise<number[]> => {
    const pids: number[] = [];
    for (let done = 0; done < count; done += atOnce) {
      const killed = Array.from({ length: Math.min(atOnce, count - done) }, () => kill(language));
      pids.push(...(await Promise.all(killed)).flat());
    }
    return pids;
  };

  test.each(languages)(
    `${kills} killed %s plugins leave no process, no descriptor and no memory behind`,
    async (language) => {
      await killMany(language, atOnce);
      const before = { descriptors: readdirSync('/proc/self/fd').length, bytes: reachableBytes() };
      const pids = await killMany(language, kills);
      expect(pids).toHaveLength(2 * kills);
      expect(alive(pids)).toEqual([]);
      expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before.descriptors + 2);
      expect(reachableBytes() - before.bytes).toBeLessThan(8 * 1024 * 1024);
    },
    120_000 + kills * 5000,
  );
});
