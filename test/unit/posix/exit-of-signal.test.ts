import { expect, test } from 'vitest';
import { exitOfSignal } from '../../../src/posix/exit-of-signal.ts';

test.each([
  ['SIGKILL', 137],
  ['TERM', 143],
  ['SIGNONE', undefined],
  ['constructor', undefined],
  [null, undefined],
])('a shell tells of %s by %s', (signal, status) => {
  expect(exitOfSignal(signal)).toBe(status);
});
