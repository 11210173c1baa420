import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { describeFileFault } from '../../../src/documents/describe-file-fault.ts';

const none = path.join(import.meta.dirname, "it's, open 'gone'");

test.each([
  [() => readFileSync(none), 'no such file or directory'],
  [() => readFileSync(`${none}\nof two lines`), 'no such file or directory'],
  [() => readFileSync(import.meta.dirname), 'illegal operation on a directory'],
  [
    () => {
      renameSync(none, `${none}2`);
    },
    'no such file or directory',
  ],
])('a message of the system is told without the name of the file: %s', (use, expected) => {
  let told = '';
  try {
    use();
  } catch (cause) {
    told = describeFileFault(cause);
  }
  expect(told).toBe(expected);
});

test('another failure keeps its message', () => {
  expect(describeFileFault(new Error('EIO: it, open'))).toBe('EIO: it, open');
  expect(describeFileFault('text')).toBe('text');
});
