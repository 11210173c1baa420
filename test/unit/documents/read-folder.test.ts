import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readFolder } from '../../../src/documents/read-folder.ts';

test('a folder is read in order, and one that cannot be read is named once', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  try {
    writeFileSync(path.join(folder, 'b'), '');
    mkdirSync(path.join(folder, 'a'));
    expect(readFolder(folder).map((each) => [each.name, each.isDirectory()])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    const file = path.join(folder, 'b');
    expect(() => readFolder(file)).toThrow(
      expect.objectContaining({ code: 'FILE_NOT_FOUND', message: `${file}: not a directory` }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
