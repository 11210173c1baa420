import { problemReporterOption } from '../../command/choose-problem-reporter.ts';
import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';

export const scriptCommands = {
  check: declareCommand('check [files...]', {
    summary: 'report every problem of scripts before they are uploaded; a folder stands for the scripts in it',
    shownUsage: '[options] <files...>',
    example: 'npx plugin-host platform check sample-plugins/platform',
    options: [option('--strict', 'warnings are errors'), problemReporterOption],
  }),
  show: declareCommand('show <file>', {
    summary: 'show what a script offers: operations, parameters, functions, imports, feature flags',
    example: 'npx plugin-host platform show sample-plugins/platform/portal/portal.json',
  }),
};
