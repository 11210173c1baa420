/** What an environment may have besides the SDK, and what plugins need of it. */
export const extraNames = ['tests', 'debugger', 'coverage'] as const;

export type Extra = (typeof extraNames)[number];

/** Packages of which the newest does. Those of `tests` are what the SDK's own tasks pin. */
export const extraPackages: Readonly<Record<Extra, readonly string[]>> = {
  tests: [],
  debugger: ['debugpy'],
  coverage: ['coverage'],
};
