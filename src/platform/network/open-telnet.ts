import type { Socket } from 'node:net';
import type { Dialer } from './dialer.ts';
import type { Line, TelnetOptions, TerminalShape } from './network.ts';
import { TelnetDecoder } from './telnet-decoder.ts';

/** A line to a Telnet server; options are negotiated on the way. */
export async function openTelnet(dialer: Dialer, { terminal, ...dial }: TelnetOptions): Promise<Line> {
  const socket = await dialer.dial(dial);
  return lineOf(socket, terminal);
}

function lineOf(socket: Socket, terminal: TerminalShape): Line {
  const takers: ((data: Buffer) => void)[] = [];
  const early: Buffer[] = [];
  const decoder = new TelnetDecoder(terminal, (answer) => {
    socket.write(answer);
  });
  socket.on('error', () => undefined); // its close follows
  socket.on('data', (data: Buffer) => {
    const text = decoder.decode(data);
    if (text.length === 0) return;
    if (takers.length === 0) early.push(text);
    for (const take of takers) take(text);
  });
  return {
    write: (data) => {
      socket.write(escapeCommands(data));
    },
    onData: (take) => {
      takers.push(take);
      for (const data of early.splice(0)) take(data);
    },
    onClose: (end) => {
      socket.once('close', end);
    },
    close: () => {
      socket.destroy();
    },
  };
}

const interpretAsCommand = 255;

/** A byte that would begin a command is doubled. Source: RFC 854. */
function escapeCommands(data: Buffer): Buffer {
  if (!data.includes(interpretAsCommand)) return data;
  return Buffer.from([...data].flatMap((byte) => (byte === interpretAsCommand ? [byte, byte] : [byte])));
}
