import { randomUUID } from 'node:crypto';
import type { RedisLink } from '../../state/redis/redis-link.ts';
import { leaseMs, ownerKey } from './script-of.ts';

/** Says that a process lives: a key that ends by itself unless it is renewed. */
export class RedisOwner implements AsyncDisposable {
  /** Within this time after Redis is back, each living owner has said so again, in milliseconds. */
  static readonly backMs = 5000;

  readonly id = randomUUID();
  readonly #link: RedisLink;
  readonly #renewing: NodeJS.Timeout;
  readonly #forget: () => void;

  private constructor(link: RedisLink) {
    this.#link = link;
    const renew = (): void => {
      this.#say().catch(() => undefined);
    };
    this.#renewing = setInterval(renew, leaseMs / 4).unref();
    this.#forget = link.onBack(renew);
  }

  /** @throws PluginHostError STATE_UNREACHABLE */
  static async take(link: RedisLink): Promise<RedisOwner> {
    const owner = new RedisOwner(link);
    await owner.#say();
    return owner;
  }

  async #say(): Promise<void> {
    await this.#link.command(['SET', ownerKey(this.id), '1', 'PX', String(leaseMs)]);
  }

  async release(): Promise<void> {
    clearInterval(this.#renewing);
    this.#forget();
    await this.#link.command(['DEL', ownerKey(this.id)]).catch(() => undefined); // it ends by itself
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
  }
}
