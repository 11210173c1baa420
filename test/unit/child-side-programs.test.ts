import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const source = path.resolve(import.meta.dirname, '../../src');

/** Python 2 refuses other characters without a coding line before it reads a word, and an interpreter in another locale may read them otherwise. */
test.each(globSync('**/*.py', { cwd: source }).sort())(
  '%s is ASCII, so that a Python that is too old can say so',
  (file) => {
    const lines = readFileSync(path.join(source, file), 'latin1').split('\n');
    const other = lines.flatMap((line, index) => (/[^\t\n\x20-\x7e]/.test(line) ? [`${index + 1}: ${line}`] : []));
    expect(other).toEqual([]);
  },
);
