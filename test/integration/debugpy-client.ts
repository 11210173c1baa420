import { once } from 'node:events';
import { connect } from 'node:net';
import { type DebugClient, Inbox, type Launch } from './debug-client.ts';

interface Message {
  type: 'response' | 'event';
  command?: string;
  event?: string;
  request_seq?: number;
  success?: boolean;
  message?: string;
  body?: Record<string, unknown>;
}

/** Speaks the Debug Adapter Protocol as an editor does that attaches. */
export async function connectDebugpy(launch: Launch): Promise<DebugClient> {
  const { host = '', port = 0 } = launch.connect ?? {};
  const socket = connect(port, host);
  await once(socket, 'connect');
  socket.on('error', () => undefined); // the process may end before we do
  const inbox = new Inbox<Message>();
  let received = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    for (;;) {
      const head = /^(?:.*\r\n)*?Content-Length: (\d+)\r\n(?:.*\r\n)*?\r\n/.exec(received.toString('latin1'));
      const end = (head?.[0].length ?? 0) + Number(head?.[1] ?? NaN);
      if (!(received.length >= end)) return;
      inbox.add(JSON.parse(received.subarray(head?.[0].length, end).toString()) as Message);
      received = received.subarray(end);
    }
  });
  let seq = 0;
  const send = (command: string, args: Record<string, unknown> = {}): number => {
    seq += 1;
    const text = JSON.stringify({ seq, type: 'request', command, arguments: args });
    socket.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    return seq;
  };
  const ask = async (command: string, args: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
    const number = send(command, args);
    const { success, message, body } = await inbox.take(({ request_seq }) => request_seq === number);
    if (success !== true) throw new Error(`${command}: ${message ?? 'refused'}`);
    return body ?? {};
  };
  await ask('initialize', { adapterID: 'debugpy', linesStartAt1: true, columnsStartAt1: true, pathFormat: 'path' });
  const attached = ask('attach', { ...launch });
  await inbox.take(({ event }) => event === 'initialized');

  let threadId = 0;
  let frameId = 0;
  return {
    async breakAt(file, line) {
      const { breakpoints } = await ask('setBreakpoints', { source: { path: file }, breakpoints: [{ line }] });
      const [breakpoint] = breakpoints as { verified: boolean; message?: string }[];
      if (breakpoint?.verified !== true) throw new Error(`${file}:${line}: ${breakpoint?.message ?? 'no breakpoint'}`);
    },
    async run() {
      await ask('configurationDone');
      await attached;
    },
    async stopped() {
      const { body } = await inbox.take(({ event }) => event === 'stopped');
      threadId = body?.['threadId'] as number;
      const { stackFrames } = await ask('stackTrace', { threadId });
      const frames = stackFrames as { id: number; line: number; source: { path: string } }[];
      frameId = frames[0]?.id ?? 0;
      return frames.map(({ line, source }) => ({ file: source.path, line }));
    },
    async evaluate(expression) {
      const { scopes } = await ask('scopes', { frameId });
      const [locals] = scopes as { name: string; variablesReference: number }[];
      const { variables } = await ask('variables', { variablesReference: locals?.variablesReference });
      const found = (variables as { name: string; value: string }[]).find(({ name }) => name === expression);
      const { result } = await ask('evaluate', { expression, frameId, context: 'watch' });
      if (found !== undefined && found.value !== result) throw new Error(`${found.value} is not ${String(result)}`);
      return result as string;
    },
    async resume() {
      await ask('continue', { threadId });
    },
    async leave() {
      await ask('disconnect', { terminateDebuggee: false });
      socket.end();
    },
    drop() {
      socket.destroy();
    },
  };
}
