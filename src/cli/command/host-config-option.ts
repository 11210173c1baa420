import { option } from './option.ts';

/** Of the commands of every system. */
export const hostConfigOption = option(
  '--host-config <file>',
  'project file (default: plugin-host.yaml in the plugin folder, then here)',
);
