import type { Command } from 'commander';
import { addCommand, type Context } from '../command/add-command.ts';
import { addHostOptions, coldText, collect } from './add-host-options.ts';
import { addDebugOptions } from './debug-options.ts';

export function defineSimulate(program: Command, { run }: Context): void {
  const command = addCommand(
    program,
    'simulate [scenario]',
    'run a whole session as the appliance would, from the login to its end',
    'npx plugin-host simulate -p sample-plugins/otp -p sample-plugins/vault --answer otp=123456',
  );
  addDebugOptions(addHostOptions(command))
    .option('-p, --plugin <path>', 'plugin folder or ZIP; repeatable, one AA plugin and one credential store', collect)
    .option('--connection <name>', 'ssh, ssh-gateway, rdp, rdp-gateway, telnet, mssql (default: ssh)')
    .option('--login <name>', 'login name as the user types it, such as otp=123456@root')
    .option('--answer <key=value>', 'answer to a question; repeatable, those of one key are used up in order', collect)
    .option('--server-password <text>', 'what the user types when the store gave nothing that the target takes')
    .option('--config <file>', 'configuration text for the plugin (default: config of plugin-host.yaml, else empty)')
    .option('--session <name>', 'name under which the session is kept (default: one is made up)')
    .option('--cold', coldText)
    .option(
      '--chaos <what>',
      'what goes wrong: timeout@HOOK, crash@HOOK, lose-cookie@HOOK, slow@HOOK:4s, all; repeatable',
      collect,
    )
    .option('--list', 'list the built-in scenarios')
    .option('--log', 'with what the plugins wrote, and the traceback of what they raised')
    .option('--all', 'with what the SDK keeps for itself in the cookies')
    .option('--watch', 'again whenever a plugin or the scenario changes')
    .option('--force', 'run what the emulated release would refuse to install')
    .option('--show-secrets', 'do not mask secrets')
    .action(run(async (...all) => (await import('./run-simulate.ts')).runSimulate(...(all as [never, never, never]))));
}
