import { expect, test } from 'vitest';
import { splitLine } from '../../../../src/cli/completion/split-line.ts';

test.each([
  ['plugin-host in', ['plugin-host', 'in']],
  ['plugin-host invoke ', ['plugin-host', 'invoke', '']],
  ['plugin-host -p "my folder"/x', ['plugin-host', '-p', 'my folder/x']],
  ['plugin-host -p my\\ folder', ['plugin-host', '-p', 'my folder']],
  [`plugin-host --set 'a="b`, ['plugin-host', '--set', 'a="b']],
  ['plugin-host --set "a=\\"b', ['plugin-host', '--set', 'a="b']],
  ['plugin-host ""', ['plugin-host', '']],
])('%s', (line, words) => {
  expect(splitLine(line)).toEqual(words);
});
