import { connect } from 'node:net';
import type { RedisAddress } from '../../../state/redis-address.ts';

const timeoutMs = 3000;

/** Why a Redis server cannot be used; undefined when it can. No message contains the password. */
export async function pingRedis({
  host,
  port,
  database,
  username,
  password,
}: RedisAddress): Promise<string | undefined> {
  const commands = [
    ...(password === '' ? [] : [['AUTH', ...(username === '' ? [] : [username]), password]]),
    ['SELECT', String(database)],
    ['PING'],
  ];
  const socket = connect({ host, port });
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no answer')));
  try {
    socket.write(commands.map(encodeCommand).join(''));
    let received = '';
    for await (const bytes of socket) {
      received += (bytes as Buffer).toString('latin1');
      // Each of these has a reply of one line.
      const replies = received.split('\r\n').slice(0, -1);
      const refusal = replies.find((reply) => !reply.startsWith('+'));
      if (refusal !== undefined) return refusal.replace(/^-/, '');
      if (replies.length >= commands.length) return undefined;
    }
    return 'it closed the connection';
  } catch (error) {
    return (error as Error).message;
  } finally {
    socket.destroy();
  }
}

function encodeCommand(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
