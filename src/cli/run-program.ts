import { Command, CommanderError } from 'commander';
import { renderSuggestion } from '../base/nearest-name.ts';
import { PluginHostError } from '../base/plugin-host-error.ts';
import type { BootedShim } from '../sps/invocation/boot-shim.ts';
import { commandDefinitions } from './command-definitions.ts';
import type { Action, Context } from './command/add-command.ts';
import { requireUtf8 } from './require-utf8.ts';
import { joinDebugPort } from './sps/debug-options.ts';
import { createTerminal, type Terminal } from './terminal/create-terminal.ts';
import { sanitizeLines } from './terminal/sanitize.ts';

/** Parses and runs one command line. */
export async function runProgram(args: readonly string[], version: () => string, booted?: BootedShim): Promise<number> {
  const isJson = args.includes('--json');
  const terminal = createTerminal();
  let exitCode = 0;
  const program = createProgram(terminal);
  const context = {
    terminal,
    booted,
    run(action: Action) {
      return async (...parameters: unknown[]): Promise<void> => {
        exitCode = await (action as (...all: unknown[]) => Promise<number>)(terminal, ...parameters);
      };
    },
  };
  try {
    requireUtf8(args);
    defineCommands(program, args, context, version);
    await program.parseAsync(joinDebugPort(args), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0; // help and version were printed
      return report(usageError(error), isJson, terminal);
    }
    return report(error instanceof PluginHostError ? error : unexpected(error), isJson, terminal);
  } finally {
    terminal.close();
  }
}

/** Defining all commands takes longer than running most; help and a mistyped name need them all. */
function defineCommands(program: Command, args: readonly string[], context: Context, version: () => string): void {
  const [name = ''] = args;
  const names = Object.keys(commandDefinitions);
  if (name !== '' && !name.startsWith('-') && !names.includes(name)) {
    throw new PluginHostError('USAGE', `unknown command ${name}`, { hint: renderSuggestion(name, names) });
  }
  for (const each of names.includes(name) ? [name] : names) commandDefinitions[each]?.(program, context);
  if (!names.includes(name)) program.version(version(), '-V, --version');
}

function usageError({ code, message }: CommanderError): PluginHostError {
  const hint = '`plugin-host --help` lists commands and options.';
  if (code === 'commander.help') return new PluginHostError('USAGE', 'a command is missing', { hint });
  // The parser would repeat the arguments, and one may be a password.
  if (code === 'commander.excessArguments')
    return new PluginHostError('USAGE', 'too many arguments', { hint: 'Quote a value that has blanks.' });
  const [first = '', second] = message.replace(/^error: /, '').split('\n');
  return new PluginHostError('USAGE', first, { hint: second?.replace(/^\((.*)\)$/, '$1') ?? hint });
}

/** What we did not think of is our fault, never the plugin's. */
function unexpected(error: unknown): PluginHostError {
  const { stack = String(error), code } = error as NodeJS.ErrnoException;
  const hint =
    code === undefined
      ? 'This is a defect of plugin-host; please report it with what you did.'
      : 'See what the message names: a full disk, a path, a permission.';
  return new PluginHostError('HOST_FAILED', code === undefined ? stack : (error as Error).message, {
    hint,
    cause: error,
  });
}

function report(error: PluginHostError, isJson: boolean, terminal: Terminal): number {
  const { code, message, hint, problems, exitCode } = error;
  if (isJson) terminal.printJson({ error: { code, message, hint, ...(problems && { problems }) } });
  else terminal.say(`${terminal.paintError('red', code)}  ${sanitizeLines(message)}\n  ${sanitizeLines(hint)}`);
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
    }) // errors are reported by us, once
    .addHelpText('after', '\nExample:\n  npx plugin-host invoke authenticate -p sample-plugins/otp');
}
