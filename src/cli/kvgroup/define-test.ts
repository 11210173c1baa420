import type { Command } from 'commander';
import { addCommand, type Context } from '../command/add-command.ts';
import { addTestOptions } from '../command/add-test-options.ts';
import { addRunnerOptions } from './define-run.ts';

/** `test`. */
export function defineTest(kvgroup: Command, { run }: Context): void {
  const command = addCommand(
    kvgroup,
    'test [dirs...]',
    'run folders with input.kvg, expected.kvg and, for more, expect.yaml',
    'npx plugin-host kvgroup test sample-plugins/kvgroup',
  );
  addTestOptions(addRunnerOptions(command), 'a test or a plugin')
    .option('--plugin <path>', 'for folders whose expect.yaml names none')
    .option('--point <point>', 'for folders whose expect.yaml names none')
    .option('--update', 'write expected.kvg from what the plugin answers')
    .action(
      run(async (...parameters) =>
        (await import('./run-test-command.ts')).runTestCommand(...(parameters as [never, never, never])),
      ),
    );
}
