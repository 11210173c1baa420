import { constants } from 'node:os';

/** How a command ended, in a supervisor's words. */
export function readExit(word: string, number: number): { exitCode: number } | { signal: string } {
  return word === 'exited' ? { exitCode: number } : { signal: signalName(number) };
}

function signalName(number: number): string {
  const [name] = Object.entries(constants.signals).find(([, each]) => each === number) ?? [];
  return name ?? `signal ${number}`;
}
