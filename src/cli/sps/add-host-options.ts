import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../base/parse-duration.ts';

export function addHostOptions(command: Command): Command {
  return addHostChoices(command, { api: '1.9', spsVersion: '9.0.0' });
}

/** How plugins are run; without defaults where something else knows them. */
export function addHostChoices(command: Command, defaults: { api?: string; spsVersion?: string } = {}): Command {
  return command
    .option('--host-config <file>', 'project file (default: plugin-host.yaml in the plugin folder, then here)')
    .option('--state <dir>', 'state folder (default: .plugin-host beside the project file)')
    .option('--python <path>', 'interpreter for Python plugins')
    .addOption(
      new Option('--proxy-timeout <duration>', 'such as 600s, 10m, 1500ms; a plugin gets half').argParser(toDuration),
    )
    .option('--api <version>', 'API of the emulated release', defaults.api)
    .option('--sps-version <version>', 'version of the emulated release', defaults.spsVersion);
}

export function addStateOptions(command: Command, plugin: string): Command {
  return command
    .option('-p, --plugin <path>', plugin, '.')
    .option('--host-config <file>', 'project file (default: plugin-host.yaml in the plugin folder, then here)')
    .option('--state <dir>', 'state folder (default: .plugin-host beside the project file)');
}

/** Of the commands whose calls are forked from a server otherwise. */
export const coldText = 'a fresh interpreter instead of the fork server, for each call';

export function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

function toDuration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === undefined) throw new InvalidArgumentError('Expected a duration such as 600s, 10m, 1500ms.');
  return durationMs;
}
