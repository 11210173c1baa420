import { expect, test } from 'vitest';
import { findFailedLine } from '../../../../src/sps/stacks/find-failed-line.ts';

const plugin = { root: '/plugins/my plugin', entryPoint: 'main.py' };

test.each([
  [
    'of Python the last',
    '  File "/plugins/my plugin/main.py", line 3, in <module>\n  File "/plugins/my plugin/lib/a.py", line 7, in f\n  File "/usr/lib/x.py", line 9',
    'lib/a.py:7',
  ],
  [
    'of Node the first',
    'Error: no\n    at f (file:///plugins/my%20plugin/lib/a.ts:7:9)\n    at file:///plugins/my%20plugin/main.ts:3:1',
    'lib/a.ts:7',
  ],
  ['of a module of another kind', 'Error: no\n    at f (/plugins/my plugin/lib/a.cjs:7:9)', 'lib/a.cjs:7'],
  ['of a syntax error', 'file:///plugins/my%20plugin/main.ts:5\nSyntaxError: no', 'main.ts:5'],
  ['of a syntax error of Python', '  File "/plugins/my plugin/main.py", line 5\n    x =\nSyntaxError: no', 'main.py:5'],
  ['none, when all is elsewhere', '  File "/usr/lib/x.py", line 9', 'main.py:null'],
  ['none, of what is no address', '    at f (file:///%zz:7:9)', 'main.py:null'],
])('the line that failed is, %s', (_what, traceback, expected) => {
  const { file, line } = findFailedLine(plugin, traceback);
  expect(`${file}:${line}`).toBe(expected);
});

test.each(['/', 'at /', 'file:///', '(', ' at', 'File "/', ' '])('it is found at once among many %j', (text) => {
  const many = text.repeat(262_144 / text.length);
  expect(findFailedLine(plugin, `${many}\n    at ${many}`)).toEqual({ file: 'main.py', line: null });
});
