import { CommandError } from './command-error.ts';
import type { RunSettings } from './run-settings.ts';

/** The user ended the run. */
export class RunCancelled extends Error {
  override readonly name = 'RunCancelled';
}

/** So long a run may go on without looking at what else waits, such as Ctrl-C. */
const longestBreathMs = 20;
const stepsBetweenLooks = 64;

/** The time of one run: it ends by its deadline or by the user, wherever it is. */
export class RunClock {
  readonly #settings: Pick<RunSettings, 'now' | 'sleep' | 'signal' | 'maxRunMs'>;
  readonly #controller = new AbortController();
  readonly #startedAt: number;
  readonly #onCancel = (): void => {
    this.#controller.abort(new RunCancelled('cancelled'));
  };
  #endsAt: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pausedAt: number | undefined;
  #lastBreath: number;
  #untilLook = stepsBetweenLooks;

  constructor(settings: Pick<RunSettings, 'now' | 'sleep' | 'signal' | 'maxRunMs'>) {
    this.#settings = settings;
    this.#startedAt = settings.now();
    this.#lastBreath = this.#startedAt;
    this.#endsAt = this.#startedAt + settings.maxRunMs;
    this.#startTimer();
    settings.signal?.addEventListener('abort', this.#onCancel, { once: true });
    if (settings.signal?.aborted === true) this.#onCancel();
  }

  /** Aborted when the run is to end now; the reason is what it ends with. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Milliseconds since the run began. */
  get elapsedMs(): number {
    return Math.round(this.#settings.now() - this.#startedAt);
  }

  /** @throws CommandError RUN_TIMEOUT; RunCancelled */
  check(): void {
    if (this.#pausedAt === undefined && this.#settings.now() >= this.#endsAt) this.#controller.abort(this.#tooLong());
    this.signal.throwIfAborted();
  }

  /** To be awaited, if it is a promise, before each step. */
  breathe(): Promise<void> | undefined {
    if (--this.#untilLook > 0 && !this.signal.aborted) return undefined;
    this.#untilLook = stepsBetweenLooks;
    this.check();
    const now = this.#settings.now();
    return now - this.#lastBreath < longestBreathMs ? undefined : this.#breatheNow(now);
  }

  /** To be awaited between two slices of a long computation. @throws CommandError RUN_TIMEOUT; RunCancelled */
  async yield(): Promise<void> {
    this.check();
    await this.#breatheNow(this.#settings.now());
  }

  /** @throws the reason of the signal */
  async wait(ms: number): Promise<void> {
    this.check();
    await this.#settings.sleep(ms, this.signal).catch((error: unknown) => {
      this.signal.throwIfAborted();
      throw error;
    });
  }

  /** The deadline is off until `resume`. */
  pause(): void {
    clearTimeout(this.#timer);
    this.#pausedAt ??= this.#settings.now();
  }

  resume(): void {
    if (this.#pausedAt === undefined) return;
    this.#endsAt += this.#settings.now() - this.#pausedAt;
    this.#pausedAt = undefined;
    this.#startTimer();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#settings.signal?.removeEventListener('abort', this.#onCancel);
  }

  #breatheNow(now: number): Promise<void> {
    this.#lastBreath = now;
    return new Promise((resolve) => setImmediate(resolve));
  }

  #startTimer(): void {
    const left = Math.max(0, this.#endsAt - this.#settings.now());
    this.#timer = setTimeout(() => {
      this.#controller.abort(this.#tooLong());
    }, left);
  }

  #tooLong(): CommandError {
    return new CommandError('RUN_TIMEOUT', `the run took longer than ${this.#settings.maxRunMs} ms`);
  }
}
