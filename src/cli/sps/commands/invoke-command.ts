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

export const invokeCommand = declareCommand('invoke <hook>', {
  summary: 'call one hook of a plugin, stateless, as the appliance would',
  example: 'npx plugin-host invoke get_password_list -p sample-plugins/vault',
  options: [
    ...hostOptions,
    ...debugOptions,
    option('-p, --plugin <path>', 'plugin folder or ZIP (default: here, or the nearest folder above with a MANIFEST)'),
    policyOption,
    option('--type <type>', 'aa or credentialstore: whose session_ended, when the policy has both', {
      choices: ['aa', 'credentialstore'],
    }),
    connectionOption,
    kwargsOption,
    setOption,
    option('--answer <key=value>', 'an answer of the user, into key_value_pairs; repeatable', { isRepeatable: true }),
    option('--login <name>', 'login name as the user types it: otp=123456@root, in RDP otp~123456%root'),
    configOption,
    option('--session <name>', 'stored session that gives and keeps cookies and answers', { completes: 'session' }),
    option('--cookie <json>', 'cookie for this call'),
    option('--session-cookie <json>', 'session cookie for this call'),
    option('--cold', `${coldText}; invoke has one anyway`),
    option('--watch', 'call again whenever a file of the plugin changes'),
    option('--record-backends <file>', 'let the plugin reach the real systems, and write them as `backends:`'),
    option('--force', 'run what the emulated release would refuse to install; replace the file of --record-backends'),
    option('--show-secrets', 'do not mask secrets'),
  ],
  conflicts: [
    { between: ['policy', 'plugin'], message: '--policy names the plugin' },
    { between: ['json', 'watch'], message: '--json prints one document, --watch one for each change' },
    { between: ['recordBackends', 'watch'], message: '--record-backends is for one call' },
    ...debugConflicts,
  ],
});
