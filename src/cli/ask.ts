import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import type { Terminal } from './terminal.ts';

/**
 * Asks in the terminal, the prompt shown verbatim; what is typed stays invisible without echo. Null when the user leaves (Ctrl-D).
 * @throws the reason of the interruption, after Ctrl-C
 */
export async function askInTerminal(terminal: Terminal, prompt: string, hasEcho: boolean): Promise<string | null> {
  process.stderr.write(prompt);
  // The editor of the line repeats what is typed; where nothing is to be seen, it writes into the void.
  const output = hasEcho ? process.stderr : new PassThrough().resume();
  const lines = createInterface({ input: process.stdin, output, terminal: true, prompt: '' });
  const { interrupted } = terminal;
  try {
    return await new Promise<string | null>((resolve, reject) => {
      const onInterruption = (): void => {
        reject(interrupted.reason as Error);
      };
      if (interrupted.aborted) onInterruption();
      interrupted.addEventListener('abort', onInterruption, { once: true });
      lines.once('line', resolve);
      lines.once('close', () => {
        resolve(null);
      });
      lines.once('SIGINT', () => {
        terminal.interrupt();
      });
    });
  } finally {
    lines.close();
    if (!hasEcho || interrupted.aborted) process.stderr.write('\n');
  }
}

export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}
