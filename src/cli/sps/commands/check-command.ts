import { problemReporterOption } from '../../command/choose-problem-reporter.ts';
import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';
import { hostOptions } from './host-options.ts';

export const checkCommand = declareCommand('check [paths...]', {
  summary: 'report every problem of plugins without calling them',
  example:
    'npx plugin-host check sample-plugins/otp\n  npx plugin-host check sample-plugins/otp sample-plugins/vault --reporter github',
  options: [
    ...hostOptions,
    option('--strict', 'what pluginv would refuse is an error too'),
    option('--fail-on <level>', 'warning: a warning fails the check too (default: error)', {
      choices: ['error', 'warning'],
    }),
    option('--no-import', 'stop before plugin code runs'),
    problemReporterOption,
  ],
});
