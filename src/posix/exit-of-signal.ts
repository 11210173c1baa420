/** Signals that end a program, by their names without SIG. Source: POSIX, and Linux for those that it leaves open. */
const numbers: Record<string, number> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  SEGV: 11,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
};

/** The exit status that a shell tells of a program that a signal ended, with SIG or without; undefined of an unknown signal. */
export function exitOfSignal(signal: string | null): number | undefined {
  const name = (signal ?? '').replace(/^SIG/, '');
  const number = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
  return number === undefined ? undefined : 128 + number;
}
