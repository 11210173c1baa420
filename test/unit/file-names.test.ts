import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { childSide, entries, exportsOf, modules, textOf } from './source-files.ts';

/** Compiled when the program is built; their file says of what (`build.ts`). */
const isValidator = (file: string): boolean => file.endsWith('-validator.ts');

const named = modules.filter((file) => !entries.includes(file) && !isValidator(file));

describe('a file', () => {
  test.each(named)('%s bears the name of an export', (file) => {
    const name = path
      .basename(file)
      .replace(/\.tsx?$/, '')
      .replaceAll('-', '');
    expect(exportsOf(file).map((each) => each.replaceAll('-', ''))).toContain(name);
  });

  test('has a name of its own, as dist is flat', () => {
    const names = childSide.map((file) => path.basename(file));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

/** How a file names a program of the child, and where that lies; undefined: beside the file. */
const mentions: { pattern: RegExp; folder?: string }[] = [
  { pattern: /(?<!supervision\.)\b(?:own|part|beside|childSide)\(["']([\w-]+\.(?:py|mjs))["']/g },
  { pattern: /\bnew URL\(["']([\w./-]+\.(?:py|mjs))["']/g },
  { pattern: /\b(?:from |import\()["'](\.[\w./-]+\.mjs)["']/g },
  { pattern: /\bshimFile\('([\w-]+\.(?:py|mjs))'/g, folder: 'sps/shim' },
  { pattern: /\bsupervision\.part\("([\w-]+\.py)"/g, folder: 'process' },
];

describe('a program of the child', () => {
  test.each([...modules, ...childSide])(
    'is named by %s only where it lies beside it, or through its own folder',
    (file) => {
      const text = textOf(file);
      const elsewhere = mentions.flatMap(({ pattern, folder = path.dirname(file) }) =>
        [...text.matchAll(pattern)]
          .map(([, name = '']) => path.join(folder, name))
          .filter((each) => !childSide.includes(each)),
      );
      expect(elsewhere).toEqual([]);
    },
  );
});
