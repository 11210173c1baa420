import { declareCommand } from '../../command/declare-command.ts';
import { hostConfigOption } from '../../command/host-config-option.ts';
import { stateOption } from '../../sps/commands/host-options.ts';

const options = [hostConfigOption, stateOption];

/** Of the plugins that were committed by the API of `serve`. */
export const pluginsCommands = {
  ls: declareCommand('ls', {
    summary: 'list the committed plugins and what uses them',
    example: 'npx plugin-host plugins ls',
    options,
  }),
  rm: declareCommand('rm <plugin>', {
    completes: ['committedPlugin'],
    summary: 'remove a plugin that nothing uses, by its key or as TYPE/NAME',
    example: 'npx plugin-host plugins rm aa/Sample_Otp',
    options,
  }),
};
