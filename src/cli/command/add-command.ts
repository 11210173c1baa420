import type { Command } from 'commander';
import type { BootedShim } from '../../sps/invocation/boot-shim.ts';
import type { Terminal } from '../terminal/create-terminal.ts';

/** What a command does with its arguments and options; it resolves to the exit code. */
export type Action = (terminal: Terminal, ...parameters: never[]) => Promise<number>;

export interface Context {
  terminal: Terminal;
  /** For `invoke`. */
  booted: BootedShim | undefined;
  run: (action: Action) => (...parameters: unknown[]) => Promise<void>;
}

/** A command with its description, an example that works as typed, and `--json`. */
export function addCommand(parent: Command, usage: string, description: string, example: string): Command {
  return parent
    .command(usage)
    .description(description)
    .addHelpText('after', `\nExample:\n  ${example}`)
    .option('--json', 'print one JSON document');
}
