import { createNumberParser } from '../command/create-number-parser.ts';
import { declareCommand } from '../command/declare-command.ts';
import { hostConfigOption } from '../command/host-config-option.ts';
import { option } from '../command/option.ts';
import { pagePluginOption, stateOption } from '../sps/commands/host-options.ts';

export const inspectCommand = declareCommand('inspect [session]', {
  summary: 'a page that shows every call as it happens, on this machine only',
  example: 'npx plugin-host inspect -p sample-plugins/otp --open',
  options: [
    pagePluginOption,
    hostConfigOption,
    stateOption,
    option('--port <number>', 'port of the page (default: 8080; 0: any free one)', {
      parse: createNumberParser(65_535, 'Expected a port from 0 to 65535.'),
    }),
    option('--host <address>', 'address of this machine only (default: 127.0.0.1)'),
    option('--allow-host <name>', 'a further name that requests may use, of a tunnel; repeatable', {
      isRepeatable: true,
    }),
    option('--open', 'open it in the browser'),
    option('--keep <number>', 'how many sessions stay that were recorded for it (default: 500)', {
      parse: createNumberParser(1e9, 'Expected a number such as 500.'),
    }),
    option('--show-secrets', 'do not mask secrets'),
  ],
});
