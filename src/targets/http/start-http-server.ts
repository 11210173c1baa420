import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Certified } from '../../certificates/make-certificate.ts';
import type { TlsKind } from '../description/target-description.ts';
import { pause } from '../serving/pause.ts';
import { serve, type Service } from '../serving/serve.ts';
import { headerPairs } from './header-pairs.ts';
import type { HttpReply, HttpTarget } from './http-target.ts';
import { peek, secureConnection } from './secure-connection.ts';

interface HttpServerOptions {
  tls: TlsKind | undefined;
  /** Made when the first client wants TLS. */
  certify: (kind: Exclude<TlsKind, 'none'>) => Certified;
}

/** Serves a target over HTTP and HTTPS on one port of loopback. */
export async function startHttpServer(target: HttpTarget, { tls, certify }: HttpServerOptions): Promise<Service> {
  const closing = new AbortController();
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(target, request, response, closing.signal);
  };
  const server = createServer(take);
  const takeSecure = (socket: Socket): void => {
    const certified = certify(tls === undefined || tls === 'none' ? 'trusted' : tls);
    server.emit('connection', secureConnection(socket, certified));
  };
  const service = await serve((socket) => {
    if (tls === 'none') server.emit('connection', socket);
    else if (tls !== undefined) takeSecure(socket);
    else
      peek(socket, (isSecure) => {
        if (isSecure) takeSecure(socket);
        else server.emit('connection', socket);
      });
  });
  return {
    port: service.port,
    settled: () => service.settled(),
    close: async () => {
      closing.abort();
      await service.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  target: HttpTarget,
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  try {
    const body = await buffer(request);
    const { method = '', url = '' } = request;
    const reply = target.answer({ method, url, headers: headerPairs(request.rawHeaders), body });
    await pause(reply.delayMs, closing);
    if (!closing.aborted) send(reply, response);
  } catch (error) {
    // The client has gone, or a file of an answer has.
    if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
    response.end(`${(error as Error).message}\n`);
  }
}

function send({ status, headers, body, abort }: HttpReply, response: ServerResponse): void {
  const { socket } = response;
  if (abort === 'connect') {
    socket?.destroy();
    return;
  }
  if (abort === 'headers') {
    // A lenient client takes the end of the connection for that of the headers, but misses the body.
    socket?.end(`HTTP/1.1 ${status} \r\nContent-Length: 64\r\nContent-Ty`);
    return;
  }
  if (mayHaveBody(status)) response.setHeader('Content-Length', body.length + (abort === 'body' ? 64 : 0));
  response.writeHead(status, headers);
  if (abort !== 'body') {
    response.end(body);
    return;
  }
  response.flushHeaders();
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => socket?.end());
}

function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 304;
}
