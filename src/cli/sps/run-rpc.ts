import { createInterface } from 'node:readline';
import { serveRpc } from '../../sps/session/serve-rpc.ts';
import type { Terminal } from '../terminal/create-terminal.ts';

const interruptedExitCode = 130;

/** Serves other programs on standard input and output until the input ends. */
export async function runRpc(terminal: Terminal): Promise<number> {
  const { interrupted } = terminal;
  // As bytes, so that what is not text is reported and not replaced.
  const lines = createInterface({ input: process.stdin.setEncoding('latin1'), crlfDelay: Infinity });
  interrupted.addEventListener('abort', () => {
    lines.close();
    process.stdin.destroy();
  });
  await serveRpc(
    toBytes(lines),
    (document) => {
      terminal.print(document);
    },
    interrupted,
  );
  return interrupted.aborted ? interruptedExitCode : 0;
}

async function* toBytes(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(line, 'latin1');
}
