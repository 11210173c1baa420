import { StringDecoder } from 'node:string_decoder';
import type { ServerChannel, Session } from 'ssh2';
import type { AnsweredCommand } from '../matching/target-records.ts';
import type { Ending } from '../terminal/ending.ts';
import { runCommand } from '../terminal/run-command.ts';
import { runShell } from '../terminal/run-shell.ts';
import type { ShellTarget } from '../terminal/shell-target.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Connected {
  /** The connection has ended. */
  signal: AbortSignal;
  disconnect: () => void;
}

/** Answers one channel of a connection: a shell, or a command alone. */
export function takeSession(session: Session, target: ShellTarget, connected: Connected): void {
  let isTty = false;
  let terminal: Terminal | undefined;
  const open = (stream: ServerChannel): Terminal => {
    terminal = new Terminal(
      { write: (text) => stream.write(text), writeError: (text) => stream.stderr.write(text) },
      { isTty, isEchoing: target.description.echo !== false },
    );
    feed(terminal, stream);
    return terminal;
  };
  session.on('pty', (accept) => {
    isTty = true;
    (accept as (() => void) | undefined)?.();
  });
  session.on('env', (accept) => (accept as (() => void) | undefined)?.());
  session.on('window-change', (accept) => (accept as (() => void) | undefined)?.());
  session.on('signal', (accept) => {
    (accept as (() => void) | undefined)?.();
    terminal?.input.interrupt();
  });
  session.on('shell', (accept) => {
    const stream = accept();
    void runShell({ target, terminal: open(stream), signal: connected.signal }).then((ending) => {
      finish(stream, ending, connected);
    });
  });
  session.on('exec', (accept, _reject, { command }) => {
    const stream = accept();
    const record: AnsweredCommand = { command: command.trim(), exit: null };
    target.records.commands.push(record);
    const talking = open(stream);
    stream.on('close', () => {
      keepUnread(record, talking);
    });
    void runCommand(
      record.command,
      { target, terminal: talking, signal: connected.signal },
      { record, isShell: false },
    ).then((ending) => {
      keepUnread(record, talking);
      finish(stream, ending, connected);
    });
  });
}

function feed({ input }: Terminal, stream: ServerChannel): void {
  const decoder = new StringDecoder();
  stream.on('data', (chunk: Buffer) => {
    input.push(decoder.write(chunk));
  });
  stream.on('end', () => {
    input.end();
  });
  stream.on('close', () => {
    input.end();
  });
}

/** Input that a command did not ask for was sent all the same. */
function keepUnread(record: AnsweredCommand, { input }: Terminal): void {
  const unread = input.takeUnread();
  if (unread.length > 0) record.stdin = [...(record.stdin ?? []), ...unread];
}

function finish(stream: ServerChannel, ending: Ending, { disconnect }: Connected): void {
  if (ending.kind === 'disconnect') {
    disconnect();
    return;
  }
  if (ending.kind === 'exit') stream.exit(ending.code);
  else stream.exit(ending.signal);
  stream.end();
}
