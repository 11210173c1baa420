import { hooksByType } from '../../../sps/plugin/find-hook.ts';
import { declareCommand } from '../../command/declare-command.ts';
import { hostConfigOption } from '../../command/host-config-option.ts';
import { option } from '../../command/option.ts';
import { connectionOption, policyOption, stateOption } from './host-options.ts';

export const pluginTypeNames = Object.keys(hooksByType);

const apiOption = option('--api <version>', 'API of the emulated release', { default: '1.9', completes: 'api' });

export const hookCommands = {
  kwargs: declareCommand('kwargs <hook>', {
    summary: 'print the arguments that invoke would pass, to edit and give back with -k @FILE',
    example: 'npx plugin-host kwargs get_password_list --connection ssh-gateway',
    options: [
      policyOption,
      connectionOption,
      option('--force', 'also of a connection policy that is suspended'),
      hostConfigOption,
      stateOption,
      apiOption,
      option('--type <type>', 'aa or credentialstore, for a hook that both have', { completes: pluginTypeNames }),
    ],
  }),
  hooks: declareCommand('hooks [type]', {
    summary: 'list the hooks, their arguments, since when, deprecated names',
    example: 'npx plugin-host hooks aa',
    completes: [pluginTypeNames],
    options: [apiOption],
  }),
};
