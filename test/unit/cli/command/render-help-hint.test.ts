import { expect, test } from 'vitest';
import { renderHelpHint } from '../../../../src/cli/command/render-help-hint.ts';
import { createCommands } from '../../../../src/cli/create-commands.ts';

test.each([
  [[], '`plugin-host --help` lists commands and options.'],
  [['--bad'], '`plugin-host --help` lists commands and options.'],
  [['platform'], '`plugin-host platform --help` lists commands and options.'],
  [['invoke', '--bad'], 'Write `plugin-host invoke [options] <hook>`; `plugin-host invoke --help` lists the options.'],
  [
    ['platform', 'show'],
    'Write `plugin-host platform show [options] <file>`; `plugin-host platform show --help` lists the options.',
  ],
  [
    ['platform', 'hostkey', '--port', '1'],
    'Write `plugin-host platform hostkey [options] <host[:port]>`; `plugin-host platform hostkey --help` lists the options.',
  ],
])('%j leads to the help of what it names', (words, hint) => {
  expect(renderHelpHint(words, createCommands())).toBe(hint);
});
