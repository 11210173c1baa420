import { commandEntry, type CommandEntry } from '../command/command-entry.ts';
import { serveCommand } from './commands/serve-command.ts';

/** The emulated appliance: its API, and what is committed by it. Loaded when they are called. */
export const serveCommands: readonly CommandEntry[] = [
  commandEntry(serveCommand, async () => (await import('./serve.ts')).serve),
];
