import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findStaleLocks } from '../../../../src/sps/services/find-stale-locks.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const gone = '99999999'; // more than a system counts to

test('only lock files of processes that are gone are told, also in folders below', () => {
  mkdirSync(path.join(folder, 'below'));
  const files: Record<string, string> = {
    'held.lock': String(process.pid),
    'empty.lock': '',
    'words.lock': 'x 1',
    'group.lock': `-${gone}`,
    'data.json': gone,
    'left.json.lock': gone,
    'below/left.lock': `${gone}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const found = findStaleLocks([folder, path.join(folder, 'none')]);
  expect(found.map(({ level, code }) => `${level} ${code}`)).toEqual(['warning STALE_LOCK', 'warning STALE_LOCK']);
  expect(found.map(({ hint }) => hint.replace(folder, '')).sort()).toEqual([
    "Remove it: rm '/below/left.lock'. On the appliance nobody removes it.",
    "Remove it: rm '/left.json.lock'. On the appliance nobody removes it.",
  ]);
});
