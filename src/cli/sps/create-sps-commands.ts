import type { BootedShim } from '../../sps/invocation/boot-shim.ts';
import { commandEntry, type CommandEntry, type CommandGroup } from '../command/command-entry.ts';
import { authoringCommands } from './commands/authoring-commands.ts';
import { checkCommand } from './commands/check-command.ts';
import { hookCommands } from './commands/hook-commands.ts';
import { invokeCommand } from './commands/invoke-command.ts';
import { machineCommands } from './commands/machine-commands.ts';
import { rpcCommand } from './commands/rpc-command.ts';
import { sessionCommands } from './commands/session-commands.ts';
import { simulateCommand } from './commands/simulate-command.ts';
import { testCommand } from './commands/test-command.ts';

// The stored sessions come with SQLite, which other commands need not load.
const session: CommandGroup = {
  name: 'session',
  summary: 'stored sessions: what was called, with which cookies',
  example: 'npx plugin-host session ls -p sample-plugins/otp',
  commands: [
    commandEntry(sessionCommands.ls, async () => (await import('./session/show-session.ts')).listSessions),
    commandEntry(sessionCommands.show, async () => (await import('./session/show-session.ts')).showSession),
    commandEntry(sessionCommands.diff, async () => (await import('./session/show-session.ts')).diffSession),
    commandEntry(sessionCommands.rm, async () => (await import('./session/show-session.ts')).removeSessions),
    commandEntry(sessionCommands.replay, async () => (await import('./session/replay-session.ts')).replaySession),
    commandEntry(sessionCommands.end, async () => (await import('./session/end-session.ts')).endSession),
    commandEntry(sessionCommands.export, async () => (await import('./session/export-stored.ts')).exportStored),
    commandEntry(sessionCommands.import, async () => (await import('./session/export-stored.ts')).importStored),
  ],
};

const python: CommandGroup = {
  name: 'python',
  summary: "Python environments with the vendor's SDK",
  example: 'npx plugin-host python install',
  commands: [
    commandEntry(machineCommands.installPython, async () => (await import('./install-python.ts')).installPython),
  ],
};

/**
 * Commands for plugins of SPS. What most commands need is loaded with the program, the rest when a command is called.
 * @param booted For `invoke`: an interpreter that was started ahead
 */
export function createSpsCommands(booted: BootedShim | undefined): readonly (CommandEntry | CommandGroup)[] {
  return [
    commandEntry(
      invokeCommand,
      async () => {
        const { invoke } = await import('./invoke.ts');
        return (terminal, hook, options) => invoke(terminal, hook, options, booted);
      },
      async (words) => (await import('./suggest-hooks.ts')).suggestHooks(words),
    ),
    commandEntry(checkCommand, async () => (await import('./check.ts')).check),
    commandEntry(hookCommands.kwargs, async () => (await import('./kwargs.ts')).kwargs),
    commandEntry(hookCommands.hooks, async () => (await import('./hooks.ts')).hooks),
    commandEntry(simulateCommand, async () => (await import('./run-simulate.ts')).runSimulate),
    commandEntry(testCommand, async () => (await import('./run-test-command.ts')).runTestCommand),
    commandEntry(rpcCommand, async () => (await import('./run-rpc.ts')).runRpc),
    session,
    commandEntry(authoringCommands.init, async () => (await import('./init.ts')).init),
    commandEntry(authoringCommands.pack, async () => (await import('./pack.ts')).pack),
    python,
    commandEntry(machineCommands.clean, async () => (await import('./clean.ts')).clean),
    commandEntry(machineCommands.doctor, async () => (await import('./doctor.ts')).doctor),
  ];
}
