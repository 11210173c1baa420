import { createNumberParser } from './create-number-parser.ts';
import { option } from './option.ts';

const defaultSlowest = 5;
const parseSlowest = createNumberParser(1000, 'Expected a number such as 5.');

/** Of every command that runs tests. */
export const testOptions = [
  option('--filter <text>', 'only cases with this text in their name or file'),
  option(
    '--reporter <name[=file]>',
    'pretty, tap, junit, json, jsonl, github, repeatable; one may have standard output (default: pretty)',
    { isRepeatable: true, completes: 'reporter' },
  ),
  option('--shard <i/n>', 'one of n parts, to share the tests among machines'),
  option('--jobs <n>', 'calls at once (default: number of processors)'),
  option('--bail', 'begin nothing after the first failure'),
  option('--list', 'name the cases with file and line, and run none'),
  option('--slowest [=n]', `end with the slowest cases (default: ${defaultSlowest})`, {
    parse: (word) => (word === '' ? defaultSlowest : parseSlowest(word)),
  }),
  option('--watch', 'run again whenever a test or what it tests changes'),
  option('--show-secrets', 'do not mask secrets'),
];

/** Of commands whose tests say in YAML what they expect. */
export const updateOption = option(
  '--update',
  'write what came out over what a failing `expect` says, and nothing else',
);

export const updateConflict = {
  between: ['update', 'watch'],
  message: '--update writes the files that --watch watches',
} as const;
