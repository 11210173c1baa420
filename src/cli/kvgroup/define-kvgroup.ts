import type { Command } from 'commander';
import type { Context } from '../command/add-command.ts';
import { defineFormatCommands } from './define-format-commands.ts';
import { definePoints } from './define-points.ts';
import { defineRun } from './define-run.ts';
import { defineTest } from './define-test.ts';

/** `plugin-host kvgroup`: plugins of Bravura Security Fabric, and the format that they speak. */
export function defineKvgroup(program: Command, context: Context): void {
  const kvgroup = program
    .command('kvgroup')
    .description('plugins of Bravura Security Fabric and the KVGroup format')
    .helpCommand(false)
    .addHelpText('after', `\nExample:\n  npx plugin-host kvgroup fmt <<< '"" "" = { "retval" = "0" }'`);
  defineFormatCommands(kvgroup, context);
  definePoints(kvgroup, context);
  defineRun(kvgroup, context);
  defineTest(kvgroup, context);
}
