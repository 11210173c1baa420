import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findTestFolders } from '../../../../src/kvgroup/testing/find-test-folders.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a folder that expects something and has no input is told, not passed over', () => {
  for (const [name, file] of [
    ['whole', 'input.kvg'],
    ['no-input', 'expected.kvg'],
    ['no-input-either', 'expect.yaml'],
    ['other', 'notes.txt'],
  ] as const) {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, file), '');
  }
  const skipped: string[] = [];
  const found = findTestFolders(['.'], folder, (each, why) => skipped.push(`${path.basename(each)}: ${why}`));
  expect(found).toEqual([path.join(folder, 'whole')]);
  expect(skipped).toEqual([
    'no-input: it has expected.kvg, but no input.kvg',
    'no-input-either: it has expect.yaml, but no input.kvg',
  ]);
});
