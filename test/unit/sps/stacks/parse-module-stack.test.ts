import { expect, test } from 'vitest';
import { parseModuleStack } from '../../../../src/sps/stacks/parse-module-stack.ts';

test.each<[string, [string, number, string][]]>([
  ['    at Plugin.ask (file:///p/main.ts:5:13)', [['/p/main.ts', 5, 'ask']]],
  ['    at async Plugin.authenticate (file:///p/main.ts:13:5)', [['/p/main.ts', 13, 'authenticate']]],
  ['    at new Plugin (file:///p/a%20b/main.ts:1:2)', [['/p/a b/main.ts', 1, 'Plugin']]],
  ['    at file:///p/main.ts:3:1', [['/p/main.ts', 3, '<anonymous>']]],
  ['    at async file:///p/main.ts:3:1', [['/p/main.ts', 3, '<anonymous>']]],
  ['    at Object.<anonymous> (/p/lib.cjs:7:1)', [['/p/lib.cjs', 7, '<anonymous>']]],
  ['    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)', [['node:net', 1637, 'afterConnect']]],
  ['    at #private (file:///p/main.ts:9:1)', [['/p/main.ts', 9, '#private']]],
  ['    at Array.map (<anonymous>)', []],
  ['    at async Promise.all (index 0)', []],
  ['Error: at nothing (file:///p/main.ts:5:13)', []],
  [
    "file:///p/main.ts:3\n  get( { return 1 }\n         ^\n\nSyntaxError: Expected ','",
    [['/p/main.ts', 3, '<anonymous>']],
  ],
  ['', []],
])('%j', (line, frames) => {
  expect(parseModuleStack(line)).toEqual(frames);
});

test('the innermost frame comes last', () => {
  const stack = 'Error: no\n    at inner (file:///p/main.ts:2:1)\n    at outer (file:///p/main.ts:1:1)';
  expect(parseModuleStack(stack).map(([, , name]) => name)).toEqual(['outer', 'inner']);
});
