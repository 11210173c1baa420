import { createInterface, type Interface } from 'node:readline';
import { PassThrough } from 'node:stream';
import type { Terminal } from './create-terminal.ts';

/**
 * Asks in the terminal, and shows the prompt verbatim; without echo, typing is hidden. Null when the user leaves (Ctrl-D).
 * @throws the reason of the interruption, after Ctrl-C
 */
export async function askInTerminal(terminal: Terminal, prompt: string, hasEcho: boolean): Promise<string | null> {
  // The line editor repeats what is typed; without echo it writes to nowhere.
  const output = hasEcho ? process.stderr : new PassThrough().resume();
  const lines = createInterface({ input: process.stdin, output, terminal: true, prompt: '' });
  // Only now: the terminal itself must not repeat what is typed right after the prompt.
  showPrompt(lines, prompt, hasEcho);
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

/** The editor must know the last line, so that it erases nothing before it. */
function showPrompt(lines: Interface, prompt: string, hasEcho: boolean): void {
  if (!hasEcho) {
    process.stderr.write(prompt);
    return;
  }
  const start = prompt.lastIndexOf('\n') + 1;
  process.stderr.write(prompt.slice(0, start));
  lines.setPrompt(prompt.slice(start));
  lines.prompt();
}

export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}
