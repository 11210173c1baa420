import type { Command } from 'commander';
import { addCommand, type Context } from '../command/add-command.ts';
import { addRunnerOptions } from './define-run.ts';

/** `test`. */
export function defineTest(kvgroup: Command, { run }: Context): void {
  const command = addCommand(
    kvgroup,
    'test [dirs...]',
    'run folders with input.kvg, expected.kvg and, for more, expect.yaml',
    'npx plugin-host kvgroup test sample-plugins/kvgroup',
  );
  addRunnerOptions(command)
    .option('--plugin <path>', 'for folders whose expect.yaml names none')
    .option('--point <point>', 'for folders whose expect.yaml names none')
    .option('--update', 'write expected.kvg from what the plugin answers')
    .option('--reporter <name>', 'pretty, tap, junit, json', 'pretty')
    .option('--show-secrets', 'do not mask secrets')
    .action(
      run(async (...parameters) =>
        (await import('./test-folders.ts')).testFolders(...(parameters as [never, never, never])),
      ),
    );
}
