import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServerOptions } from '../../../src/rest/server/server-options.ts';
import { type ApiServer, startApiServer } from '../../../src/rest/server/start-api-server.ts';
import { RestClient } from './rest-client.ts';

const adminPassword = 'correct horse battery';

/** A server in this process with a state folder of its own, and what it has logged. */
export class Served implements AsyncDisposable {
  readonly stateDir: string;
  readonly lines: string[] = [];
  readonly defects: string[] = [];
  readonly #options: Partial<ServerOptions>;
  #server: ApiServer | undefined;
  readonly #clients: RestClient[] = [];

  private constructor(options: Partial<ServerOptions>) {
    this.#options = options;
    this.stateDir = options.stateDir ?? mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  }

  static async start(options: Partial<ServerOptions> = {}): Promise<Served> {
    const served = new Served(options);
    await served.open();
    return served;
  }

  async open(more: Partial<ServerOptions> = {}): Promise<ApiServer> {
    this.#server = await startApiServer({
      stateDir: this.stateDir,
      compat: 'classic',
      api: '1.9',
      spsVersion: '9.0.0',
      host: '127.0.0.1',
      apiPort: 0,
      allowHosts: [],
      isPlain: false,
      certificate: undefined,
      adminPassword,
      isNewAdminPassword: false,
      users: {},
      sessionIdleMs: 1_200_000,
      transactionIdleMs: 600_000,
      uploadLimitBytes: 100 * 1024 * 1024,
      dropUnknownMembers: false,
      services: {},
      log: (line) => this.lines.push(line),
      onDefect: (text) => this.defects.push(text),
      ...this.#options,
      ...more,
    });
    return this.#server;
  }

  get server(): ApiServer {
    if (this.#server === undefined) throw new Error('it is closed');
    return this.#server;
  }

  /** Not logged in. */
  client(): RestClient {
    const client = new RestClient(this.server.url, this.server.certificate?.cert);
    this.#clients.push(client);
    return client;
  }

  async loggedIn(password = adminPassword, user = 'admin'): Promise<RestClient> {
    const client = this.client();
    await client.logIn(password, user);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#clients.splice(0)) client[Symbol.dispose]();
    await this.#server?.close();
    this.#server = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    rmSync(this.stateDir, { recursive: true, force: true });
  }
}
