import { type IncomingHttpHeaders, request as requestPlain } from 'node:http';
import { Agent, request as requestTls } from 'node:https';
import { json } from 'node:stream/consumers';
import type { JsonObject } from '../../../src/base/json.ts';

export interface RestReply {
  status: number;
  headers: IncomingHttpHeaders;
  body: JsonObject;
}

/** A client with a session of its own; it keeps its connection. */
export class RestClient implements Disposable {
  readonly #url: string;
  readonly #agent: Agent;
  cookie: string | undefined;

  /** @param ca The certificate of the server in PEM */
  constructor(url: string, ca: string | undefined) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, ...(ca === undefined ? {} : { ca }) });
  }

  async logIn(password: string, user = 'admin'): Promise<RestReply> {
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const reply = await this.send('GET', '/api/authentication', undefined, { authorization });
    this.cookie = /^session_id=[0-9a-f]+/.exec(reply.headers['set-cookie']?.[0] ?? '')?.[0];
    return reply;
  }

  /** @param body Sent as JSON, or as it is */
  async send(
    method: string,
    path: string,
    body?: Buffer | object | string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RestReply> {
    const { promise, resolve, reject } = Promise.withResolvers<RestReply>();
    const bytes =
      body === undefined || Buffer.isBuffer(body)
        ? body
        : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const { protocol, hostname, port } = new URL(this.#url);
    const options = {
      hostname,
      port,
      path, // as it is: an URL would take out what the server has to refuse
      servername: 'localhost', // whatever the Host header says
      method,
      headers: {
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(bytes === undefined && method === 'GET' ? {} : { 'content-length': bytes?.length ?? 0 }),
        ...headers,
      },
    };
    const sent = protocol === 'https:' ? requestTls({ ...options, agent: this.#agent }) : requestPlain(options);
    sent.on('error', reject).on('response', (response) => {
      const { statusCode: status = 0, headers: received } = response;
      json(response).then((value) => {
        resolve({ status, headers: received, body: value as JsonObject });
      }, reject);
    });
    sent.end(bytes);
    return promise;
  }

  /** As `send`, and the key of what was made. */
  async create(path: string, body: Buffer | object): Promise<string> {
    const { status, body: answer } = await this.send('POST', path, body);
    if (status !== 201) throw new Error(JSON.stringify(answer));
    return answer['key'] as string;
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
