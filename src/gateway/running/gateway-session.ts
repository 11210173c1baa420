import { systemClock } from '../../base/clock.ts';
import { SessionOver } from '../../sps/flow/session-over.ts';
import { ClientLogin } from '../client/client-login.ts';
import { type ArrivedClient, shownClient } from '../client/gateway-listener.ts';
import { chooseDestination } from '../destination/choose-destination.ts';
import { Refusal } from '../destination/refusal.ts';
import { maskLogin, secretsOfPairs, SessionSecrets } from '../events/session-secrets.ts';
import { SessionRun } from './session-run.ts';
import type { SessionSurroundings } from './session-surroundings.ts';

/** One connection of a client, from its first method to the end of its session. */
export class GatewaySession {
  readonly #client: ArrivedClient;
  readonly #around: SessionSurroundings;
  readonly #login: ClientLogin;
  readonly #over = new AbortController();
  readonly #settled = Promise.withResolvers<undefined>();
  #isBegun = false;
  #run: SessionRun | undefined;

  constructor(client: ArrivedClient, around: SessionSurroundings) {
    this.#client = client;
    this.#around = around;
    const { connection } = client;
    this.#login = new ClientLogin({
      connection,
      takesPassword: around.settings.asksGatewayPassword,
      onFirst: (login, password) => {
        client.asked();
        this.#isBegun = true;
        void this.#begin(login, password).finally(() => {
          connection.end();
          this.#settled.resolve(undefined);
        });
      },
    });
    connection.once('close', () => {
      if (this.#run?.isConnected !== true) this.#over.abort(new SessionOver('user-left'));
      if (!this.#isBegun) this.#settled.resolve(undefined);
    });
  }

  /** Name of the stored session; undefined as long as there is none. */
  get name(): string | undefined {
    return this.#run?.name;
  }

  /** Resolves when the session has ended and everything of it is kept. */
  get settled(): Promise<unknown> {
    return this.#settled.promise;
  }

  /** Ends it with its gateway. */
  stop(): void {
    this.#over.abort(new SessionOver('gateway-stopped'));
    if (!this.#isBegun) this.#client.connection.end();
  }

  async #begin(login: string, password: string | undefined): Promise<void> {
    const { settings } = this.#around;
    try {
      const destination = await chooseDestination(login, settings.destinations);
      if (this.#over.signal.aborted) return;
      this.#run = new SessionRun({
        ...this.#around,
        client: this.#client,
        login: this.#login,
        loginName: login,
        destination,
        password,
        over: this.#over.signal,
      });
      await this.#run.play();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.#refuse(error, login);
    }
  }

  async #refuse({ code, message, clientText }: Refusal, login: string): Promise<void> {
    const secrets = new SessionSecrets();
    secrets.add(secretsOfPairs(login));
    const client = shownClient(this.#client.ip, this.#client.port);
    const time = systemClock().toISOString();
    const { onEvent, showsSecrets } = this.#around.settings;
    const shown = showsSecrets ? message : maskLogin(message, secrets);
    onEvent({ time, event: 'refused', client, code, message: shown });
    await this.#login.refuse(clientText);
  }
}
