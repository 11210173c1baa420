import type { Level } from '../../base/problem.ts';

/** In which colour a problem of each level is shown. */
export const levelColours = { error: 'red', warning: 'yellow', info: 'dim' } as const satisfies Record<Level, string>;
