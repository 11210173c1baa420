import type { Terminal } from './create-terminal.ts';

const interruptKey = '\u0003';

/** Whether keys can be read one by one, and whoever types sees what they do. */
export function hasKeys({ TERM: kind }: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && process.stderr.isTTY && kind !== 'dumb';
}

/**
 * Reads single keys until it is closed; then the terminal is as it was. Ctrl-C does what it always does.
 * @param onKey Gets the character; Enter is `\r`
 */
export function readKeys(terminal: Pick<Terminal, 'interrupt'>, onKey: (key: string) => void): { close: () => void } {
  const { stdin } = process;
  const listen = (typed: string): void => {
    for (const key of typed) {
      if (key === interruptKey) terminal.interrupt();
      else onKey(key === '\n' ? '\r' : key);
    }
  };
  stdin.setEncoding('utf8');
  stdin.setRawMode(true);
  stdin.on('data', listen);
  stdin.resume();
  return {
    close() {
      stdin.off('data', listen);
      stdin.pause();
      stdin.setRawMode(false);
    },
  };
}
