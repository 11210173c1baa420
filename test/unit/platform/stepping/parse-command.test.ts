import { expect, test } from 'vitest';
import { parseCommand } from '../../../../src/platform/stepping/parse-command.ts';

test.each([
  ['n', { kind: 'resume', how: 'next' }],
  [' step ', { kind: 'resume', how: 'into' }],
  ['o', { kind: 'resume', how: 'out' }],
  ['c', { kind: 'resume', how: 'on' }],
  ['q', { kind: 'resume', how: 'quit' }],
  ['p a + b ', { kind: 'print', expression: 'a + b' }],
  ['set Name=a b', { kind: 'set', name: 'Name', value: 'a b' }],
  ['set Name = a=b', { kind: 'set', name: 'Name', value: 'a=b' }],
  ['set Name=', { kind: 'set', name: 'Name', value: '' }],
  ['set Global:Name=1', { kind: 'set', name: 'Global:Name', value: '1' }],
  ['v', { kind: 'variables' }],
  ['w', { kind: 'calls' }],
  ['l', { kind: 'source' }],
  ['h', { kind: 'help' }],
  ['  ', { kind: 'nothing' }],
])('%s', (line, command) => {
  expect(parseCommand(line)).toEqual(command);
});

test.each(['p', 'set', 'set x', 'set 1=2', 'n 3', 'jump', 'constructor', '__proto__'])('%s is wrong', (line) => {
  expect(parseCommand(line).kind).toBe('wrong');
});
