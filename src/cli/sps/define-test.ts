import type { Command } from 'commander';
import { addCommand, type Context } from '../command/add-command.ts';
import { addTestOptions } from '../command/add-test-options.ts';
import { addHostOptions, coldText } from './add-host-options.ts';

export function defineTest(program: Command, { run }: Context): void {
  const command = addCommand(
    program,
    'test [files...]',
    'run *.plugin-test.yaml and scenarios with expect, those that are named or those below here',
    'npx plugin-host test sample-plugins/vault',
  );
  addTestOptions(addHostOptions(command), 'a test or a plugin')
    .option('--cold', coldText)
    .action(
      run(async (...all) => (await import('./run-test-command.ts')).runTestCommand(...(all as [never, never, never]))),
    );
}

export function defineRpc(program: Command, { run }: Context): void {
  program
    .command('rpc')
    .description('serve other programs: JSON requests line by line on standard input, see docs/rpc.md')
    .addHelpText(
      'after',
      `\nExample:\n  npx plugin-host rpc <<< '{"id": 1, "method": "open", "params": {"path": "sample-plugins/otp"}}'`,
    )
    .action(run(async (...all) => (await import('./run-rpc.ts')).runRpc(...(all as [never]))));
}
