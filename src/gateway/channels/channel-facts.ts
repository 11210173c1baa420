/** What is kept and told of a channel when it has closed. */
export interface ChannelFacts {
  /** Of the session, from 1, in the order in which they were opened. */
  n: number;
  type: 'shell' | 'exec' | 'subsystem' | 'forward';
  /** The command, the name of the subsystem, or where to: `HOST:PORT`, or the path of a socket. Masked. */
  command: string | null;
  /** As it was first asked for. */
  pty: { term: string; columns: number; rows: number } | null;
  exitStatus: number | null;
  /** With which the target's program ended, such as `SIGKILL`. */
  signal: string | null;
  /** From the client. */
  bytesIn: number;
  /** To the client, of both streams. */
  bytesOut: number;
  /** The file. */
  recording: string | null;
  /** Of a forwarding that the gateway or the target did not open. */
  refused?: true;
}
