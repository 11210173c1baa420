import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Authority } from './authority.ts';

export interface BackendRequest {
  method: string;
  /** Scheme, host and path, as the plugin meant them. */
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Subject of the certificate that the plugin showed. */
  client: string | null;
}

export interface BackendAnswer {
  status?: number;
  json?: unknown;
  text?: string;
}

/** Answers a request; `earlier` are those before it in the same call of a hook. */
export type Respond = (request: BackendRequest, earlier: readonly BackendRequest[]) => BackendAnswer;

export interface Backend extends AsyncDisposable {
  port: number;
  /** `127.0.0.1:PORT` */
  address: string;
  /** What came since the last time it was asked. */
  takeRequests: () => BackendRequest[];
}

/**
 * A vendor's service on one local port: HTTP, HTTPS, and a proxy that ends the TLS of every host it is asked to connect to. So
 * a plugin whose service has a fixed name reaches it by the proxy setting of its own configuration.
 */
export async function startBackend({ server: { key, certificate } }: Authority, respond: Respond): Promise<Backend> {
  let requests: BackendRequest[] = [];
  const sockets = new Set<Duplex>();
  const secureContext = createSecureContext({ key, cert: certificate });

  const http = createHttpServer((message, response) => {
    void readBody(message).then((body) => {
      const request = describe(message, body);
      const { status = 200, json, text } = respond(request, requests);
      requests = [...requests, request];
      response.writeHead(status, { 'content-type': text === undefined ? 'application/json' : 'text/plain' });
      response.end(text ?? JSON.stringify(json));
    });
  });
  const accept = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      // 22 opens a TLS handshake.
      if (first[0] === 22)
        serve(new TLSSocket(socket, { isServer: true, secureContext, requestCert: true, rejectUnauthorized: false }));
      else serve(socket);
    });
  };
  const serve = (socket: Duplex): void => {
    socket.on('error', () => socket.destroy());
    http.emit('connection', socket);
    socket.resume();
  };
  http.on('connect', (_, socket: Duplex, head: Buffer) => {
    if (head.length > 0) socket.unshift(head);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    accept(socket);
  });

  const server = createServer(accept);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `127.0.0.1:${port}`,
    takeRequests() {
      const taken = requests;
      requests = [];
      return taken;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function describe({ method = '', url = '', headers, socket }: IncomingMessage, body: string): BackendRequest {
  const isSecure = socket instanceof TLSSocket;
  return {
    method,
    // Some write it in full behind a proxy too.
    url: URL.canParse(url) ? url : `${isSecure ? 'https' : 'http'}://${headers.host ?? ''}${url}`,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body,
    client: (isSecure ? socket.getPeerX509Certificate()?.subject : undefined) ?? null,
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
