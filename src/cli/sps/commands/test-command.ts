import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';
import { coldText, hostOptions } from './host-options.ts';

export const testCommand = declareCommand('test [files...]', {
  summary: 'run *.plugin-test.yaml and scenarios with expect, those that are named or those below here',
  example: 'npx plugin-host test sample-plugins/vault',
  options: [
    ...hostOptions,
    option('--filter <text>', 'only cases with this text in their name or file'),
    option('--reporter <name>', 'pretty, tap, junit, json (default: pretty)'),
    option('--shard <i/n>', 'one of n parts, for machines side by side'),
    option('--jobs <n>', 'calls at once (default: number of processors)'),
    option('--cold', coldText),
    option('--watch', 'again whenever a test or a plugin changes'),
    option('--show-secrets', 'do not mask secrets'),
  ],
});
