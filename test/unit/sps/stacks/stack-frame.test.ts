import path from 'node:path';
import { expect, test } from 'vitest';
import { findPlace, readFrames, toStack } from '../../../../src/sps/stacks/stack-frame.ts';

const shim = path.resolve(import.meta.dirname, '../../../../src/sps/shim/python-shim.py');
const worker = path.resolve(import.meta.dirname, '../../../../src/process/warm/fork-worker.py');

test('files of the package are relative to it, others absolute, and what is ours is left out', () => {
  const stack = toStack(
    [
      [worker, 1, 'work'],
      [shim, 2, 'call'],
      ['<frozen importlib._bootstrap>', 3, '_call_with_frames_removed'],
      ['/p/lib/client.py', 4, 'ask'],
      ['/usr/lib/python3.11/socket.py', 5, 'connect'],
      ['/p-other/x.py', 6, 'x'],
    ],
    { root: '/p' },
  );
  expect(stack).toEqual([
    { file: 'lib/client.py', line: 4, name: 'ask' },
    { file: '/usr/lib/python3.11/socket.py', line: 5, name: 'connect' },
    { file: '/p-other/x.py', line: 6, name: 'x' },
  ]);
});

test('there is no stack when nothing of it is left', () => {
  expect(toStack([[shim, 2, 'call']], { root: '/p' })).toBeUndefined();
});

test('of an endless recursion the innermost frames are kept', () => {
  const stack = toStack(
    Array.from({ length: 1000 }, (_, line): [string, number, string] => ['/p/main.py', line, 'dig']),
    { root: '/p' },
  );
  expect([stack?.length, stack?.at(-1)?.line]).toEqual([100, 999]);
});

test.each([
  [['main.py', '/usr/lib/socket.py'], 'main.py'],
  [['main.ts', 'node_modules/vault/index.js', 'node:net'], 'main.ts'],
  [['node_modules/vault/index.js'], 'node_modules/vault/index.js'],
  [['/usr/lib/socket.py', '<string>'], undefined],
  [[], undefined],
])('the place in %j is %s', (files, expected) => {
  expect(findPlace(files.map((file) => ({ file, line: 1, name: 'ask' })))?.file).toBe(expected);
});

test('what a plugin writes in the place of frames is dropped', () => {
  expect(readFrames([['/p/main.py', 1, 'ask'], null, 'text', [1, 2, 3], ['/p', '1', 'x']])).toEqual([
    ['/p/main.py', 1, 'ask'],
  ]);
  expect(readFrames('text')).toEqual([]);
});
