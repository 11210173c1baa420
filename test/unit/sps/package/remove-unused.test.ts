import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { markUsed, removeUnused } from '../../../../src/sps/package/remove-unused.ts';
import { takeOwnerLock } from '../../../../src/state/owner-lock.ts';

const day = 24 * 60 * 60;
let stateDir = '';

beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

function put(letter: string, ageDays: number): string {
  const folder = path.join(stateDir, 'packages', letter.repeat(64));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'main.py'), '', { mode: 0o400 });
  const at = Date.now() / 1000 - ageDays * day;
  utimesSync(folder, at, at);
  return folder;
}

test('what was unpacked and not used for thirty days goes when something else is unpacked', async () => {
  const [old, used] = [put('a', 31), put('b', 31)];
  await markUsed(used, statSync(used));
  await removeUnused(path.join(stateDir, 'packages'));
  expect([old, used].map((each) => existsSync(each))).toEqual([false, true]);
});

test('while a process works on the folder, all stays', async () => {
  const old = put('a', 31);
  const owner = takeOwnerLock(stateDir);
  await removeUnused(path.join(stateDir, 'packages'));
  expect(existsSync(old)).toBe(true);
  owner.release();
});
