import { Command, CommanderError } from 'commander';
import { renderSuggestion } from '../base/nearest-name.ts';
import { PluginHostError } from '../base/plugin-host-error.ts';
import type { BootedShim } from '../sps/invocation/boot-shim.ts';
import { nameOf } from './command/command-entry.ts';
import { defineCommand } from './command/define-command.ts';
import { joinNumbers } from './command/join-numbers.ts';
import { renderHelpHint } from './command/render-help-hint.ts';
import { createCommands } from './create-commands.ts';
import { requireUtf8 } from './require-utf8.ts';
import { createTerminal, type Terminal } from './terminal/create-terminal.ts';
import { renderError } from './terminal/render-error.ts';

/** Parses and runs one command line. */
export async function runProgram(args: readonly string[], version: () => string, booted?: BootedShim): Promise<number> {
  const isJson = args.includes('--json');
  const terminal = createTerminal();
  let exitCode = 0;
  const program = createProgram(terminal);
  try {
    requireUtf8(args);
    const commands = createCommands(booted);
    const chosen = chooseCommands(args, commands);
    for (const each of chosen) {
      defineCommand(program, each, terminal, (code) => {
        exitCode = code;
      });
    }
    if (chosen === commands) program.version(version(), '-V, --version');
    await program.parseAsync(joinNumbers(args), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0; // help and version were printed
      return report(usageError(error, renderHelpHint(args, createCommands(booted))), isJson, terminal);
    }
    return report(error instanceof PluginHostError ? error : unexpected(error), isJson, terminal);
  } finally {
    terminal.close();
  }
}

type Commands = ReturnType<typeof createCommands>;

/** Defining all commands takes longer than running most of them; only help and a mistyped name need all. */
function chooseCommands([name = '']: readonly string[], commands: Commands): Commands {
  const chosen = commands.filter((each) => nameOf(each) === name);
  if (chosen.length > 0) return chosen;
  if (name === '' || name.startsWith('-')) return commands;
  const hint = renderSuggestion(name, commands.map(nameOf));
  throw new PluginHostError('USAGE', `unknown command ${name}`, { hint });
}

function usageError({ code, message }: CommanderError, hint: string): PluginHostError {
  if (code === 'commander.help') return new PluginHostError('USAGE', 'a command is missing', { hint });
  // The parser would repeat the arguments, and one may be a password.
  if (code === 'commander.excessArguments')
    return new PluginHostError('USAGE', 'too many arguments', { hint: 'Quote a value that has blanks.' });
  // The `=` of an option that may have a value is ours.
  const [first = '', second] = message
    .replace(/^error: /, '')
    .replace(/='$/m, "'")
    .split('\n');
  return new PluginHostError('USAGE', first, { hint: second?.replace(/^\((.*)\)$/, '$1') ?? hint });
}

/** An unexpected error is our fault, never the plugin's. */
function unexpected(error: unknown): PluginHostError {
  const { stack = String(error), code } = error as NodeJS.ErrnoException;
  const hint =
    code === undefined
      ? 'This is a defect of plugin-host; please report it with what you did.'
      : 'Check what the message names: a full disk, a path, a permission.';
  return new PluginHostError('HOST_FAILED', code === undefined ? stack : (error as Error).message, {
    hint,
    cause: error,
  });
}

function report(error: PluginHostError, isJson: boolean, terminal: Terminal): number {
  const { code, message, hint, problems, exitCode } = error;
  if (isJson) terminal.printJson({ error: { code, message, hint, ...(problems && { problems }) } });
  else terminal.say(renderError(error, terminal.paintError));
  return exitCode;
}

function createProgram(terminal: Terminal): Command {
  return new Command('plugin-host')
    .description(
      'Runs, debugs and tests plugins of privileged-access products on your own machine, as the appliance would.',
    )
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeErr: () => undefined,
      writeOut: (text) => {
        terminal.print(text);
      },
    }) // we report errors, once
    .addHelpText('after', '\nExample:\n  npx plugin-host invoke authenticate -p sample-plugins/otp');
}
