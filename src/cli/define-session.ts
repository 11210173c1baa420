import type { Command } from 'commander';
import { addCommand, addStateOptions, type Context } from './command-options.ts';

export function defineSession(program: Command, { run }: Context): void {
  const session = program
    .command('session')
    .description('stored sessions: what was called, with which cookies')
    .helpCommand(false)
    .addHelpText('after', '\nExample:\n  npx plugin-host session ls -p sample-plugins/otp');
  const addStored = (usage: string, description: string, example: string): Command =>
    addStateOptions(
      addCommand(session, usage, description, example),
      'plugin whose project file says where the state folder is',
    );
  // With SQLite, which other commands need not load.
  const stored = (name: 'listSessions' | 'showSession' | 'diffSession' | 'removeSession') =>
    run(async (...parameters) => (await import('./session.ts'))[name](...(parameters as [never, never, never, never])));
  const sample = 'npx plugin-host invoke authenticate -p sample-plugins/otp --session demo';

  addStored('ls', 'list the sessions', 'npx plugin-host session ls -p sample-plugins/otp').action(
    stored('listSessions'),
  );
  addStored(
    'show <name>',
    'the steps of a session',
    `${sample}\n  npx plugin-host session show demo -p sample-plugins/otp`,
  )
    .option('--log', 'with what the plugin wrote')
    .option('--show-secrets', 'do not mask secrets')
    .action(stored('showSession'));
  addStored(
    'diff <name> [n]',
    'the cookies before and after a step, the last one by default',
    `${sample}\n  npx plugin-host session diff demo 1 -p sample-plugins/otp`,
  )
    .option('--show-secrets', 'do not mask secrets')
    .action(stored('diffSession'));
  addStored(
    'rm <name>',
    'remove a session',
    `${sample}\n  npx plugin-host session rm demo -p sample-plugins/otp`,
  ).action(stored('removeSession'));
}
