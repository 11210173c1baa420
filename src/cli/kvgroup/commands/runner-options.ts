import { option } from '../../command/option.ts';

/** How plugins are run. */
export const runnerOptions = [
  option('--interpreter <.ext=command>', 'what runs files of an extension; repeatable', { isRepeatable: true }),
  option('--python <path>', 'interpreter for .py'),
  option('--host-config <file>', 'project file (default: plugin-host.yaml beside the plugin, then here)'),
  option('--state <dir>', 'state folder (default: .plugin-host beside the project file)'),
];
