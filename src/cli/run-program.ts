import { Command, CommanderError, Option } from 'commander';
import { PluginHostError } from '../base/plugin-host-error.ts';
import type { BootedShim } from '../sps/invocation/boot-shim.ts';
import { addGlobalOptions } from './command/add-global-options.ts';
import { nameOf } from './command/command-entry.ts';
import { defineCommand } from './command/define-command.ts';
import { findCommand, type FoundCommand, renderHelpHint, renderUsage, requireCommand } from './command/find-command.ts';
import { helpLayout } from './command/help-layout.ts';
import { joinNumbers } from './command/join-numbers.ts';
import { createCommands } from './create-commands.ts';
import { environmentVariables, renderEnvironment } from './environment-variables.ts';
import { requireUtf8 } from './require-utf8.ts';
import { createTerminal, type Terminal } from './terminal/create-terminal.ts';
import { renderError } from './terminal/render-error.ts';
import { VerboseTalk } from './terminal/verbose-talk.ts';

type Commands = ReturnType<typeof createCommands>;

/** Parses and runs one command line. */
export async function runProgram(args: readonly string[], version: () => string, booted?: BootedShim): Promise<number> {
  const isJson = args.includes('--json');
  const terminal = createTerminal();
  const commands = createCommands(booted);
  const words = args[0] === 'help' ? [...args.slice(1), '--help'] : args;
  const found = findCommand(words, commands);
  let exitCode = 0;
  let printed = '';
  using verbose = new VerboseTalk(terminal);
  try {
    requireUtf8(args);
    requireCommand(found);
    const program = createProgram(terminal, (text) => (printed += text)).hook('preAction', () => {
      if (terminal.manner.isVerbose) verbose.listen();
    });
    if (found.entry === undefined) program.version(version(), '-V, --version', 'print the version');
    // Defining all commands takes longer than running most of them; only the list of them needs all.
    for (const each of chooseTop(found, commands)) {
      defineCommand(program, each, terminal, (code) => {
        exitCode = code;
      });
    }
    await program.parseAsync(joinNumbers(words), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      return report(error instanceof PluginHostError ? withHelp(error, found) : unexpected(error), isJson, terminal);
    }
    const isAsked = error.exitCode === 0 || error.code === 'commander.help'; // the latter for a name alone
    if (!isAsked) return report(await usageError(error, found), isJson, terminal);
    await printHelp(printed, isJson && error.code !== 'commander.version', found, terminal);
    return 0;
  } finally {
    terminal.close();
  }
}

function chooseTop({ name, entry }: FoundCommand, commands: Commands): Commands {
  const [, top] = name.split(' ');
  return entry === undefined ? commands : commands.filter((each) => nameOf(each) === top);
}

async function printHelp(text: string, isJson: boolean, found: FoundCommand, terminal: Terminal): Promise<void> {
  if (!isJson) {
    terminal.print(text);
    return;
  }
  const { describeHelp } = await import('./command/describe-help.ts');
  terminal.printJson(describeHelp(found, environmentVariables));
}

async function usageError({ code, message }: CommanderError, found: FoundCommand): Promise<PluginHostError> {
  // The `=` of an option that may have a value is ours.
  const [first = '', second] = message
    .replace(/^error: /, '')
    .replace(/='$/m, "'")
    .split('\n');
  const known = second?.replace(/^\((.*)\)$/, '$1');
  const hints = known === undefined ? [] : [known];
  if (code === 'commander.missingArgument') {
    const { entry, rest } = found;
    const suggested = entry !== undefined && 'declared' in entry ? await entry.suggest?.(rest) : undefined;
    hints.push(`Write \`${renderUsage(found)}\`.`, ...(suggested === undefined ? [] : [suggested]));
  }
  return withHelp(new PluginHostError('USAGE', first, { hint: hints.join(' ') }), found);
}

/** A misuse says where the help of the command is, whoever found it. */
function withHelp(error: PluginHostError, found: FoundCommand): PluginHostError {
  const { code, message, hint, problems, cause } = error;
  if (code !== 'USAGE' || hint.includes('--help')) return error;
  const more = { ...(problems && { problems }), ...(cause !== undefined && { cause }) };
  return new PluginHostError(code, message, { hint: `${hint} ${renderHelpHint(found)}`.trim(), ...more });
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
  else terminal.sayAnyway(renderError(error, terminal.paintError));
  return exitCode;
}

function createProgram(terminal: Terminal, write: (text: string) => void): Command {
  const program = new Command('plugin-host')
    .description(
      'Runs, debugs and tests plugins of privileged-access products on your own machine, as the appliance would.',
    )
    .helpCommand('help [command...]', 'print the help of a command')
    .enablePositionalOptions()
    .configureHelp(helpLayout)
    .exitOverride()
    // We report errors, once; what is printed as help is not decided before the end.
    .configureOutput({ writeErr: write, writeOut: write })
    .addHelpText(
      'after',
      `\n${renderEnvironment()}\n\nExample:\n  npx plugin-host invoke authenticate -p sample-plugins/otp`,
    );
  addGlobalOptions(program, terminal);
  return program.addOption(new Option('--json').hideHelp()); // of the help
}
