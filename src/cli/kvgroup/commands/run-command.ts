import { createDurationParser } from '../../command/create-duration-parser.ts';
import { debugOption } from '../../command/debug-option.ts';
import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';
import { pointOption } from './point-commands.ts';
import { runnerOptions } from './runner-options.ts';

export const runCommand = declareCommand('run <plugin>', {
  completes: ['file'],
  summary: 'run a plugin as the product would, and say whether its answer is right',
  example: 'npx plugin-host kvgroup run sample-plugins/kvgroup/profile_id.py --point 03',
  options: [
    ...runnerOptions,
    pointOption,
    option('--in <file>', 'input; - for standard input (default: a fixture of the point)'),
    option('--items <file>', 'items for a filter, one KVGroup after the other'),
    option('--settle', 'run again as the product does, at most ten times'),
    option('--taken <ids>', 'profile IDs that are taken, such as a,b: they come back as conflicts; with --settle'),
    option('--timeout <duration>', 'for a call, or for one item (default: 60s, 10s)', {
      parse: createDurationParser('60s, 2m, 1500ms'),
    }),
    debugOption,
    option('--strict', 'warnings about text and exit code are errors'),
    option('--stdout-encoding <name>', 'how standard output is read: utf-8, cp1252', {
      default: 'utf-8',
      completes: ['utf-8', 'cp1252'],
    }),
    option('--record <dir>', 'keep standard input, output, error and times in this folder'),
    option('--watch', 'run again whenever a file beside the plugin or its input changes'),
    option('--show-secrets', 'do not mask secrets'),
  ],
  conflicts: [
    { between: ['json', 'watch'], message: '--json prints one document, --watch one for each change' },
    { between: ['debug', 'watch'], message: '--debug waits for a debugger, --watch runs again after each change' },
    { between: ['record', 'watch'], message: '--record is for one run' },
  ],
});
