import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../process/duration.ts';
import type { BootedShim } from '../sps/invocation/boot-shim.ts';
import { check } from './check.ts';
import { renderCompletion, shells } from './completion.ts';
import { hooks } from './hooks.ts';
import { invoke } from './invoke.ts';
import { kwargs } from './kwargs.ts';
import type { Terminal } from './terminal.ts';

/** What a command does with its arguments and options; it resolves to the exit code. */
export type Action = (terminal: Terminal, ...parameters: never[]) => Promise<number>;

export interface Context {
  terminal: Terminal;
  /** For `invoke`. */
  booted: BootedShim | undefined;
  run: (action: Action) => (...parameters: unknown[]) => Promise<void>;
}

/** Each adds one command, by its name. */
export const commandDefinitions: Record<string, (program: Command, context: Context) => void> = {
  invoke: defineInvoke,
  check: defineCheck,
  kwargs: defineKwargs,
  hooks: defineHooks,
  session: defineSession,
  python: definePython,
  doctor: defineDoctor,
  completion: defineCompletion,
};

function addCommand(parent: Command, usage: string, description: string, example: string): Command {
  return parent
    .command(usage)
    .description(description)
    .addHelpText('after', `\nExample:\n  ${example}`)
    .option('--json', 'print one JSON document');
}

function addHostOptions(command: Command): Command {
  return command
    .option('--host-config <file>', 'project file (default: plugin-host.yaml in the plugin folder, then here)')
    .option('--state <dir>', 'state folder (default: .plugin-host beside the project file)')
    .option('--python <path>', 'interpreter for Python plugins')
    .addOption(
      new Option('--proxy-timeout <duration>', 'such as 600s, 10m, 1500ms; a plugin gets half').argParser(toDuration),
    )
    .option('--api <version>', 'API of the emulated release', '1.9')
    .option('--sps-version <version>', 'version of the emulated release', '9.0.0');
}

function defineInvoke(program: Command, { run, booted }: Context): void {
  const command = addCommand(
    program,
    'invoke <hook>',
    'call one hook of a plugin, stateless, as the appliance would',
    'npx plugin-host invoke get_password_list -p sample-plugins/vault',
  );
  addHostOptions(command)
    .option('-p, --plugin <path>', 'plugin folder or ZIP', '.')
    .option(
      '--connection <name>',
      'where the arguments come from: ssh, ssh-gateway, rdp, rdp-gateway, telnet, mssql',
      'ssh',
    )
    .option('-k, --kwargs <json>', 'arguments laid over the connection: JSON, @FILE or - for standard input')
    .option('--set <name=value>', 'one argument; JSON if it parses, else text; repeatable', collect)
    .option('--answer <key=value>', 'an answer of the user, into key_value_pairs; repeatable', collect)
    .option('--config <file>', 'configuration text for the plugin (default: config of plugin-host.yaml, else empty)')
    .option('--session <name>', 'stored session that gives and keeps cookies and answers')
    .option('--cookie <json>', 'cookie for this call')
    .option('--session-cookie <json>', 'session cookie for this call')
    .option('--cold', 'a fresh interpreter (every call has one so far)')
    .option('--watch', 'call again whenever a file of the plugin changes')
    .option('--force', 'run what the emulated release would refuse to install')
    .option('--show-secrets', 'do not mask secrets')
    .action(run((terminal, hook, options) => invoke(terminal, hook, options, booted)));
}

function defineCheck(program: Command, { run }: Context): void {
  const command = addCommand(
    program,
    'check [path]',
    'tell everything that is wrong with a plugin before it is called',
    'npx plugin-host check sample-plugins/otp',
  );
  addHostOptions(command)
    .option('--strict', 'what pluginv would refuse is an error too')
    .option('--no-import', 'stop before plugin code runs')
    .action(run(check));
}

function defineKwargs(program: Command, { run }: Context): void {
  addCommand(
    program,
    'kwargs <hook>',
    'print the arguments that invoke would pass, to edit and give back with -k @FILE',
    'npx plugin-host kwargs get_password_list --connection ssh-gateway',
  )
    .option('--connection <name>', 'ssh, ssh-gateway, rdp, rdp-gateway, telnet, mssql', 'ssh')
    .option('--api <version>', 'API of the emulated release', '1.9')
    .option('--type <type>', 'aa or credentialstore, for a hook that both have')
    .action(run(kwargs));
}

function defineHooks(program: Command, { run }: Context): void {
  addCommand(
    program,
    'hooks [type]',
    'list the hooks, their arguments, since when, deprecated names',
    'npx plugin-host hooks aa',
  )
    .option('--api <version>', 'API of the emulated release', '1.9')
    .action(run(hooks));
}

function defineSession(program: Command, { run }: Context): void {
  const session = program
    .command('session')
    .description('stored sessions: what was called, with which cookies')
    .helpCommand(false)
    .addHelpText('after', '\nExample:\n  npx plugin-host session ls -p sample-plugins/otp');
  const addStored = (usage: string, description: string, example: string): Command =>
    addStateOptions(
      addCommand(session, usage, description, example),
      'plugin whose project file says where the state folder is',
    );
  // With SQLite, which other commands need not load.
  const stored = (name: 'listSessions' | 'showSession' | 'diffSession' | 'removeSession') =>
    run(async (...parameters) => (await import('./session.ts'))[name](...(parameters as [never, never, never, never])));
  const sample = 'npx plugin-host invoke authenticate -p sample-plugins/otp --session demo';

  addStored('ls', 'list the sessions', 'npx plugin-host session ls -p sample-plugins/otp').action(
    stored('listSessions'),
  );
  addStored(
    'show <name>',
    'the steps of a session',
    `${sample}\n  npx plugin-host session show demo -p sample-plugins/otp`,
  )
    .option('--log', 'with what the plugin wrote')
    .option('--show-secrets', 'do not mask secrets')
    .action(stored('showSession'));
  addStored(
    'diff <name> [n]',
    'the cookies before and after a step, the last one by default',
    `${sample}\n  npx plugin-host session diff demo 1 -p sample-plugins/otp`,
  )
    .option('--show-secrets', 'do not mask secrets')
    .action(stored('diffSession'));
  addStored(
    'rm <name>',
    'remove a session',
    `${sample}\n  npx plugin-host session rm demo -p sample-plugins/otp`,
  ).action(stored('removeSession'));
}

function addStateOptions(command: Command, plugin: string): Command {
  return command
    .option('-p, --plugin <path>', plugin, '.')
    .option('--host-config <file>', 'project file (default: plugin-host.yaml in the plugin folder, then here)')
    .option('--state <dir>', 'state folder (default: .plugin-host beside the project file)');
}

function definePython(program: Command, { run }: Context): void {
  const python = program
    .command('python')
    .description("Python environments with the vendor's SDK")
    .helpCommand(false)
    .addHelpText('after', '\nExample:\n  npx plugin-host python install');
  const command = addCommand(
    python,
    'install',
    "make an environment with the vendor's SDK from PyPI; plugins of the same state folder use it from then on",
    'npx plugin-host python install\n  npx plugin-host python install --sdk 1.8.4',
  );
  addStateOptions(command, 'plugin whose project file says where the state folder is')
    .option('--sdk <version>', 'release of the SDK, such as 1.9.1 (default: the newest)')
    .option('--with-tests', "what the SDK's test tasks need too: pytest, vcrpy, fakeredis, flake8 and theirs")
    .option('--python <path>', 'interpreter to make it with (default: python3)')
    .action(
      run(async (...parameters) => (await import('./python.ts')).installPython(...(parameters as [never, never]))),
    );
}

function defineDoctor(program: Command, { run }: Context): void {
  const command = addCommand(
    program,
    'doctor',
    'tell what is there and what is missing, with the line that mends it',
    'npx plugin-host doctor',
  );
  addStateOptions(command, 'plugin whose project file says how plugins are run')
    .option('--python <path>', 'interpreter for Python plugins')
    .action(run(async (...parameters) => (await import('./doctor.ts')).doctor(...(parameters as [never, never]))));
}

function defineCompletion(program: Command, context: Context): void {
  program
    .command('completion <shell>')
    .description(`print a completion script: ${shells.join(', ')}`)
    .addHelpText(
      'after',
      '\nExample:\n  npx plugin-host completion bash > ~/.local/share/bash-completion/completions/plugin-host',
    )
    .action((shell: string) => {
      for (const [name, define] of Object.entries(commandDefinitions)) {
        if (name !== 'completion') define(program, context);
      }
      context.terminal.print(renderCompletion(shell, program));
    });
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

function toDuration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === undefined) throw new InvalidArgumentError('Expected a duration such as 600s, 10m, 1500ms.');
  return durationMs;
}
