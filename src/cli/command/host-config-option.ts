import { option } from './option.ts';

/** Of the commands of every system. */
export const hostConfigOption = option(
  '--host-config <file>',
  'project file (default: plugin-host.yaml in the folder of the plugin or above it, then here or above)',
);
