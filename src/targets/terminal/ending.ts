import { exitOfSignal } from '../../posix/exit-of-signal.ts';

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
  return ending.kind === 'signal' ? (exitOfSignal(ending.signal) ?? 128) : undefined;
}
