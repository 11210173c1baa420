import { readWord, type ReplyLine } from './shim-request.ts';

/** What a plugin with backends wanted and did not get from them, or gets from the real system while that is recorded. */
export type Connection =
  | { host: string; port: number; transport: 'tcp' | 'udp' }
  /** By the number of the port that stands for it. */
  | { host: string; port: number; recorded: number }
  /** Code that does its own connections. */
  | { program: string };

const tagOfConnections = 'connection';

/** The plugin may have written on the channel itself: what does not have the shape is ignored. */
export function readConnection(line: ReplyLine): Connection | undefined {
  if (line.tag !== tagOfConnections) return undefined;
  const { host, port, transport, program, recorded } = readWord(line);
  if (typeof program === 'string') return { program };
  if (typeof host !== 'string' || typeof port !== 'number') return undefined;
  if (typeof recorded === 'number') return { host, port, recorded };
  return { host, port, transport: transport === 'udp' ? 'udp' : 'tcp' };
}
