import { type IncomingMessage, request as sendHttp } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { plainHost } from './allow-list.ts';
import { decodeContent } from './decode-content.ts';
import type { Dialer } from './dialer.ts';
import { NetworkError } from './network-error.ts';
import type { HttpAnswer, HttpRequest } from './network.ts';
import { openTunnel } from './open-tunnel.ts';
import type { Trust } from './trusted-authorities.ts';

/** Sends requests over connections that a dialer opens. */
export class HttpClient {
  readonly #dialer: Dialer;
  readonly #trust: Trust;

  constructor(dialer: Dialer, trust: Trust) {
    this.#dialer = dialer;
    this.#trust = trust;
  }

  /** @throws NetworkError; the reason of the signal */
  async request(given: HttpRequest): Promise<HttpAnswer> {
    const limit = AbortSignal.timeout(given.timeoutMs);
    const signal = AbortSignal.any([given.signal, limit]);
    let socket: Socket | undefined;
    const onAbort = (): void => {
      socket?.destroy();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      socket = await this.#connect({ ...given, signal });
      signal.throwIfAborted();
      const answer = await exchange(socket, given);
      const distrust = distrustOf(socket);
      return distrust === undefined ? answer : { ...answer, distrust };
    } catch (error) {
      given.signal.throwIfAborted();
      if (!limit.aborted) throw toNetworkError(error, given.url);
      throw new NetworkError('TARGET_TIMEOUT', `${given.url.host} did not answer within ${given.timeoutMs} ms`);
    } finally {
      signal.removeEventListener('abort', onAbort);
      socket?.destroy();
    }
  }

  async #connect({ url, proxy, timeoutMs, signal, trustsAll }: HttpRequest): Promise<Socket> {
    const isSecure = url.protocol === 'https:';
    const host = plainHost(url.hostname);
    const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
    if (proxy !== undefined) this.#dialer.requireName(host, port);
    const socket = await this.#dialer.dial({ host: proxy?.host ?? host, port: proxy?.port ?? port, timeoutMs, signal });
    const onAbort = (): void => {
      socket.destroy();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      if (!isSecure) return socket;
      if (proxy !== undefined) await openTunnel(socket, host, port, proxy);
      // What needs node:tls is loaded when it is used.
      const { secureSocket } = await import('./secure-socket.ts');
      return await secureSocket(socket, { host, port, trustsAll, trust: this.#trust });
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}

/** As `secureSocket` has found it; undefined of what is trusted, or not secured. */
function distrustOf(socket: Socket | TLSSocket): string | undefined {
  return 'authorized' in socket && !socket.authorized ? String(socket.authorizationError) : undefined;
}

function exchange(socket: Socket, { method, url, headers, body, proxy, maxBytes }: HttpRequest): Promise<HttpAnswer> {
  const isForwarded = proxy !== undefined && url.protocol === 'http:';
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const lines: [string, string][] = [
    ...(given.has('host') ? [] : [['Host', url.host] as [string, string]]),
    ...headers.map(([name, value]): [string, string] => [name, toLatin1(value)]),
    ...(given.has('accept-encoding') ? [] : [['Accept-Encoding', 'gzip, deflate, br'] as [string, string]]),
    ...(isForwarded ? proxyHeader(proxy.user, proxy.password) : []),
    ...(body === undefined && !['POST', 'PUT', 'PATCH'].includes(method)
      ? []
      : [['Content-Length', String(body?.length ?? 0)] as [string, string]]),
    ['Connection', 'close'],
  ];
  return new Promise((resolve, reject) => {
    const sent = sendHttp({
      method,
      path: isForwarded ? url.href.replace(/#.*/, '') : url.pathname + url.search,
      headers: lines.flat(),
      createConnection: () => socket,
      joinDuplicateHeaders: false,
    });
    sent.once('error', reject);
    sent.once('response', (message) => {
      readAnswer(message, maxBytes).then(resolve, reject);
    });
    sent.end(body);
  });
}

function proxyHeader(user: string | undefined, password: string | undefined): [string, string][] {
  if (user === undefined) return [];
  return [['Proxy-Authorization', `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`]];
}

/** Headers are sent byte by byte. */
function toLatin1(value: string): string {
  return Buffer.from(value).toString('latin1');
}

async function readAnswer(message: IncomingMessage, maxBytes: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  const headers: [string, string][] = [];
  for (let at = 0; at < message.rawHeaders.length; at += 2)
    headers.push([message.rawHeaders[at] ?? '', message.rawHeaders[at + 1] ?? '']);
  const encoding = message.headers['content-encoding'];
  const body = await decodeContent(Buffer.concat(chunks), encoding, maxBytes);
  return { status: message.statusCode ?? 0, headers, body };
}

function tooLarge(maxBytes: number): NetworkError {
  return new NetworkError('TARGET_CLOSED', `the answer is larger than ${maxBytes} bytes`);
}

function toNetworkError(error: unknown, url: URL): unknown {
  if (error instanceof NetworkError || !(error instanceof Error)) return error;
  return new NetworkError(
    'TARGET_CLOSED',
    `${url.host} ended the connection before its answer was whole: ${error.message}`,
    {
      cause: error,
    },
  );
}
