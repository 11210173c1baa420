import { setTimeout as sleep } from 'node:timers/promises';
import pTimeout from 'p-timeout';
import type { AuthContext, AuthenticationType, Connection, KeyboardAuthContext } from 'ssh2';

export interface ClientLoginOptions {
  connection: Connection;
  /** Whether the method `password` is offered too. */
  takesPassword: boolean;
  /** The client asks for a method that a session begins with: once. @param password Of that method */
  onFirst: (login: string, password: string | undefined) => void;
}

const keyboard = 'keyboard-interactive';
/** No client knows such a method. With an empty list OpenSSH would go on to methods that it was not offered, and ask its user. */
const nothing = 'no-method-left' as AuthenticationType;
/** More requests than any client makes before it has an answer. */
const mostRequests = 30;
/** How long a client may take to show a last text. */
const lastTextMs = 5000;
/** How long a refused client may stay. */
const leavingMs = 1000;

/**
 * The authentication of a client: one method, round after round, and one decision. What the client was asked first by the method `password`
 * goes on by keyboard-interactive. Source: gateway contract, "The login"; RFC 4252, RFC 4256.
 */
export class ClientLogin {
  readonly #options: ClientLoginOptions;
  readonly #methods: ('keyboard-interactive' | 'password')[];
  #requests = 0;
  #isBegun = false;
  #isDecided = false;
  #context: AuthContext | undefined;
  /** Waits for the client to go on by keyboard-interactive. */
  #next: ((context: KeyboardAuthContext) => void) | undefined;

  constructor(options: ClientLoginOptions) {
    this.#options = options;
    this.#methods = options.takesPassword ? [keyboard, 'password'] : [keyboard];
    options.connection.on('authentication', (context) => {
      this.#take(context);
    });
  }

  #take(context: AuthContext): void {
    const { method } = context;
    this.#requests += 1;
    if (this.#requests > mostRequests || this.#isDecided) {
      this.close();
    } else if (!this.#isBegun) {
      if (method === keyboard || (method === 'password' && this.#options.takesPassword)) {
        this.#isBegun = true;
        this.#context = context;
        this.#options.onFirst(context.username, context.method === 'password' ? context.password : undefined);
      } else context.reject(this.#methods);
    } else if (this.#next === undefined) {
      this.close(); // a second login in one connection
    } else if (context.method === keyboard) {
      this.#context = context;
      this.#next(context);
      this.#next = undefined;
    } else context.reject([keyboard]);
  }

  /** Asks one question. @throws the reason of the signal */
  async ask(prompt: string, echo: boolean, signal: AbortSignal): Promise<string> {
    const context = await this.#interactive(true, signal);
    const answers = await untilAborted(
      new Promise<readonly string[] | Error | undefined>((resolve) => {
        context.prompt([{ prompt, echo }], '', '', resolve as (answers: string[]) => void);
      }),
      signal,
    );
    const answer = Array.isArray(answers) ? (answers as readonly string[])[0] : undefined;
    if (answer !== undefined) return answer;
    this.close(); // it answers something else than what it was asked
    return untilAborted(new Promise<never>(() => undefined), signal);
  }

  /** The context of the rounds; another method goes on as they do. */
  async #interactive(isPartial: boolean, signal: AbortSignal): Promise<KeyboardAuthContext> {
    const context = this.#context;
    signal.throwIfAborted();
    if (context?.method === keyboard) return context;
    const next = new Promise<KeyboardAuthContext>((resolve) => {
      this.#next = resolve;
    });
    this.#context = undefined;
    context?.reject([keyboard], isPartial);
    return untilAborted(next, signal);
  }

  /** Lets the client in: its channels may be taken right after it. */
  accept(): void {
    this.#isDecided = true;
    this.#context?.accept();
  }

  /** Refuses the client, which is shown the text, and closes the connection. */
  async refuse(text: string | undefined): Promise<void> {
    try {
      if (text !== undefined) await this.#showLast(text);
    } catch {
      // It does not show it.
    }
    this.#isDecided = true;
    this.#context?.reject([nothing]);
    // A client that sees that no method is left goes by itself, with fewer words than after a disconnection.
    await untilAborted(sleep(leavingMs), this.#closed()).catch(() => undefined);
    this.close();
  }

  async #showLast(text: string): Promise<void> {
    const signal = AbortSignal.any([AbortSignal.timeout(lastTextMs), this.#closed()]);
    const context = await this.#interactive(false, signal);
    const shown = new Promise<void>((resolve) => {
      context.prompt([], '', text, () => {
        resolve();
      });
    });
    await untilAborted(shown, signal);
  }

  #closed(): AbortSignal {
    const closed = new AbortController();
    this.#options.connection.once('close', () => {
      closed.abort();
    });
    return closed.signal;
  }

  close(): void {
    this.#isDecided = true;
    this.#options.connection.end();
  }
}

/** @throws the reason of the signal, when that comes first */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return pTimeout(promise, { milliseconds: Infinity, signal });
}
