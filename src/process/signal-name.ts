import { constants } from 'node:os';

/** `SIGKILL` for 9. */
export function signalName(number: number): string {
  const [name] = Object.entries(constants.signals).find(([, each]) => each === number) ?? [];
  return name ?? `signal ${number}`;
}
