import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../base/parse-duration.ts';
import { addCommand, type Context } from '../command/add-command.ts';

/** `run`. Loaded when it is called: with the points it is a command that others need not wait for. */
export function defineRun(kvgroup: Command, { run }: Context): void {
  const command = addCommand(
    kvgroup,
    'run <plugin>',
    'run a plugin as the product would, and tell what its answer is worth',
    'npx plugin-host kvgroup run sample-plugins/kvgroup/profile_id.py --point 03',
  );
  addRunnerOptions(command)
    .requiredOption('--point <point>', 'number (03) or name of the setting ("IDSYNCH ID PLUGIN")')
    .option('--in <file>', 'input; - for standard input (default: a fixture of the point)')
    .option('--items <file>', 'items for a filter, one KVGroup after the other')
    .option('--settle', 'run again as the product does, at most ten times')
    .option('--taken <ids>', 'profile IDs that are in use, such as a,b: they come back as conflicts; with --settle')
    .addOption(
      new Option('--timeout <duration>', 'for a call, or for one item (default: 60s, 10s)').argParser(toDuration),
    )
    .option('--strict', 'what is a warning about text and exit code is an error')
    .option('--stdout-encoding <name>', 'how standard output is read: utf-8, cp1252', 'utf-8')
    .option('--record <dir>', 'keep standard input, output and error and the times')
    .option('--show-secrets', 'do not mask secrets')
    .action(run(async (...parameters) => (await import('./run.ts')).run(...(parameters as [never, never, never]))));
}

export function addRunnerOptions(command: Command): Command {
  return command
    .option('--interpreter <.ext=command>', 'what runs files of an extension; repeatable', collect)
    .option('--python <path>', 'interpreter for .py')
    .option('--host-config <file>', 'project file (default: plugin-host.yaml beside the plugin, then here)')
    .option('--state <dir>', 'state folder (default: .plugin-host beside the project file)');
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

function toDuration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === undefined) throw new InvalidArgumentError('Expected a duration such as 60s, 2m, 1500ms.');
  return durationMs;
}
