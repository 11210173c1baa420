import type { Command } from 'commander';

/** Options of every command that runs tests. @param watched What `--watch` looks at. */
export function addTestOptions(command: Command, watched: string): Command {
  return command
    .option('--filter <text>', 'only cases with this text in their name or file')
    .option('--reporter <name>', 'pretty, tap, junit, json (default: pretty)')
    .option('--shard <i/n>', 'one of n parts, for machines side by side')
    .option('--jobs <n>', 'calls at once (default: number of processors)')
    .option('--watch', `again whenever ${watched} changes`)
    .option('--show-secrets', 'do not mask secrets');
}
