import { type Command, Option } from 'commander';
import { addCommand, type Context } from '../command/add-command.ts';

/** `fmt`, `to-json`, `from-json`, `get`, `diff`. Loaded when they are called. */
export function defineFormatCommands(kvgroup: Command, { run }: Context): void {
  const format = (name: 'fmt' | 'toJson' | 'fromJson' | 'get') =>
    run(async (...parameters) => (await import('./fmt.ts'))[name](...(parameters as [never, never, never, never])));

  addReadOptions(
    addCommand(
      kvgroup,
      'fmt [file]',
      'print a message in its canonical form; without a file, of standard input',
      `npx plugin-host kvgroup fmt <<< '"" "" = { "retval" = "0" }'`,
    ),
  )
    .option('--check', 'print nothing; exit code 1 when it is not canonical')
    .addOption(new Option('--sort <order>', 'product: pairs before groups, each by key and name').choices(['product']))
    .action(format('fmt'));

  addReadOptions(
    addCommand(
      kvgroup,
      'to-json [file]',
      'print a message as JSON that keeps order and duplicates',
      `npx plugin-host kvgroup to-json <<< '"" "" = { "retval" = "0" }'`,
    ),
  ).action(format('toJson'));

  addCommand(
    kvgroup,
    'from-json [file]',
    'print the message that to-json gave, or a list of them, in canonical form',
    `npx plugin-host kvgroup from-json <<< '{"k": "", "n": "", "c": [{"k": "retval", "v": "0"}]}'`,
  ).action(format('fromJson'));

  addReadOptions(
    addCommand(
      kvgroup,
      'get <path> [file]',
      'print what stands at a path: request/resource[4F12]/operation, attribute[EMAIL]/value[]/value[*]',
      `npx plugin-host kvgroup get retval <<< '"" "" = { "retval" = "0" }'`,
    ),
  ).action(format('get'));

  addReadOptions(
    addCommand(
      kvgroup,
      'diff <a> <b>',
      'compare two messages by meaning: the order of values of one key counts, layout does not',
      `npx plugin-host kvgroup diff <(echo '"" "" = { "a" = "1" "b" = "2" }') <(echo '"" "" = { "b" = "2" "a" = "1" }')`,
    ),
  )
    .option('--show-secrets', 'do not mask secrets')
    .action(
      run(async (...parameters) => (await import('./diff.ts')).diff(...(parameters as [never, never, never, never]))),
    );
}

function addReadOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--profile <profile>', 'strict: as the product writes; compat: as plugins do, with warnings')
        .choices(['strict', 'compat'])
        .default('compat'),
    )
    .option('--stream', 'several messages, one after the other')
    .addOption(
      new Option('--encoding <name>', 'of text without a byte-order mark')
        .choices(['utf-8', 'cp1252'])
        .default('utf-8'),
    );
}
