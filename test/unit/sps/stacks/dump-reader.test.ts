import { expect, test } from 'vitest';
import { DumpReader } from '../../../../src/sps/stacks/dump-reader.ts';

const isShim = ([file, , name]: readonly [string, number, string]): boolean =>
  file === '/host/shim.py' && name === '<module>';

function read(text: string): { ends: number[]; reader: DumpReader } {
  const reader = new DumpReader();
  const ends = text.split('\n').flatMap((line, index) => (reader.add(line, isShim) ? [index] : []));
  return { ends, reader };
}

const twoThreads = `Thread 0x00007f15 (most recent call first):
  File "/usr/lib/python3.11/threading.py", line 324 in wait
  File "/p/lib/client.py", line 9 in work
  ...

Current thread 0x00007f16 (most recent call first):
  File "/p/main.py", line 31 in ask
  File "/p/main.py", line 8 in authenticate
  File "/host/shim.py", line 12 in <module>
`;

test('the frames of each thread are read, the innermost last, and the end of the current one is seen', () => {
  const { ends, reader } = read(twoThreads);
  expect(ends).toEqual([8]);
  expect(reader.told).toEqual({
    current: [
      ['/host/shim.py', 12, '<module>'],
      ['/p/main.py', 8, 'authenticate'],
      ['/p/main.py', 31, 'ask'],
    ],
    others: [
      [
        ['/p/lib/client.py', 9, 'work'],
        ['/usr/lib/python3.11/threading.py', 324, 'wait'],
      ],
    ],
  });
});

test('of a stack that is too deep for all of it the end is seen too', () => {
  const frames = '  File "/p/main.py", line 5 in dig\n'.repeat(100);
  const { ends } = read(`Current thread 0x7f (most recent call first):\n${frames}  ...\n`);
  expect(ends).toEqual([101]);
});

test('what goes along with a fatal signal is passed over', () => {
  const { reader } = read(
    `Fatal Python error: Segmentation fault\n\n${twoThreads}\nExtension modules: _cffi (total: 1)\n\nCurrent thread's C stack trace (most recent call first):\n  Binary file "/usr/bin/python3", at _Py_DumpStack+0x31 [0x5]`,
  );
  expect(reader.told?.current.at(-1)).toEqual(['/p/main.py', 31, 'ask']);
});

test('what is not ASCII comes back', () => {
  const { reader } = read(
    'Current thread 0x7f [main] (most recent call first):\n  File "/p/\\xfcber/\\u4f60.py", line 1 in \\U0001d4d0',
  );
  expect(reader.told?.current).toEqual([['/p/über/你.py', 1, '𝓐']]);
});

test.each(['', 'returned {}', '  File "/p/main.py", line 1 in forged', 'Thread', 'Current thread'])(
  '%j alone is no dump',
  (line) => {
    expect(read(line).reader.told).toBeUndefined();
  },
);
