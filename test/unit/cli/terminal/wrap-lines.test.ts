import { expect, test } from 'vitest';
import { wrapLines } from '../../../../src/cli/terminal/wrap-lines.ts';

test.each([
  ['a line that fits stays', 'short', 20, 'short'],
  ['words stay whole', 'error CODE  the message goes on', 20, 'error CODE  the\n  message goes on'],
  [
    'the text goes on where its hint stands',
    '  warning CODE  one two three\n    a hint',
    20,
    '  warning CODE  one\n    two three\n    a hint',
  ],
  ['an indented line keeps its indentation', '  The session goes on', 14, '  The session\n  goes on'],
  ['a path stays whole', 'see /a/very/long/path/of/a/file now', 16, 'see\n  /a/very/long/path/of/a/file\n  now'],
  ['JSON stays whole', '  {"a": "one two three four"}', 12, '  {"a": "one two three four"}'],
  ['so does a line that is a command', '  plugin-host invoke hook -p a', 12, '  plugin-host invoke hook -p a'],
  [
    'a command to paste is not broken',
    'Make it with `plugin-host python install`.',
    32,
    'Make it with\n  `plugin-host python install`.',
  ],
  ['one that fits nowhere is', 'Use `plugin-host python install`.', 20, 'Use `plugin-host\n  python install`.'],
  ['colours take no cells', '\u001b[31mred\u001b[39m words here', 14, '\u001b[31mred\u001b[39m words here'],
  ['wide letters take two', '漢字 漢字 漢字', 10, '漢字 漢字\n  漢字'],
])('%s', (_what, text, columns, wrapped) => {
  expect(wrapLines(text, columns)).toBe(wrapped);
});
