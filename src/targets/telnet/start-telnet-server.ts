import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { durationMs } from '../description/duration-ms.ts';
import type { TelnetDescription } from '../description/target-description.ts';
import { pause } from '../serving/pause.ts';
import { serve, type Service } from '../serving/serve.ts';
import { runShell } from '../terminal/run-shell.ts';
import type { ShellTarget } from '../terminal/shell-target.ts';
import { Terminal } from '../terminal/terminal.ts';
import { encodeTelnet, greeting, TelnetCodec } from './telnet-codec.ts';

/** Serves a target over Telnet on a port of loopback. */
export async function startTelnetServer(target: ShellTarget, description: TelnetDescription): Promise<Service> {
  const closing = new AbortController();
  const service = await serve((socket) => {
    void talk(socket, target, description, closing.signal);
  });
  return {
    port: service.port,
    settled: () => service.settled(),
    close: async () => {
      closing.abort();
      await service.close();
    },
  };
}

async function talk(
  socket: Socket,
  target: ShellTarget,
  { echo, delay, login }: TelnetDescription,
  closing: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  const signal = AbortSignal.any([gone.signal, closing]);
  const decoder = new StringDecoder();
  const codec = new TelnetCodec();
  const terminal = new Terminal(
    { write: (text) => (socket.writable ? socket.write(encodeTelnet(text)) : undefined) },
    { isTty: true, isEchoing: echo !== false },
  );
  socket.on('data', (chunk: Buffer) => {
    const { data, reply } = codec.receive(chunk);
    if (reply.length > 0 && socket.writable) socket.write(reply);
    if (codec.clientEchoes) terminal.isEchoing = false;
    terminal.input.push(decoder.write(data));
  });
  socket.on('end', () => {
    terminal.input.end();
  });
  socket.on('close', () => {
    gone.abort();
    terminal.input.end();
  });
  await pause(durationMs(delay) ?? 0, signal);
  if (socket.writable) socket.write(greeting);
  await runShell({ target, terminal, signal }, login);
  socket.end();
}
