import { randomUUID } from 'node:crypto';
import type { RedisLink } from '../../state/redis/redis-link.ts';
import { inspectedScript, inspectorsKey, leaseMs, ownerKey } from './script-of.ts';

/** Within this time after Redis is back, each living owner has said so again. */
const backMs = 5000;

/** Says that a process lives: a key that ends by itself unless it is renewed. */
export class RedisOwner implements AsyncDisposable {
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

/** Whether all owners that live had the time to say so: not, when Redis or the way to it was just gone. @throws PluginHostError STATE_UNREACHABLE */
export async function hasEverybodySaidSo(link: RedisLink): Promise<boolean> {
  if (link.steadyMs < backMs) return false;
  const server = String(await link.command(['INFO', 'server']));
  return Number(/uptime_in_seconds:(\d+)/.exec(server)?.[1] ?? 0) * 1000 >= backMs;
}

/** Says that an inspector is open. @throws PluginHostError STATE_UNREACHABLE */
export async function takeInspector(link: RedisLink): Promise<RedisOwner> {
  const owner = await RedisOwner.take(link);
  await link.command(['SADD', inspectorsKey, owner.id]);
  return owner;
}

/** Whether an inspector is open; one that was killed is not. @throws PluginHostError STATE_UNREACHABLE */
export async function isInspected(link: RedisLink): Promise<boolean> {
  return (await link.run(inspectedScript)) === 1;
}
