import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority } from '../../../src/targets/http/create-authority.ts';

/** A request as a service reads it. */
export interface WebRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  header: (name: string) => string;
  cookie: (name: string) => string | undefined;
  /** Of Basic authentication: `user:password`; empty without. */
  basic: string;
  bearer: string;
  text: string;
  json: () => Record<string, unknown>;
  form: () => URLSearchParams;
}

export interface WebAnswer {
  /** Default 200. */
  status?: number;
  /** A name may come several times. */
  headers?: readonly (readonly [string, string])[];
  json?: unknown;
  html?: string;
}

export interface Web {
  /** For `--connect-to`, as if the service had its own name on the usual port. */
  connectTo: readonly string[];
  port: number;
  ca: string;
  requests: WebRequest[];
  close: () => Promise<void>;
}

/** A service over HTTPS whose certificate is good for its name. */
export async function startWeb(host: string, serve: (request: WebRequest) => WebAnswer): Promise<Web> {
  const authority = createAuthority(new Date());
  const requests: WebRequest[] = [];
  const server = createServer(authority.certify(host, 'trusted'), (message, response) => {
    void readRequest(message).then((request) => {
      requests.push(request);
      const { status = 200, headers = [], json, html } = serve(request);
      const type = json === undefined ? 'text/html; charset=utf-8' : 'application/json';
      const body = json === undefined ? (html ?? '') : JSON.stringify(json);
      response.writeHead(status, [...headers.flat(), ...(status === 204 ? [] : ['Content-Type', type])]);
      response.end(status === 204 ? undefined : body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    connectTo: [`${host}:443:127.0.0.1:${port}`],
    port,
    ca: authority.ca,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readRequest(message: IncomingMessage): Promise<WebRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(message.url ?? '/', 'https://service.invalid');
  const header = (name: string): string => {
    const value = message.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : (value ?? '');
  };
  const authorization = (scheme: string): string =>
    header('authorization').startsWith(`${scheme} `) ? header('authorization').slice(scheme.length + 1) : '';
  const cookies = new Map(
    header('cookie')
      .split('; ')
      .map((pair) => pair.split('=', 2) as [string, string]),
  );
  return {
    method: message.method ?? '',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    header,
    cookie: (name) => cookies.get(name),
    basic: Buffer.from(authorization('Basic'), 'base64').toString(),
    bearer: authorization('Bearer'),
    text,
    json: () => JSON.parse(text) as Record<string, unknown>,
    form: () => new URLSearchParams(text),
  };
}
