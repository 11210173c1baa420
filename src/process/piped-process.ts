import { Deadline, type StopReason } from './deadline.ts';
import { readAll } from './output/read-all.ts';
import { TailCollector } from './output/tail-collector.ts';
import type { ChildReport } from './request-process.ts';
import { type Command, type StartedSupervisor, startSupervisor } from './start-supervisor.ts';

export interface PipedOptions {
  /** Between the polite signal and the hard one. */
  graceMs: number;
  /** Of standard error; of more, the last part is kept. */
  stderrLimitBytes: number;
  /** What the program writes to its standard output, as it comes. */
  onOutput: (bytes: Buffer) => void;
  /** The same of its standard error, which is kept as well. */
  onError?: ((bytes: Buffer) => void) | undefined;
  /** Ends the program; `finished` then rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** How a program ended. */
export type PipedReport = Omit<ChildReport, 'reply' | 'isReplied'>;

/** A program that uses standard input and output, as long as it likes or is allowed to. What it started ends with it. */
export class PipedProcess {
  readonly stderr: TailCollector;
  /** Settles when nothing is left of it. @throws PluginHostError PYTHON_NOT_FOUND, CHILD_FAILED; the reason of the signal */
  readonly finished: Promise<PipedReport>;
  readonly #supervisor: StartedSupervisor;
  readonly #deadline: Deadline;
  readonly #options: PipedOptions;
  readonly #exit: Omit<PipedReport, 'stopped' | 'forced' | 'durationMs'> = {
    exitCode: undefined,
    signal: undefined,
    left: [],
    exceeded: undefined,
  };
  #startedAt: number | undefined;
  #endedAt: number | undefined;
  #allowedMs: number | undefined;

  /** @throws PluginHostError SYSTEM_UNSUPPORTED */
  constructor(command: Command, options: PipedOptions) {
    this.#options = options;
    this.stderr = new TailCollector(options.stderrLimitBytes);
    this.#supervisor = startSupervisor(
      command,
      {
        onStarted: (sinceMs) => {
          this.#startedAt = performance.now() - sinceMs;
          this.#deadline.start(this.#allowedMs === undefined ? undefined : Math.max(0, this.#allowedMs - sinceMs));
        },
        onExit: (exit) => {
          this.#endedAt = performance.now();
          Object.assign(this.#exit, exit);
          this.#deadline.ended();
        },
        onLeft: (names) => {
          this.#exit.left = names;
        },
        onLimit: (name) => {
          this.#exit.exceeded = name;
        },
      },
      { isStandard: true },
    );
    this.#deadline = new Deadline(this.#supervisor, options.graceMs);
    this.#supervisor.input.on('error', () => undefined); // a program may end, or close its input, without reading it
    this.finished = this.#finish();
    this.finished.catch(() => undefined); // whoever waits for it gets the error
  }

  /** What it does now must be done in this time; before the program runs, the time begins with its start. Later requests replace it. */
  allow(allowedMs: number): void {
    this.#allowedMs = allowedMs;
    if (this.#startedAt !== undefined && this.#endedAt === undefined) this.#deadline.start(allowedMs);
  }

  write(text: string | Buffer): void {
    if (this.#supervisor.input.writable) this.#supervisor.input.write(text);
  }

  endInput(): void {
    this.#supervisor.input.end();
  }

  stop(reason: StopReason): void {
    this.#deadline.stop(reason);
  }

  async #finish(): Promise<PipedReport> {
    const { signal, onOutput, onError } = this.#options;
    const { gone, reply, log } = this.#supervisor;
    const abort = (): void => {
      this.stop('aborted');
    };
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) abort();
    try {
      await Promise.all([
        gone,
        readAll(reply, { add: onOutput }),
        readAll(log, {
          add: (bytes) => {
            onError?.(bytes);
            this.stderr.add(bytes);
          },
        }),
      ]);
    } finally {
      this.#deadline.clear();
      signal?.removeEventListener('abort', abort);
    }
    const { reason: stopped, forced } = this.#deadline;
    if (stopped === 'aborted') signal?.throwIfAborted();
    const durationMs = (this.#endedAt ?? performance.now()) - (this.#startedAt ?? performance.now());
    return { ...this.#exit, stopped, forced, durationMs };
  }
}
