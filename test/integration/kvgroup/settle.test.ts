import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRunMasker, maskResult } from '../../../src/kvgroup/running/create-run-masker.ts';
import { recordRuns } from '../../../src/kvgroup/running/record-runs.ts';
import { makeFolder } from '../fixture.ts';
import { problemsOf, runFixture } from './run-fixture.ts';

const profileId = path.resolve(import.meta.dirname, '../../../sample-plugins/kvgroup/profile_id.py');
const input = { FIRST_NAME: 'Ines', LAST_NAME: 'Okafor' };

describe('a profile ID', () => {
  test('that is taken comes back as a conflict, and conflicts accumulate', async () => {
    const taken = ['okaforin', 'OKAFORIN2'];
    const { result, inputs } = await runFixture(profileId, { point: '03', input, settle: true, taken });
    expect(result).toMatchObject({ class: 'ok', runs: 3, problems: [] });
    expect(result.rounds?.map(({ run, output }) => [run, output?.c.at(-1)])).toEqual([
      [1, { k: 'try', v: 'okaforin' }],
      [2, { k: 'try', v: 'okaforin2' }],
      [3, { k: 'try', v: 'okaforin3' }],
    ]);
    expect(inputs[2]?.c.slice(-2)).toEqual([
      { k: 'conflict', n: 'okaforin', c: [{ k: 'conflictReason', v: 'validuser' }] },
      { k: 'conflict', n: 'okaforin2', c: [{ k: 'conflictReason', v: 'validuser' }] },
    ]);
  });

  test('that is free needs one run', async () => {
    const { result } = await runFixture(profileId, { point: '03', input, settle: true });
    expect(result).toMatchObject({ class: 'ok', runs: 1 });
  });
});

test('a plugin that never settles has its tenth run as the last', async () => {
  const { result } = await runFixture('never-settles.py', { point: '10', settle: true });
  expect(result).toMatchObject({ class: 'ok', runs: 10 });
  expect(result.rounds).toHaveLength(10);
  expect(problemsOf(result)).toEqual(['error NOT_SETTLED']);
});

test('a plugin of another point is run once, with a warning', async () => {
  const answer = { 'answer-text': '"" "" = { "retval" = "0" }' };
  const { result } = await runFixture('answers-as-told.py', { settle: true, input: answer });
  expect(result.runs).toBe(1);
  expect(problemsOf(result)).toEqual(['warning NOT_REPEATED']);
});

describe('secrets', () => {
  const secret = 'hunter-22';
  const run = runFixture('tells-secrets.py', { input: { password: secret, sessionid: 'S1' } });

  test('are masked by value, in other spellings, and in their own field however short', async () => {
    const shown = maskResult(await run);
    expect(shown).toMatchObject({ retval: '1', errmsg: 'no ***', class: 'failure' });
    expect(shown.output?.c.slice(-2)).toEqual([
      { k: 'password', v: '***' },
      { k: 'newpw', v: '***' },
    ]);
    const text = JSON.stringify(shown);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString('base64'));
    expect(text).toContain('sessionid');
  });

  test.each([
    ['masked', true],
    ['in clear where they are asked for', false],
  ])('are recorded %s', async (_, isMasked) => {
    const folder = path.join(makeFolder(), 'record');
    const outcome = await run;
    const masker = isMasked ? createRunMasker(outcome) : undefined;
    recordRuns(folder, outcome, masker ? maskResult(outcome, masker) : outcome.result, masker);
    const own = path.join(folder, 'run-1');
    expect(readdirSync(own).sort()).toEqual(['run.json', 'stderr.txt', 'stdin.kvg', 'stdout.kvg']);
    for (const name of readdirSync(own)) {
      const text = readFileSync(path.join(own, name), 'utf8');
      expect(text.includes(secret), name).toBe(!isMasked);
      expect(statSync(path.join(own, name)).mode & 0o077, name).toBe(0);
    }
    expect(readFileSync(path.join(own, 'stdout.kvg'), 'utf8').includes('"newpw" = "ab"')).toBe(!isMasked);
    recordRuns(folder, { ...outcome, recordings: [] }, outcome.result, masker);
    expect(readdirSync(folder)).toEqual([]);
  });
});
