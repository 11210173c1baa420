/**
 * Time limits, in milliseconds. The product documents none; these are ours.
 */
export const callMs = 60_000;
export const itemMs = 10_000;
export const streamMs = 300_000;
export const trapMs = 300_000;

/** Between the polite signal and the hard one, in milliseconds. Ours. */
export const graceMs = 2000;

/** Of standard output; more is a protocol error. Ours. */
export const outputLimitBytes = 16 * 1024 * 1024;

/** Of standard error; of more, the last part is kept. Ours. */
export const stderrLimitBytes = 64 * 1024;

/** A plugin that is run again and again is run this many times. Ours. */
export const maximumRuns = 10;

/** The host stops asking a generator after this many objects, as a caller with a limit may do. Ours. */
export const generatorLimit = 1000;
