import type { Command } from 'commander';
import { addCommand, type Context } from './command/add-command.ts';
import { defineKvgroup } from './kvgroup/define-kvgroup.ts';
import { renderCompletion, shells } from './render-completion.ts';
import { addHostOptions, addStateOptions, coldText, collect } from './sps/add-host-options.ts';
import { check } from './sps/check.ts';
import { addDebugOptions } from './sps/debug-options.ts';
import { defineInit, definePack } from './sps/define-authoring-commands.ts';
import { defineSimulate } from './sps/define-simulate.ts';
import { defineRpc, defineTest } from './sps/define-test.ts';
import { hooks } from './sps/hooks.ts';
import { invoke } from './sps/invoke.ts';
import { kwargs } from './sps/kwargs.ts';
import { defineSession } from './sps/session/define-session.ts';

/** Each adds one command, by its name. */
export const commandDefinitions: Record<string, (program: Command, context: Context) => void> = {
  invoke: defineInvoke,
  check: defineCheck,
  kwargs: defineKwargs,
  hooks: defineHooks,
  simulate: defineSimulate,
  test: defineTest,
  rpc: defineRpc,
  session: defineSession,
  init: defineInit,
  pack: definePack,
  python: definePython,
  doctor: defineDoctor,
  kvgroup: defineKvgroup,
  completion: defineCompletion,
};

function defineInvoke(program: Command, { run, booted }: Context): void {
  const command = addCommand(
    program,
    'invoke <hook>',
    'call one hook of a plugin, stateless, as the appliance would',
    'npx plugin-host invoke get_password_list -p sample-plugins/vault',
  );
  addDebugOptions(addHostOptions(command))
    .option('-p, --plugin <path>', 'plugin folder or ZIP', '.')
    .option(
      '--connection <name>',
      'where the arguments come from: ssh, ssh-gateway, rdp, rdp-gateway, telnet, mssql',
      'ssh',
    )
    .option('-k, --kwargs <json>', 'arguments laid over the connection: JSON, @FILE or - for standard input')
    .option('--set <name=value>', 'one argument; JSON if it parses, else text; repeatable', collect)
    .option('--answer <key=value>', 'an answer of the user, into key_value_pairs; repeatable', collect)
    .option('--login <name>', 'login name as the user types it: otp=123456@root, in RDP otp~123456%root')
    .option('--config <file>', 'configuration text for the plugin (default: config of plugin-host.yaml, else empty)')
    .option('--session <name>', 'stored session that gives and keeps cookies and answers')
    .option('--cookie <json>', 'cookie for this call')
    .option('--session-cookie <json>', 'session cookie for this call')
    .option('--cold', `${coldText}; invoke has one anyway`)
    .option('--watch', 'call again whenever a file of the plugin changes')
    .option('--force', 'run what the emulated release would refuse to install')
    .option('--show-secrets', 'do not mask secrets')
    .action(run((terminal, hook, options) => invoke(terminal, hook, options, booted)));
}

function defineCheck(program: Command, { run }: Context): void {
  const command = addCommand(
    program,
    'check [paths...]',
    'tell everything that is wrong with plugins before they are called',
    'npx plugin-host check sample-plugins/otp\n  npx plugin-host check sample-plugins/otp sample-plugins/vault --reporter github',
  );
  addHostOptions(command)
    .option('--strict', 'what pluginv would refuse is an error too')
    .option('--no-import', 'stop before plugin code runs')
    .option('--reporter <name>', 'pretty (default), json, or github: annotations of GitHub Actions')
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
      run(async (...parameters) =>
        (await import('./sps/install-python.ts')).installPython(...(parameters as [never, never])),
      ),
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
    .action(run(async (...parameters) => (await import('./sps/doctor.ts')).doctor(...(parameters as [never, never]))));
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
