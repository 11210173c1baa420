import type { PluginOptions } from '../../src/index.ts';

/** How the library starts the process of a call, and what asks for it; every mode is to give the same results. */
export const startModes = { cold: { processes: 'cold' }, warm: { processes: 'warm' } } satisfies Record<
  string,
  PluginOptions
>;
