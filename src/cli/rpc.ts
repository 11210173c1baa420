import { createInterface } from 'node:readline';
import { serveRpc } from '../sps/testing/serve-rpc.ts';
import type { Terminal } from './terminal.ts';

const interruptedExitCode = 130;

/** Serves other programs on standard input and output until the input ends. */
export async function runRpc(terminal: Terminal): Promise<number> {
  const { interrupted } = terminal;
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  interrupted.addEventListener('abort', () => {
    lines.close();
    process.stdin.destroy();
  });
  await serveRpc(
    lines,
    (document) => {
      terminal.print(document);
    },
    interrupted,
  );
  return interrupted.aborted ? interruptedExitCode : 0;
}
