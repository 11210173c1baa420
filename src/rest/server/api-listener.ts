import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { drain } from '../../loopback/drain.ts';
import { askedOf } from '../../loopback/judge-origin.ts';
import { maxZipBytes } from '../../sps/package/zip-content.ts';
import type { RestRequest } from '../call.ts';
import type { RestAnswer, RestApi } from '../rest-api.ts';
import { RestFault } from '../rest-fault.ts';
import { checkOrigin } from './check-origin.ts';
import { readBody } from './read-body.ts';
import { type AccessFacts, renderAccess } from './render-access.ts';
import { Slots } from './slots.ts';

export interface ListenerOptions {
  api: RestApi;
  /** Undefined: plain HTTP. */
  tls: { cert: string; key: string } | undefined;
  allowHosts: readonly string[];
  uploadLimitBytes: number;
  log: (line: string) => void;
}

const headerLimitBytes = 16 * 1024;
const targetLimitBytes = 8 * 1024;
const jsonLimitBytes = 1024 * 1024;
/** Node refuses a head that is longer without telling why. */
const headLimitBytes = 64 * 1024;
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 300_000;
const bodyIdleMs = 30_000;
const keepAliveMs = 60_000;
const maxConnections = 512;
const maxUploads = 4;
const closeMs = 10_000;

/** What a package may have at most, and what multipart adds to it; of a longer upload the rest is only counted. */
const keptBytes = maxZipBytes + 64 * 1024;

/** The API over HTTP/1.1, plain or in TLS, within its limits. */
export class ApiListener {
  readonly server: Server;
  readonly #options: ListenerOptions;
  readonly #uploads = new Slots(maxUploads);
  #isClosing = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
    const settings = {
      maxHeaderSize: headLimitBytes,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: 1000,
      requireHostHeader: false, // answered by us, in the form of the API
    };
    const take = (request: IncomingMessage, response: ServerResponse): void => {
      void this.#answer(request, response);
    };
    const { tls } = options;
    this.server =
      tls === undefined
        ? createServer(settings, take)
        : createTlsServer({ ...settings, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: headersTimeoutMs }, take);
    this.server.maxConnections = maxConnections;
    this.server.on('checkContinue', take).on('checkExpectation', take).on('clientError', refuseClient);
  }

  /** Requests under way are answered first, but not for ever. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.server.close(() => {
      resolve(undefined);
    });
    this.server.closeIdleConnections();
    const timer = setTimeout(() => {
      this.server.closeAllConnections();
    }, closeMs);
    await promise;
    clearTimeout(timer);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedMs = performance.now();
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    const { target, authority } = splitTarget(request.url ?? '');
    const answer = await this.#respond(request, response, target, authority);
    const bytes = this.#send(request, response, answer);
    const facts: AccessFacts = { request, target, answer, bytes, ms: performance.now() - startedMs, id: newId() };
    this.#options.log(renderAccess(facts));
  }

  async #respond(
    request: IncomingMessage,
    response: ServerResponse,
    target: string,
    authority: string | undefined,
  ): Promise<RestAnswer> {
    const { api } = this.#options;
    try {
      this.#check(request, target, authority);
    } catch (fault) {
      if (fault instanceof RestFault) return api.refuse(target, fault);
      throw fault;
    }
    const { headers, method = '' } = request;
    const asked: RestRequest = {
      method,
      target,
      headers: headers as RestRequest['headers'],
      hasLength: headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined,
      readBody: (kind) => this.#readBody(request, response, kind),
    };
    return api.respond(asked);
  }

  /** @throws RestFault */
  #check(request: IncomingMessage, target: string, authority: string | undefined): void {
    const headerBytes = request.rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
    if (Buffer.byteLength(request.url ?? '') > targetLimitBytes) {
      throw new RestFault('UriTooLong', `The target has more than ${targetLimitBytes} bytes`);
    }
    if (headerBytes > headerLimitBytes) {
      throw new RestFault('HeadersTooLarge', `The headers have more than ${headerLimitBytes} bytes together`);
    }
    const scheme = this.#options.tls === undefined ? 'http' : 'https';
    const { allowHosts } = this.#options;
    checkOrigin({ ...askedOf(request), authority }, { scheme, allowHosts });
    if (!target.startsWith('/')) throw new RestFault('NotFound', 'There is no such resource');
  }

  async #readBody(request: IncomingMessage, response: ServerResponse, kind: 'json' | 'upload'): Promise<Buffer> {
    const limitBytes = kind === 'upload' ? this.#options.uploadLimitBytes : jsonLimitBytes;
    const read = (): Promise<Buffer> => {
      const isExpecting = request.headers.expect?.toLowerCase() === '100-continue';
      if (isExpecting && Number(request.headers['content-length'] ?? 0) <= limitBytes) response.writeContinue();
      return readBody(request, { limitBytes, keptBytes, idleMs: bodyIdleMs });
    };
    return kind === 'upload' ? this.#uploads.use(read) : read();
  }

  #send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: RestAnswer): number {
    const text = JSON.stringify(body);
    const bytes = Buffer.byteLength(text);
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', bytes);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (this.#isClosing || !request.complete) response.setHeader('Connection', 'close');
    response.end(text);
    if (!request.complete) drain(request);
    return bytes;
  }
}

/** What is no request, or comes too slowly. What is no HTTP, such as a failed handshake, gets no answer. */
function refuseClient(error: NodeJS.ErrnoException, socket: Socket): void {
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : error.code?.startsWith('HPE_') === true
          ? '400 Bad Request'
          : undefined;
  if (status === undefined || !socket.writable) {
    socket.destroy();
    return;
  }
  const type = status.startsWith('431')
    ? 'HeadersTooLarge'
    : status.startsWith('408')
      ? 'RequestTimeout'
      : 'SyntacticError';
  const message =
    type === 'HeadersTooLarge' ? 'The headers are too large' : 'The request is not HTTP/1.1, or came too slowly';
  const body = JSON.stringify({ error: { type, message, details: {} }, meta: { href: null, parent: null } });
  const headers = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`, () => {
    socket.destroySoon();
  });
}

/** A proxy sends the whole address. */
function splitTarget(url: string): { target: string; authority: string | undefined } {
  const [, authority, target] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (authority === undefined) return { target: url, authority: undefined };
  return { target: target === undefined || target === '' ? '/' : target, authority };
}

function newId(): string {
  return randomBytes(6).toString('hex');
}
