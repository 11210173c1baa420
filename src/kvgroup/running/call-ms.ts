/**
 * Time allowances, in milliseconds. The product documents none; these are ours.
 */
export const callMs = 60_000;
export const itemMs = 10_000;
export const streamMs = 300_000;
export const trapMs = 300_000;

/** Between the polite signal and the hard one, in milliseconds. Ours. */
export const graceMs = 2000;

/** Of standard output; more is a protocol error. Ours. */
export const outputLimitBytes = 16 * 1024 * 1024;

/** Of standard error; the last of more is kept. Ours. */
export const stderrLimitBytes = 64 * 1024;

/** A run that is made again and again ends with this one. Ours. */
export const maximumRuns = 10;

/** The host stops asking a generator after so many objects, as a caller with a limit of its own may. Ours. */
export const generatorLimit = 1000;
