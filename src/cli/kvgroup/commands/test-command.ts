import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';
import { testOptions, updateConflict } from '../../command/test-options.ts';
import { runnerOptions } from './runner-options.ts';

export const testCommand = declareCommand('test [dirs...]', {
  summary: 'run folders with input.kvg, expected.kvg and, for more, expect.yaml',
  example: 'npx plugin-host kvgroup test sample-plugins/kvgroup',
  options: [
    ...runnerOptions,
    ...testOptions,
    option('--plugin <path>', 'for folders whose expect.yaml names none'),
    option('--point <point>', 'for folders whose expect.yaml names none'),
    option('--update', 'write expected.kvg from what the plugin answers'),
  ],
  conflicts: [updateConflict],
});
