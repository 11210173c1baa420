import { commandEntry, type CommandGroup } from '../command/command-entry.ts';
import { formatCommands } from './commands/format-commands.ts';
import { pointCommands } from './commands/point-commands.ts';
import { runCommand } from './commands/run-command.ts';
import { testCommand } from './commands/test-command.ts';

/** `plugin-host kvgroup`. The commands are loaded when they are called. */
export const kvgroupCommands: CommandGroup = {
  name: 'kvgroup',
  summary: 'plugins of Bravura Security Fabric and the KVGroup format',
  example: `npx plugin-host kvgroup fmt <<< '"" "" = { "retval" = "0" }'`,
  commands: [
    commandEntry(formatCommands.fmt, async () => (await import('./fmt.ts')).fmt),
    commandEntry(formatCommands.toJson, async () => (await import('./fmt.ts')).toJson),
    commandEntry(formatCommands.fromJson, async () => (await import('./fmt.ts')).fromJson),
    commandEntry(formatCommands.get, async () => (await import('./fmt.ts')).get),
    commandEntry(formatCommands.diff, async () => (await import('./diff.ts')).diff),
    commandEntry(pointCommands.points, async () => (await import('./points.ts')).points),
    commandEntry(pointCommands.check, async () => (await import('./check.ts')).check),
    commandEntry(pointCommands.fixture, async () => (await import('./fixture.ts')).fixture),
    commandEntry(runCommand, async () => (await import('./run.ts')).run),
    commandEntry(testCommand, async () => (await import('./run-test-command.ts')).runTestCommand),
  ],
};
