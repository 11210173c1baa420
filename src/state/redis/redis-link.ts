import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, ErrorReply } from '@redis/client';
import pTimeout from 'p-timeout';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { showStateUrl } from '../state-place.ts';

/** What cannot be done by then is told to whom it concerns. Source: gateway contract, "A second host". */
const withinMs = 5000;
const connectMs = 3000;
const firstPauseMs = 50;
const longestPauseMs = 1000;
/** A server that vanished without a word is noticed by then. */
const silentMs = 6000;

/** In a script, a number is an integer, and `false` is null. */
export type Reply = string | number | null | Reply[];

/** A program of the server: whole or not at all, and nobody else's commands are between its own. */
export interface Script {
  keys: readonly string[];
  arguments?: readonly (string | number)[];
  /** Lua. It may run twice, when the connection breaks before it is known that it ran, so the second time must change nothing. */
  text: string;
}

export interface Listener {
  onMessage: (message: string) => void;
  /** Messages may have been missed. */
  onGap: () => void;
}

type Client = ReturnType<typeof createRedisClient>;

/** The connection to a Redis server; made again whenever it breaks. */
export class RedisLink implements AsyncDisposable {
  /** Without its password. */
  readonly place: string;
  readonly #url: string;
  readonly #client: Client;
  /** Since when it has not broken. */
  #steadySince = 0;
  readonly #listening: Client[] = [];
  readonly #onBack = new Set<() => void>();

  private constructor(url: string) {
    this.place = showStateUrl(url);
    this.#url = url;
    this.#client = createRedisClient(url);
    this.#client.on('ready', () => {
      this.#steadySince = performance.now();
      for (const run of this.#onBack) run();
    });
  }

  /** @throws PluginHostError STATE_UNREACHABLE */
  static async open(url: string): Promise<RedisLink> {
    const link = new RedisLink(url);
    try {
      await connect(link.#client);
      await link.command(['PING'], connectMs);
      return link;
    } catch (cause) {
      destroy(link.#client);
      throw link.#unreachable(cause);
    }
  }

  /** How long the connection has not broken, in milliseconds. */
  get steadyMs(): number {
    return performance.now() - this.#steadySince;
  }

  /** Runs something each time the connection was made again. Returns how to stop that. */
  onBack(run: () => void): () => void {
    this.#onBack.add(run);
    return () => this.#onBack.delete(run);
  }

  /** @throws PluginHostError STATE_UNREACHABLE: it could not be run, or it is unknown whether it was */
  async run({ text, keys, arguments: given = [] }: Script, limitMs = withinMs): Promise<Reply> {
    return this.command(['EVAL', text, String(keys.length), ...keys, ...given.map(String)], limitMs);
  }

  /** @throws PluginHostError STATE_UNREACHABLE */
  async command(words: readonly string[], limitMs = withinMs): Promise<Reply> {
    const end = performance.now() + limitMs;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        const left = Math.max(1, end - performance.now());
        return await pTimeout(this.#client.sendCommand<Reply>([...words]), { milliseconds: left });
      } catch (cause) {
        const left = end - performance.now();
        if (left <= 0 || isRefusal(cause)) throw this.#unreachable(cause);
        await sleep(Math.min(pauseMs, left));
      }
    }
  }

  /** Listens to a channel from now to `close`. @throws PluginHostError STATE_UNREACHABLE */
  async listen(channel: string, { onMessage, onGap }: Listener): Promise<{ close: () => void }> {
    const client = createRedisClient(this.#url);
    this.#listening.push(client);
    try {
      await connect(client);
      await client.subscribe(channel, onMessage);
    } catch (cause) {
      throw this.#unreachable(cause);
    }
    client.on('ready', onGap);
    return {
      close: () => {
        destroy(client);
      },
    };
  }

  #unreachable(cause: unknown): PluginHostError {
    if (cause instanceof PluginHostError) return cause;
    const why = this.#mask(describe(cause));
    return new PluginHostError('STATE_UNREACHABLE', `${this.place}: ${why}`, {
      hint: 'Check that the Redis server runs and that its address, user and password are right, or name another state with --state.',
      cause,
    });
  }

  /** What a server says of itself may name them. */
  #mask(text: string): string {
    const { username, password } = new URL(this.#url);
    const words = [username, password]
      .flatMap((each) => [each, decodeURIComponent(each)])
      .filter((each) => each !== '');
    return words.reduce((masked, word) => masked.replaceAll(word, '***'), text);
  }

  [Symbol.asyncDispose](): Promise<void> {
    for (const client of [this.#client, ...this.#listening]) destroy(client);
    return Promise.resolve();
  }
}

/** It does not reconnect before it was connected once. */
function createRedisClient(url: string) {
  const client = createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    pingInterval: silentMs / 3,
    socket: {
      connectTimeout: connectMs,
      socketTimeout: silentMs,
      reconnectStrategy: (retries: number) => isOpen && Math.min(firstPauseMs * 2 ** retries, longestPauseMs),
    },
  });
  let isOpen = false;
  client.once('ready', () => {
    isOpen = true;
  });
  client.on('error', () => undefined); // each command says so too
  return client;
}

async function connect(client: Client): Promise<void> {
  await pTimeout(client.connect(), { milliseconds: connectMs });
}

function destroy(client: Client): void {
  if (client.isOpen) client.destroy();
}

/** The server is there, and will not do it. */
function isRefusal(cause: unknown): boolean {
  return cause instanceof ErrorReply && !/^(?:LOADING|MASTERDOWN|TRYAGAIN|BUSY)\b/.test(cause.message);
}

function describe(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND') return 'there is no such host';
  if (cause instanceof AggregateError && cause.errors.length > 0) return describe(cause.errors[0]);
  return cause instanceof ErrorReply || code !== undefined ? message : 'it cannot be reached';
}
