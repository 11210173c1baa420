import { createServer, type IncomingMessage, request as requestPlain, type ServerResponse } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { headerPairs } from '../http/header-pairs.ts';
import { ownAuthority } from '../http/own-authority.ts';
import { peek, secureConnection } from '../http/secure-connection.ts';
import { serve } from '../serving/serve.ts';
import type { RecordedAnswer, RecordedExchange } from './recorded-exchange.ts';

/** Where a client wanted to go. */
interface Destination {
  host: string;
  port: number;
}

/** A request that was passed on, and where to. */
export interface PassedExchange extends RecordedExchange {
  destination: Destination;
  isSecure: boolean;
  request: RecordedExchange['request'] & { method: string; body: Buffer };
}

export interface TrafficRecorder {
  /** On loopback; each stands for one destination once that is known. */
  ports: readonly number[];
  /** Says where the clients of a port want to go. */
  meet: (index: number, destination: Destination) => void;
  exchanges: readonly PassedExchange[];
  close: () => Promise<void>;
}

interface Line {
  destination: Destination;
  isSecure: boolean;
}

const decoders: Record<string, (data: Buffer) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * Passes requests on to where they were meant to go, and keeps them with their answers. It shows the client a certificate of its own, and asks
 * of the server one that `ca` trusts.
 */
export async function startTrafficRecorder(count: number, ca: readonly string[]): Promise<TrafficRecorder> {
  const exchanges: PassedExchange[] = [];
  const lines = new WeakMap<object, Line>();
  const met = Array.from({ length: count }, () => Promise.withResolvers<Destination>());
  const server = createServer((request, response) => {
    const line = lines.get(request.socket);
    if (line === undefined) request.socket.destroy();
    else void pass(request, response, line);
  });

  const pass = async (request: IncomingMessage, response: ServerResponse, line: Line): Promise<void> => {
    const { method = '', url = '/' } = request;
    const { host, port } = line.destination;
    const origin = `${line.isSecure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
    const headers = headerPairs(request.rawHeaders);
    const startedAt = performance.now();
    const body = await buffer(request);
    const asked = { method, url: new URL(url, origin), headers, body, timeoutMs: 0 };
    const exchange: PassedExchange = { ...line, request: asked };
    exchanges.push(exchange);
    try {
      const { raw, answer } = await send(line, { method, url, headers: request.rawHeaders, body }, ca);
      Object.assign(exchange, { result: answer, tookMs: performance.now() - startedAt });
      response.writeHead(answer.status, withoutFraming(answer.headers).flat());
      response.end(raw);
    } catch {
      const tookMs = performance.now() - startedAt;
      const code = response.destroyed ? 'TARGET_TIMEOUT' : 'CONNECTION_FAILED';
      Object.assign(exchange, { failure: { code }, tookMs, request: { ...asked, timeoutMs: tookMs } });
      request.socket.destroy();
    }
  };

  const take = async (socket: Socket, index: number): Promise<void> => {
    const destination = await met[index]?.promise;
    if (destination === undefined) return;
    peek(socket, (isSecure) => {
      const used = isSecure ? secureConnection(socket, ownAuthority().certify(destination.host, 'trusted')) : socket;
      lines.set(used, { destination, isSecure });
      server.emit('connection', used);
    });
  };
  const services = await Promise.all(
    met.map((_, index) =>
      serve((socket) => {
        void take(socket, index);
      }),
    ),
  );
  return {
    ports: services.map(({ port }) => port),
    meet: (index, destination) => met[index]?.resolve(destination),
    exchanges,
    close: async () => {
      await Promise.all(services.map((each) => each.close()));
      server.closeAllConnections();
    },
  };
}

interface Sent {
  method: string;
  url: string;
  /** Names and values in turn. */
  headers: string[];
  body: Buffer;
}

async function send(
  { destination: { host, port }, isSecure }: Line,
  { method, url, headers, body }: Sent,
  ca: readonly string[],
): Promise<{ raw: Buffer; answer: RecordedAnswer }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const options = { host, port, method, path: url, headers, setHost: false, agent: false } as const;
  const request = isSecure ? requestSecure({ ...options, ca: [...ca] }, resolve) : requestPlain(options, resolve);
  request.on('error', reject);
  request.end(body);
  const response = await promise;
  const raw = await buffer(response);
  const decode = decoders[response.headers['content-encoding'] ?? ''];
  return {
    raw,
    answer: {
      status: response.statusCode ?? 0,
      headers: headerPairs(response.rawHeaders),
      body: decode === undefined ? raw : await decode(raw),
    },
  };
}

/** The body is sent as a whole. */
function withoutFraming(headers: RecordedAnswer['headers']): [string, string][] {
  return headers
    .filter(([name]) => !/^(?:transfer-encoding|connection|keep-alive)$/i.test(name))
    .map(([...pair]) => pair);
}
