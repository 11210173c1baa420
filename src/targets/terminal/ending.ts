/** How a command or a session ends. */
export type Ending =
  | { kind: 'exit'; code: number }
  /** Without SIG. */
  | { kind: 'signal'; signal: string }
  | { kind: 'disconnect' };

export function exitWith(code: number): Ending {
  return { kind: 'exit', code };
}

/** What a shell makes of it, undefined when nothing came to an end. */
export function exitCodeOf(ending: Ending): number | undefined {
  if (ending.kind === 'exit') return ending.code;
  return ending.kind === 'signal' ? 128 + (signalNumbers[ending.signal] ?? 0) : undefined;
}

const signalNumbers: Record<string, number> = {
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
