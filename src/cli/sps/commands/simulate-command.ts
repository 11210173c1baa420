import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';
import { debugConflicts, debugOptions } from './debug-options.ts';
import {
  coldText,
  configOption,
  connectionOption,
  hostOptions,
  kwargsOption,
  policyOption,
  setOption,
} from './host-options.ts';

export const simulateCommand = declareCommand('simulate [scenario]', {
  summary: 'run a whole session as the appliance would, from the login to its end',
  example: 'npx plugin-host simulate -p sample-plugins/otp -p sample-plugins/vault --answer otp=123456',
  options: [
    ...hostOptions,
    ...debugOptions,
    option('-p, --plugin <path>', 'plugin folder or ZIP; repeatable, one AA plugin and one credential store', {
      isRepeatable: true,
    }),
    policyOption,
    connectionOption,
    kwargsOption,
    setOption,
    option('--login <name>', 'login name as the user types it, such as otp=123456@root'),
    option('--answer <key=value>', 'answer to a question; repeatable, those of one key are used up in order', {
      isRepeatable: true,
    }),
    option('--answers <file>', 'answers in the order of the questions, one a line; - is standard input'),
    option('--server-password <text>', 'what the user types when the store gave nothing that the target accepts'),
    configOption,
    option('--session <name>', 'name under which the session is stored (default: a generated one)'),
    option('--cold', coldText),
    option(
      '--chaos <what>',
      'faults to simulate: timeout@HOOK, crash@HOOK, lose-cookie@HOOK, slow@HOOK:4s, all; repeatable',
      { isRepeatable: true, completes: 'chaos' },
    ),
    option('--list', 'list the built-in scenarios'),
    option('--log', 'show what the plugins wrote, and the traceback of what they raised'),
    option('--all', 'show what the SDK keeps for itself in the cookies'),
    option('--watch', 'run again whenever a plugin or the scenario changes'),
    option('--record-backends <file>', 'let the plugin reach the real systems, and write them as `backends:`'),
    option('--force', 'run what the emulated release would refuse to install; replace the file of --record-backends'),
    option('--show-secrets', 'do not mask secrets'),
  ],
  conflicts: [
    { between: ['policy', 'plugin'], message: '--policy names the plugins' },
    { between: ['policy', 'config'], message: '--policy names the configuration of each plugin' },
    {
      between: ['json', 'watch'],
      unless: ['list'],
      message: '--json prints one document, --watch one for each change',
    },
    ...debugConflicts.map((each) => ({ ...each, unless: ['list', 'chaos'] as const })),
  ],
});
