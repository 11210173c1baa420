import type { Command } from 'commander';
import { addCommand, type Context } from '../command/add-command.ts';
import { addHostOptions, coldText } from './add-host-options.ts';

export function defineTest(program: Command, { run }: Context): void {
  const command = addCommand(
    program,
    'test [files...]',
    'run *.plugin-test.yaml and scenarios with expect, those that are named or those below here',
    'npx plugin-host test sample-plugins/vault',
  );
  addHostOptions(command)
    .option('--filter <text>', 'only cases with this text in their name or file')
    .option('--reporter <name>', 'pretty, tap, junit, json (default: pretty)')
    .option('--shard <i/n>', 'one of n parts, for machines side by side')
    .option('--jobs <n>', 'calls at once (default: number of processors)')
    .option('--cold', coldText)
    .option('--watch', 'again whenever a test or a plugin changes')
    .option('--show-secrets', 'do not mask secrets')
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
