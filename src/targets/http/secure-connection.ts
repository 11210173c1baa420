import type { Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Certified } from '../../certificates/make-certificate.ts';

/** First byte of a client that begins with TLS. */
const handshake = 0x16;

/** The server's side of TLS on a connection. */
export function secureConnection(socket: Socket, certified: Certified): TLSSocket {
  const secureContext = contextOf(certified);
  const secure = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
  secure.on('error', () => {
    socket.destroy(); // a client that does not trust it goes
  });
  return secure;
}

const contexts = new WeakMap<Certified, SecureContext>();

/** One for each certificate: to read it takes longer than a handshake. */
function contextOf(certified: Certified): SecureContext {
  const known = contexts.get(certified) ?? createSecureContext({ ...certified });
  contexts.set(certified, known);
  return known;
}

/** Whether a client begins with TLS; the socket still has what it sent. */
export function peek(socket: Socket, tell: (isSecure: boolean) => void): void {
  socket.once('data', (chunk: Buffer) => {
    socket.pause();
    socket.unshift(chunk);
    tell(chunk[0] === handshake);
    process.nextTick(() => socket.resume());
  });
  socket.once('end', () => socket.end());
}
