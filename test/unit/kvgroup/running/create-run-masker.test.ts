import { expect, test } from 'vitest';
import { parseMessage } from '../../../../src/kvgroup/reading/parse-message.ts';
import { maskResult } from '../../../../src/kvgroup/running/create-run-masker.ts';
import type { Run } from '../../../../src/kvgroup/running/run-result.ts';

function runOf(stdout: string, stderr = ''): Run {
  const { root, diagnostics } = parseMessage(stdout);
  return {
    result: {
      point: '36',
      class: 'protocol-error',
      retval: null,
      errmsg: null,
      exitCode: 0,
      signal: null,
      durationMs: 1,
      output: root ?? null,
      diagnostics,
      problems: [],
      stderr: '',
      runs: 1,
    },
    inputs: [],
    recordings: [
      {
        stdin: '',
        stdout: Buffer.from(stdout),
        stderr: (mask) => mask(stderr),
        startedAt: new Date(0),
        durationMs: 1,
      },
    ],
  };
}

test.each([
  ['a value that a hint repeats', '"" "" = { "password" = "hunter2!" = { } }'],
  ['an unquoted value of a message that does not read', 'starting\n"" "" = { password = hunter2! = { } }'],
  ['a value of a message that does not end', '"" "" = { "password" = "hunter2!"'],
])('%s is masked in the diagnostics and on standard error', (_, stdout) => {
  const result = maskResult(runOf(stdout, 'got hunter2! from the vault'));
  expect(result.diagnostics).not.toEqual([]);
  expect(JSON.stringify(result)).not.toContain('hunter2!');
  expect(result.stderr).toBe('got *** from the vault');
});
