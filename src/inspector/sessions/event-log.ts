import { randomBytes } from 'node:crypto';

/** How many events are kept for those who lag; who lags more has to read everything again. Source: inspector contract, events. */
const keptEvents = 10_000;

export interface LoggedEvent {
  /** Of this log; counts from 1. */
  number: number;
  type: 'session' | 'step' | 'removed' | 'started' | 'reset';
  data: object;
}

/** What has happened, in order. Readers come when they like: nothing is kept for one of them. */
export class EventLog {
  /** Tells the ids of this log from those of another start. */
  readonly #epoch = randomBytes(6).toString('hex');
  readonly #events: LoggedEvent[] = [];
  #last = 0;
  readonly #waiting = new Set<() => void>();

  get last(): number {
    return this.#last;
  }

  add(type: LoggedEvent['type'], data: object): void {
    this.#last += 1;
    this.#events.push({ number: this.#last, type, data });
    if (this.#events.length > 2 * keptEvents) this.#events.splice(0, keptEvents);
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }

  /** The events after one; undefined when they are too many or no longer known. */
  after(number: number, count: number): readonly LoggedEvent[] | undefined {
    if (number > this.#last || this.#last - number > keptEvents) return undefined;
    const first = this.#events[0]?.number ?? this.#last + 1;
    return number + 1 < first ? undefined : this.#events.slice(number + 1 - first, number + 1 - first + count);
  }

  idOf(number: number): string {
    return `${this.#epoch}-${number}`;
  }

  /** Undefined when it is not an id of this log. */
  numberOf(id: string): number | undefined {
    const [epoch, number = ''] = id.split('-');
    return epoch === this.#epoch && /^\d{1,15}$/.test(number) ? Number(number) : undefined;
  }

  /** Calls once when the next event comes. Returns how to stop waiting. */
  onNext(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }
}
