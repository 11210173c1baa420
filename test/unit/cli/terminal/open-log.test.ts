import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openLog } from '../../../../src/cli/terminal/open-log.ts';

const full = '/dev/full';

test.runIf(existsSync(full))('a log on a full disk loses its lines, says so once, and ends nothing', () => {
  const said: string[] = [];
  using log = openLog(full, (text) => said.push(text));
  log.write('one');
  log.write('two');
  expect(said).toEqual([expect.stringContaining('The log lacks lines: /dev/full: ')]);
});
