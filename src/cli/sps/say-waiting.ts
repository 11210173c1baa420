import type { Terminal } from '../terminal/create-terminal.ts';

/** Tells, when it is called, why a command does not go on. */
export function sayWaiting(terminal: Terminal, session: string): () => void {
  return () => {
    terminal.say(`waiting for the call of session ${session} that is under way`);
  };
}
