import { readWord, type ReplyLine } from './shim-request.ts';

/** What a plugin with backends wanted and did not get from them. */
export type Connection =
  | { host: string; port: number; transport: 'tcp' | 'udp' }
  /** Code that does its own connections. */
  | { program: string };

/** The plugin may have written on the channel itself: what does not have the shape is ignored. */
export function readConnections(lines: readonly ReplyLine[]): Connection[] {
  return lines
    .filter(({ tag }) => tag === 'connection')
    .flatMap((line): Connection[] => {
      const { host, port, transport, program } = readWord(line);
      if (typeof program === 'string') return [{ program }];
      if (typeof host !== 'string' || typeof port !== 'number') return [];
      return [{ host, port, transport: transport === 'udp' ? 'udp' : 'tcp' }];
    });
}
