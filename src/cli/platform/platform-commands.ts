import { commandEntry, type CommandGroup } from '../command/command-entry.ts';
import { hostkeyCommand } from './commands/hostkey-command.ts';
import { initCommand } from './commands/init-command.ts';
import { runCommand } from './commands/run-command.ts';
import { scriptCommands } from './commands/script-commands.ts';
import { tableCommands } from './commands/table-commands.ts';
import { testCommand } from './commands/test-command.ts';

/** `plugin-host platform`. Loaded when they are called. */
export const platformCommands: CommandGroup = {
  name: 'platform',
  summary: 'custom platform scripts of Safeguard for Privileged Passwords',
  example: 'npx plugin-host platform commands Connect',
  commands: [
    commandEntry(scriptCommands.check, async () => (await import('./check.ts')).check),
    commandEntry(scriptCommands.show, async () => (await import('./show.ts')).show),
    commandEntry(initCommand, async () => (await import('./init.ts')).init),
    commandEntry(runCommand, async () => (await import('./run.ts')).run),
    commandEntry(testCommand, async () => (await import('./run-test-command.ts')).runTestCommand),
    commandEntry(hostkeyCommand, async () => (await import('./hostkey.ts')).hostkey),
    commandEntry(tableCommands.commands, async () => (await import('./list-commands.ts')).listCommands),
    commandEntry(tableCommands.parameters, async () => (await import('./list-commands.ts')).listParameters),
    commandEntry(tableCommands.statuses, async () => (await import('./list-commands.ts')).listStatuses),
  ],
};
