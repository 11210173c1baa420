import type { BootedShim } from '../sps/invocation/boot-shim.ts';
import { commandEntry, type CommandEntry, type CommandGroup } from './command/command-entry.ts';
import { declarePlainCommand } from './command/declare-command.ts';
import { shells } from './completion/shells.ts';
import { gatewayCommands } from './gateway/gateway-commands.ts';
import { inspectCommand } from './inspector/inspect-command.ts';
import { kvgroupCommands } from './kvgroup/kvgroup-commands.ts';
import { lspCommand } from './lsp/lsp-command.ts';
import { platformCommands } from './platform/platform-commands.ts';
import { serveCommands } from './serve/serve-commands.ts';
import { createSpsCommands } from './sps/create-sps-commands.ts';

const completionCommand = declarePlainCommand('completion <shell>', {
  summary: `print a completion script: ${shells.join(', ')}`,
  example: 'npx plugin-host completion bash > ~/.local/share/bash-completion/completions/plugin-host',
  completes: [shells],
});

/** All commands, in the order of the help. @param booted For `invoke`: an interpreter that was started ahead */
export function createCommands(booted?: BootedShim): readonly (CommandEntry | CommandGroup)[] {
  return [
    ...createSpsCommands(booted),
    ...serveCommands,
    ...gatewayCommands,
    kvgroupCommands,
    platformCommands,
    commandEntry(inspectCommand, async () => (await import('./inspector/inspect.ts')).inspect),
    commandEntry(lspCommand, async () => (await import('./lsp/lsp.ts')).lsp),
    commandEntry(completionCommand, async () => (await import('./print-completion.ts')).printCompletion),
  ];
}
