import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';

/** How messages are read. */
const readOptions = [
  option('--profile <profile>', 'strict: as the product writes; compat: as plugins do, with warnings', {
    choices: ['strict', 'compat'],
    default: 'compat',
  }),
  option('--stream', 'several messages, one after the other'),
  option('--encoding <name>', 'of text without a byte-order mark', {
    choices: ['utf-8', 'cp1252'],
    default: 'utf-8',
  }),
];

export const formatCommands = {
  fmt: declareCommand('fmt [file]', {
    summary: 'print a message in its canonical form; without a file, from standard input',
    example: `npx plugin-host kvgroup fmt <<< '"" "" = { "retval" = "0" }'`,
    options: [
      ...readOptions,
      option('--check', 'print nothing; exit code 1 when it is not canonical'),
      option('--sort <order>', 'product: pairs before groups, each by key and name', { choices: ['product'] }),
    ],
  }),
  toJson: declareCommand('to-json [file]', {
    summary: 'print a message as JSON that keeps order and duplicates',
    example: `npx plugin-host kvgroup to-json <<< '"" "" = { "retval" = "0" }'`,
    options: readOptions,
  }),
  fromJson: declareCommand('from-json [file]', {
    summary: 'print the message that to-json gave, or a list of them, in canonical form',
    example: `npx plugin-host kvgroup from-json <<< '{"k": "", "n": "", "c": [{"k": "retval", "v": "0"}]}'`,
  }),
  get: declareCommand('get <path> [file]', {
    completes: [[], 'file'],
    summary: 'print what is at a path: request/resource[4F12]/operation, attribute[EMAIL]/value[]/value[*]',
    example: `npx plugin-host kvgroup get retval <<< '"" "" = { "retval" = "0" }'`,
    options: readOptions,
  }),
  diff: declareCommand('diff <a> <b>', {
    completes: ['file', 'file'],
    summary: 'compare two messages by meaning: the order of values of one key counts, layout does not',
    example: `npx plugin-host kvgroup diff <(echo '"" "" = { "a" = "1" "b" = "2" }') <(echo '"" "" = { "b" = "2" "a" = "1" }')`,
    options: [...readOptions, option('--show-secrets', 'do not mask secrets')],
  }),
};
