import type { Command } from 'commander';
import { addCommand, type Context } from '../add-command.ts';

/** `fmt`, `to-json`, `from-json`, `get`, `diff`. */
export function defineFormatCommands(kvgroup: Command, { run }: Context): void {
  addCommand(
    kvgroup,
    'fmt [file]',
    'print a message in its canonical form',
    `npx plugin-host kvgroup fmt <<< '"" "" = { "retval" = "0" }'`,
  ).action(run(() => Promise.resolve(0)));
}
