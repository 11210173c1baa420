import type { Command } from 'commander';
import { addCommand, type Context } from '../../command/add-command.ts';
import { addHostChoices, addStateOptions, collect } from '../add-host-options.ts';

export function defineSession(program: Command, context: Context): void {
  const { run } = context;
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
  const stored = (name: 'listSessions' | 'showSession' | 'diffSession' | 'removeSessions') =>
    run(async (...parameters) =>
      (await import('./show-session.ts'))[name](...(parameters as [never, never, never, never])),
    );
  const sample = 'npx plugin-host invoke authenticate -p sample-plugins/otp --session demo';

  addStored('ls', 'list the sessions', 'npx plugin-host session ls -p sample-plugins/otp').action(
    stored('listSessions'),
  );
  addStored(
    'show <name>',
    'the steps of a session',
    `${sample}\n  npx plugin-host session show demo -p sample-plugins/otp`,
  )
    .option('--log', 'with what the plugin wrote, and the traceback of what it raised')
    .option('--all', 'with what the SDK keeps for itself in the cookies')
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
    'rm <names...>',
    'remove sessions, also what cannot be read as one',
    `${sample}\n  npx plugin-host session rm demo -p sample-plugins/otp`,
  ).action(stored('removeSessions'));
  defineReplay(session, context, sample);
  defineEnd(session, context, sample);
  defineTransfer(addStored, context, sample);
}

function defineReplay(session: Command, { run }: Context, sample: string): void {
  const command = addCommand(
    session,
    'replay <name> [n]',
    'call the hook of a step again with the same input, or of every step, and tell what differs',
    `${sample}\n  npx plugin-host session replay demo -p sample-plugins/otp`,
  );
  addCalling(command)
    .option('-k, --kwargs <json>', 'arguments laid over the recorded ones: JSON, @FILE or - for standard input')
    .option('--set <name=value>', 'one argument; JSON if it parses, else text; repeatable', collect)
    .option('--answer <key=value>', 'an answer of the user, into key_value_pairs; repeatable', collect)
    .action(
      run(async (...parameters) =>
        (await import('./replay-session.ts')).replaySession(...(parameters as [never, never, never, never])),
      ),
    );
}

function defineEnd(session: Command, { run }: Context, sample: string): void {
  const command = addCommand(
    session,
    'end <name>',
    'call session_ended of each plugin that was called and has not had it',
    `${sample}\n  npx plugin-host session end demo -p sample-plugins/otp`,
  );
  addCalling(command).action(
    run(async (...parameters) =>
      (await import('./end-session.ts')).endSession(...(parameters as [never, never, never])),
    ),
  );
}

function addCalling(command: Command): Command {
  return addHostChoices(command)
    .option(
      '-p, --plugin <path>',
      'plugin folder or ZIP instead of the recorded one; repeatable, one of each type',
      collect,
    )
    .option('--config <file>', 'configuration text for the plugin (default: as recorded)')
    .option(
      '--force',
      'run what the emulated release would refuse to install, and the interpreter that an imported session names',
    )
    .option('--log', 'with what the plugin writes')
    .option('--show-secrets', 'do not mask secrets');
}

function defineTransfer(
  addStored: (usage: string, description: string, example: string) => Command,
  { run }: Context,
  sample: string,
): void {
  const transfer = (name: 'exportStored' | 'importStored') =>
    run(async (...parameters) => (await import('./export-stored.ts'))[name](...(parameters as [never, never, never])));
  const write = 'npx plugin-host session export demo -p sample-plugins/otp -o demo.json';

  addStored('export <name>', 'write a session as one JSON document, without its secrets', `${sample}\n  ${write}`)
    .option('-o, --output <file>', 'where to (default: standard output)')
    .option('--show-secrets', 'with them, so that it can be replayed elsewhere')
    .action(transfer('exportStored'));
  addStored(
    'import <file>',
    'make a session of an exported one',
    `${sample}\n  ${write}\n  npx plugin-host session import demo.json --name copy --replace`,
  )
    .option('--name <name>', 'name of the session (default: as it was exported)')
    .option('--replace', 'in the place of the session of this name')
    .action(transfer('importStored'));
}
