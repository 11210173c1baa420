import { setTimeout as sleep } from 'node:timers/promises';

const windowMs = 60_000;
const freeFailures = 5;
const delayMs = 1000;
const maxWaiting = 16;

interface Failures {
  timesMs: number[];
  waiting: number;
  /** The last one that waits. */
  last: Promise<unknown>;
}

/** Slows failed logins down. A right password never waits. */
export class LoginThrottle {
  readonly #byUser = new Map<string, Failures>();
  readonly #nowMs: () => number;
  readonly #pause: (ms: number) => Promise<unknown>;

  constructor(
    nowMs: () => number,
    pause: (ms: number) => Promise<unknown> = (ms) => sleep(ms, undefined, { ref: false }),
  ) {
    this.#nowMs = nowMs;
    this.#pause = pause;
  }

  /** Resolves when the failure may be answered; false: too many wait. After five within a minute each takes a second, one at a time. */
  async delayFailure(user: string): Promise<boolean> {
    const failures = this.#of(user);
    const isFree = failures.timesMs.length < freeFailures;
    failures.timesMs.push(this.#nowMs());
    if (failures.timesMs.length > freeFailures) failures.timesMs.shift();
    if (isFree) return true;
    if (failures.waiting >= maxWaiting) return false;
    failures.waiting += 1;
    failures.last = failures.last.then(() => this.#pause(delayMs));
    await failures.last;
    failures.waiting -= 1;
    return true;
  }

  #of(user: string): Failures {
    const since = this.#nowMs() - windowMs;
    if (this.#byUser.size > 1000) {
      for (const [name, each] of this.#byUser) {
        if (each.waiting === 0 && (each.timesMs.at(-1) ?? 0) < since) this.#byUser.delete(name);
      }
    }
    const found = this.#byUser.get(user) ?? { timesMs: [], waiting: 0, last: Promise.resolve() };
    found.timesMs = found.timesMs.filter((time) => time >= since);
    this.#byUser.set(user, found);
    return found;
  }
}
