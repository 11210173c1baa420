/** SET and GET of a Redis server, a connection each. A plugin's folder has no client, and a plugin could come to rely on one that we bundle. */
import { connect, isIP } from 'node:net';
import { connect as connectEncrypted } from 'node:tls';

const timeoutMs = 10_000;

export function createRedisClient({ host, port, database, username, password, isEncrypted, keyPrefix }) {
  const opening = [
    ...(password === '' ? [] : [['AUTH', ...[username, password].filter((each) => each !== '')]]),
    ...(database === 0 ? [] : [['SELECT', String(database)]]),
  ];
  const open = isEncrypted ? connectEncrypted : connect;
  const servername = isIP(host) ? undefined : host;
  const run = (...words) => ask(open({ host, port, servername }), [...opening, words]);
  const nameOf = (key) => keyPrefix + key;
  return {
    async set(key, value, ttl) {
      const expiry = Number.isInteger(ttl) ? ['EX', String(ttl)] : ['PX', String(Math.max(1, Math.trunc(ttl * 1000)))];
      await run('SET', nameOf(key), value, ...(ttl > 0 ? expiry : []));
    },
    get: (key) => run('GET', nameOf(key)),
  };
}

/** The reply to the last of the commands. */
function ask(socket, commands) {
  const { promise, resolve, reject } = Promise.withResolvers();
  let received = Buffer.alloc(0);
  let left = commands.length;
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error('the memory cache does not answer')));
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('the memory cache closed the connection')));
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    for (let reply = parseReply(received); reply !== undefined; reply = parseReply(received)) {
      received = received.subarray(reply.length);
      left -= 1;
      if (reply.error !== undefined) socket.destroy(new Error(reply.error));
      else if (left === 0) resolve(reply.value);
      if (reply.error !== undefined || left === 0) {
        socket.end();
        return;
      }
    }
  });
  socket.write(Buffer.concat(commands.map(encodeCommand)));
  return promise;
}

function encodeCommand(words) {
  const parts = words.map((word) => (typeof word === 'string' ? Buffer.from(word) : word));
  const encoded = parts.flatMap((part) => [Buffer.from(`$${part.length}\r\n`), part, Buffer.from('\r\n')]);
  return Buffer.concat([Buffer.from(`*${parts.length}\r\n`), ...encoded]);
}

/** Undefined until it is complete. */
function parseReply(data) {
  const end = data.indexOf('\r\n');
  if (end < 0) return undefined;
  const text = data.toString('utf8', 1, end);
  const start = end + 2;
  if (data[0] === 0x2d) return { length: start, error: text };
  if (data[0] !== 0x24) return { length: start, value: text };
  const size = Number(text);
  if (size < 0) return { length: start, value: null };
  return data.length < start + size + 2
    ? undefined
    : { length: start + size + 2, value: data.subarray(start, start + size) };
}
