import { commandEntry, type CommandEntry, type CommandGroup } from '../command/command-entry.ts';
import { pluginsCommands } from './commands/plugins-commands.ts';
import { serveCommand } from './commands/serve-command.ts';

/** The emulated appliance: its API, and what is committed by it. Loaded when they are called. */
export const serveCommands: readonly (CommandEntry | CommandGroup)[] = [
  commandEntry(serveCommand, async () => (await import('./serve.ts')).serve),
  {
    name: 'plugins',
    summary: 'plugins that were committed by the API of serve',
    example: 'npx plugin-host plugins ls',
    commands: [
      commandEntry(pluginsCommands.ls, async () => (await import('./list-committed.ts')).listCommitted),
      commandEntry(pluginsCommands.rm, async () => (await import('./list-committed.ts')).removeCommitted),
    ],
  },
];
