import { connect, type Socket } from 'node:net';
import ssh2, { type Client, type NextAuthHandler } from 'ssh2';
import { sshSettings } from '../algorithms/ssh-settings.ts';

/** What the target answers to one try of a method. */
export type Answer =
  | { kind: 'in' }
  | { kind: 'refused'; methods: readonly string[] }
  /** It wants another method besides. */
  | { kind: 'partial'; methods: readonly string[] }
  /** It hung up. */
  | { kind: 'gone' };

/** Why there is no connection to try a method on. */
export class TargetFault extends Error {
  readonly kind: 'unreachable' | 'host-key';

  constructor(kind: TargetFault['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface TargetAddress {
  ip: string;
  port: number;
  user: string;
}

export interface TargetConnectOptions {
  /** Which types of host keys are known already; they are asked for first. */
  knownTypes: readonly string[];
  /** Whether this is the right host. */
  acceptsHost: (key: Buffer) => boolean | Promise<boolean>;
  /** Ends it. */
  signal: AbortSignal;
}

export type Prompts = readonly { prompt: string; echo: boolean }[];

/** How one tries a method: as the library takes it, without the user. */
export type Method =
  | { type: 'publickey'; key: ssh2.ParsedKey }
  | { type: 'password'; password: string }
  | { type: 'keyboard-interactive'; answer: (prompts: Prompts, texts: readonly string[]) => Promise<string[]> };

/** How long a target may say nothing until it has proven who it is. Source: gateway contract, "How it ends". */
const silentMs = 15_000;

/** A connection to a target, method by method: each one waits for the answer to the one before. */
export class TargetConnection {
  readonly client: Client;
  readonly #user: string;
  #socket: Socket | undefined;
  #next: NextAuthHandler | undefined;
  #onAnswer: ((answer: Answer) => void) | undefined;
  #isGone = false;
  #fault: string | undefined;

  private constructor(client: Client, user: string) {
    this.client = client;
    this.#user = user;
  }

  /**
   * Connects and asks what would be needed. Resolves to the answer to "nothing".
   * @throws TargetFault; the reason of the signal
   */
  static async open(
    { ip, port, user }: TargetAddress,
    options: TargetConnectOptions,
  ): Promise<{ connection: TargetConnection; answer: Answer }> {
    const connection = new TargetConnection(new ssh2.Client(), user);
    try {
      const answer = await connection.#open({ ip, port, user }, options);
      if (answer.kind === 'gone') throw new TargetFault('unreachable', connection.#fault ?? 'it hung up');
      return { connection, answer };
    } catch (error) {
      connection.destroy();
      options.signal.throwIfAborted();
      throw error;
    }
  }

  #open({ ip, port, user }: TargetAddress, options: TargetConnectOptions): Promise<Answer> {
    const { knownTypes, acceptsHost, signal } = options;
    return new Promise<Answer>((resolve, reject) => {
      signal.throwIfAborted();
      const socket = connect({ host: ip, port });
      this.#socket = socket;
      socket.setNoDelay(true);
      const timer = setTimeout(() => {
        reject(new TargetFault('unreachable', `it said nothing for ${silentMs / 1000} s`));
      }, silentMs);
      const onAbort = (): void => {
        reject(new Error('the session is over', { cause: signal.reason }));
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#onAnswer = (answer) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      };
      const verify = (key: Buffer, decide: (isRight: boolean) => void): void => {
        void Promise.resolve()
          .then(() => acceptsHost(key))
          .then(
            (isRight) => {
              if (!isRight) reject(new TargetFault('host-key', 'its host key is not the known one'));
              decide(isRight);
            },
            (error: unknown) => {
              reject(error instanceof Error ? error : new Error(String(error)));
              decide(false);
            },
          );
      };
      const { algorithms, ...settings } = sshSettings.target;
      this.#watch(socket);
      this.client.connect({
        ...settings,
        sock: socket,
        username: user,
        readyTimeout: 0,
        algorithms: { ...algorithms, serverHostKey: knownFirst(algorithms.serverHostKey, knownTypes) },
        hostVerifier: verify,
        authHandler: (methods, isPartial, next) => {
          this.#take(methods, isPartial, next);
        },
      });
    });
  }

  #watch(socket: Socket): void {
    const onGone = (): void => {
      this.#isGone = true;
      this.#answer({ kind: 'gone' });
    };
    socket.on('error', ({ message }) => {
      this.#fault ??= message;
      onGone();
    });
    this.client
      .on('error', ({ message }) => {
        this.#fault ??= message;
      })
      .on('ready', () => {
        this.#answer({ kind: 'in' });
      })
      // A password that has expired cannot be changed here.
      .on('change password', () => {
        this.#answer({ kind: 'refused', methods: [] });
      })
      .on('close', onGone)
      .on('end', onGone);
  }

  #take(methods: readonly string[] | null | undefined, isPartial: boolean | null, next: NextAuthHandler): void {
    this.#next = next;
    if (methods === null || methods === undefined) {
      next({ type: 'none', username: this.#user });
      return;
    }
    this.#answer({ kind: isPartial === true ? 'partial' : 'refused', methods });
  }

  #answer(answer: Answer): void {
    const onAnswer = this.#onAnswer;
    this.#onAnswer = undefined;
    onAnswer?.(answer);
  }

  /** Tries one method. */
  async try(method: Method): Promise<Answer> {
    if (this.#isGone || this.#next === undefined) return { kind: 'gone' };
    const answer = new Promise<Answer>((resolve) => {
      this.#onAnswer = resolve;
    });
    const username = this.#user;
    if (method.type === 'publickey') this.#next({ type: 'publickey', username, key: method.key as never });
    else if (method.type === 'password') this.#next({ type: 'password', username, password: method.password });
    else {
      this.#next({
        type: 'keyboard-interactive',
        username,
        prompt: (name, instructions, _language, prompts, finish) => {
          const asked = prompts.map(({ prompt, echo = false }) => ({ prompt, echo }));
          method.answer(asked, [name, instructions]).then(finish, () => {
            this.destroy(); // the user has left
          });
        },
      });
    }
    return answer;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  destroy(): void {
    this.client.destroy();
    this.#socket?.destroy();
    this.#isGone = true;
    this.#answer({ kind: 'gone' });
  }
}

/** With a type that is not known yet, the key would count as a changed one. */
function knownFirst<T extends string>(types: readonly T[], known: readonly string[]): T[] {
  const isKnown = (type: string): boolean => known.includes(type.startsWith('rsa-sha2') ? 'ssh-rsa' : type);
  return [...types.filter(isKnown), ...types.filter((type) => !isKnown(type))];
}
