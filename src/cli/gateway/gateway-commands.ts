import { commandEntry, type CommandEntry } from '../command/command-entry.ts';
import { gatewayCommand } from './commands/gateway-command.ts';

/** Loaded when it is called. */
export const gatewayCommands: readonly CommandEntry[] = [
  commandEntry(gatewayCommand, async () => (await import('./gateway.ts')).gateway),
];
