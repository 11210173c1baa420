import { expect, test } from 'vitest';
import { findCommand, renderHelpHint, renderUsage, requireCommand } from '../../../../src/cli/command/find-command.ts';
import { createCommands } from '../../../../src/cli/create-commands.ts';

test.each([
  [[], 'plugin-host', '`plugin-host --help` lists commands and options.'],
  [['--bad'], 'plugin-host', '`plugin-host --help` lists commands and options.'],
  [['platform'], 'plugin-host platform', '`plugin-host platform --help` lists commands and options.'],
  [['invoke', '--bad'], 'plugin-host invoke [options] <hook>', '`plugin-host invoke --help` lists the options.'],
  [['--quiet', '-v', 'pack', 'x'], 'plugin-host pack [options] [dir]', '`plugin-host pack --help` lists the options.'],
  [
    ['platform', 'show'],
    'plugin-host platform show [options] <file>',
    '`plugin-host platform show --help` lists the options.',
  ],
  [['init', 'aa'], 'plugin-host init [options] TYPE DIR', '`plugin-host init --help` lists the options.'],
])('%j is written and helped as what it names', (words, usage, hint) => {
  const found = findCommand(words, createCommands());
  expect([renderUsage(found), renderHelpHint(found)]).toEqual([usage, hint]);
});

test.each([
  [['invok'], 'Did you mean invoke?'],
  [['session', 'lst'], 'Did you mean ls?'],
  [['version'], 'Did you mean --version?'],
  [['python', 'x'], 'Known: install.'],
])('%j is no command: the near one is named', (words, hint) => {
  expect(() => {
    requireCommand(findCommand(words, createCommands()));
  }).toThrow(expect.objectContaining({ code: 'USAGE', hint }));
});
