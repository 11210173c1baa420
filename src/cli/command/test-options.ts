import { option } from './option.ts';

/** Of every command that runs tests. */
export const testOptions = [
  option('--filter <text>', 'only cases with this text in their name or file'),
  option('--reporter <name>', 'pretty, tap, junit, json (default: pretty)', { completes: 'reporter' }),
  option('--shard <i/n>', 'one of n parts, to share the tests among machines'),
  option('--jobs <n>', 'calls at once (default: number of processors)'),
  option('--watch', 'run again whenever a test or what it tests changes'),
  option('--show-secrets', 'do not mask secrets'),
];
