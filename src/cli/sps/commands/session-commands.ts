import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';
import { hostChoices, stateOptions } from './host-options.ts';

const sample = 'npx plugin-host invoke authenticate -p sample-plugins/otp --session demo';
const write = 'npx plugin-host session export demo -p sample-plugins/otp -o demo.json';

const showSecretsOption = option('--show-secrets', 'do not mask secrets');

/** Of the commands that call plugins of a session. */
const callingOptions = [
  ...hostChoices,
  option('-p, --plugin <path>', 'plugin folder or ZIP instead of the recorded one; repeatable, one of each type', {
    isRepeatable: true,
  }),
  option('--config <file>', 'configuration text for the plugin (default: as recorded)'),
  option(
    '--force',
    'run what the emulated release would refuse to install, and the interpreter that an imported session names',
  ),
  option('--log', 'show what the plugin writes'),
  showSecretsOption,
];

export const sessionCommands = {
  ls: declareCommand('ls', {
    summary: 'list the sessions',
    example: 'npx plugin-host session ls -p sample-plugins/otp',
    options: [...stateOptions, option('--all', 'also those that were recorded for an inspector')],
  }),
  show: declareCommand('show [name]', {
    completes: ['session'],
    summary: 'the steps of a session, the last one by default; the beginning of a name is enough',
    example: `${sample}\n  npx plugin-host session show demo -p sample-plugins/otp`,
    options: [
      ...stateOptions,
      option('--log', 'show what the plugin wrote, and the traceback of what it raised'),
      option('--all', 'show what the SDK keeps for itself in the cookies'),
      showSecretsOption,
    ],
  }),
  diff: declareCommand('diff [name] [n]', {
    completes: ['session'],
    summary: 'the cookies before and after a step, the last one by default',
    example: `${sample}\n  npx plugin-host session diff demo 1 -p sample-plugins/otp`,
    options: [...stateOptions, showSecretsOption],
  }),
  rm: declareCommand('rm <names...>', {
    completes: ['session'],
    summary: 'remove sessions, also unreadable ones',
    example: `${sample}\n  npx plugin-host session rm demo -p sample-plugins/otp`,
    options: stateOptions,
  }),
  replay: declareCommand('replay [name] [n]', {
    completes: ['session'],
    summary: 'call the hook of one step, or of every step, again with the same input, and show what differs',
    example: `${sample}\n  npx plugin-host session replay demo -p sample-plugins/otp`,
    options: [
      ...callingOptions,
      option('-k, --kwargs <json>', 'arguments that replace the recorded ones: JSON, @FILE or - for standard input'),
      option('--set <name=value>', 'one argument; JSON if it parses, else text; repeatable', { isRepeatable: true }),
      option('--answer <key=value>', 'an answer of the user, into key_value_pairs; repeatable', { isRepeatable: true }),
    ],
  }),
  end: declareCommand('end [name]', {
    completes: ['session'],
    summary: 'call session_ended of each plugin that was called and has not had it yet',
    example: `${sample}\n  npx plugin-host session end demo -p sample-plugins/otp`,
    options: callingOptions,
  }),
  export: declareCommand('export [name]', {
    completes: ['session'],
    summary: 'write a session as one JSON document, without its secrets',
    example: `${sample}\n  ${write}`,
    options: [
      ...stateOptions,
      option('-o, --output <file>', 'file to write to (default: standard output)'),
      option('--html <file>', 'one page that opens from the disk instead; - is standard output'),
      option('--as-test', 'a test that expects what was recorded instead'),
      option('--show-secrets', 'with its secrets, so that it can be replayed elsewhere'),
    ],
    conflicts: [{ between: ['html', 'asTest'], message: '--html makes a page, --as-test a test' }],
  }),
  import: declareCommand('import <file>', {
    summary: 'import an exported session',
    example: `${sample}\n  ${write}\n  npx plugin-host session import demo.json --name copy --replace`,
    options: [
      ...stateOptions,
      option('--name <name>', 'name of the session (default: as it was exported)'),
      option('--replace', 'replace the session with this name'),
    ],
  }),
};
