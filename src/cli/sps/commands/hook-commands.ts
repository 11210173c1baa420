import { hooksByType } from '../../../sps/plugin/find-hook.ts';
import { declareCommand } from '../../command/declare-command.ts';
import { hostConfigOption } from '../../command/host-config-option.ts';
import { option } from '../../command/option.ts';
import { connectionNames, policyOption, stateOption } from './host-options.ts';

export const pluginTypeNames = Object.keys(hooksByType);

export const hookNames = [...new Set(Object.values(hooksByType).flatMap((hooks) => hooks.map(({ name }) => name)))];

const apiOption = option('--api <version>', 'API of the emulated release', { default: '1.9' });

export const hookCommands = {
  kwargs: declareCommand('kwargs <hook>', {
    summary: 'print the arguments that invoke would pass, to edit and give back with -k @FILE',
    example: 'npx plugin-host kwargs get_password_list --connection ssh-gateway',
    values: hookNames,
    options: [
      policyOption,
      option('--connection <name>', `${connectionNames} (default: ssh)`),
      option('--force', 'also of a connection policy that is suspended'),
      hostConfigOption,
      stateOption,
      apiOption,
      option('--type <type>', 'aa or credentialstore, for a hook that both have'),
    ],
  }),
  hooks: declareCommand('hooks [type]', {
    summary: 'list the hooks, their arguments, since when, deprecated names',
    example: 'npx plugin-host hooks aa',
    values: pluginTypeNames,
    options: [apiOption],
  }),
};
