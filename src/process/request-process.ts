import type { StartSupervisor, Supervisor } from './connect-supervisor.ts';
import { Deadline, type StopReason } from './deadline.ts';
import type { Inquiry } from './inquiry.ts';
import type { LimitName } from './limits.ts';
import { LineReader } from './output/line-reader.ts';
import { LogCollector } from './output/log-collector.ts';
import { readAll } from './output/read-all.ts';

export interface ChildLimits {
  /** Longest line of the reply, in bytes. */
  replyLimitBytes: number;
  /** Of all of its lines together, in UTF-16 units. */
  replyTotal: number;
  /** Of the log, in bytes; more is cut in the middle. */
  logLimitBytes: number;
}

export interface ChildRequest {
  /** What the child reads from descriptor 3. */
  input: string;
  /** From the child's start to the last line of its reply; undefined: without end. */
  allowedMs: number | undefined;
  /** Whether a line that the child wrote to descriptor 4 is the last of its reply. */
  isLast: (line: string) => boolean;
  /** Gets each line as it comes. */
  onLine?: ((line: string) => void) | undefined;
  /** Gets what the child writes, as it comes. */
  onLog?: ((bytes: Buffer) => void) | undefined;
  /** Called when the reply is complete; how the child ends is not yet known then. */
  onReplied?: ((report: ChildReport) => void) | undefined;
  /** What to ask the child when its time is over. */
  inquiry?: Inquiry | undefined;
  signal?: AbortSignal | undefined;
}

export interface ChildReport {
  /** Lines of the reply, the last one cut when `stopped` is `reply-too-large`. */
  reply: string[];
  /** The last line has come, in time. */
  isReplied: boolean;
  /** Why the host ended the child before its reply. */
  stopped: StopReason | undefined;
  /** The polite signal was not enough. */
  forced: boolean;
  /** How the child ended, when it did by itself. */
  exitCode: number | undefined;
  signal: string | undefined;
  /** From the child's start to its complete reply, else to its end. */
  durationMs: number;
  /** Names of the processes that had to be ended after the child's reply or exit. */
  left: string[];
  /** The watched limit that the child was ended for. */
  exceeded: LimitName | undefined;
}

/**
 * One program that gets one request and gives one reply. It may be started before the request: then it writes one line on its reply
 * channel when it is ready, and the time that it waits afterwards does not count.
 */
export class RequestProcess {
  readonly log: LogCollector;
  readonly #supervisor: Supervisor;
  readonly #deadline: Deadline;
  readonly #finished: Promise<unknown>;
  readonly #report: ChildReport = {
    reply: [],
    isReplied: false,
    stopped: undefined,
    forced: false,
    exitCode: undefined,
    signal: undefined,
    durationMs: 0,
    left: [],
    exceeded: undefined,
  };
  readonly #limits: ChildLimits;
  #replyTotal = 0;
  #isGone = false;
  #logBytes = 0;
  #expectedLogBytes = Infinity;
  #onLogComplete: (() => void) | undefined;
  #request: ChildRequest | undefined;
  #inquiry: ReturnType<Inquiry['start']> | undefined;
  #bootedAt: number | undefined;
  #readyAt: number | undefined;
  #requestedAt: number | undefined;
  #endedAt: number | undefined;

  /** @throws PluginHostError SYSTEM_UNSUPPORTED */
  constructor(start: StartSupervisor, limits: ChildLimits) {
    this.#limits = limits;
    this.log = new LogCollector(limits.logLimitBytes);
    this.#supervisor = start({
      onStarted: (sinceMs) => {
        this.#bootedAt = performance.now() - sinceMs;
        this.#startClock();
      },
      onExit: (exit) => {
        this.#endedAt ??= performance.now();
        Object.assign(this.#report, exit, { forced: this.#deadline.forced });
        this.#deadline.ended();
      },
      onLeft: (names) => {
        this.#report.left = names;
      },
      onLimit: (name) => {
        this.#report.exceeded = name;
      },
    });
    this.#deadline = new Deadline({ ...this.#supervisor, inquire: this.#inquire.bind(this) });
    const log = {
      add: (bytes: Buffer) => {
        this.#addLog(this.#inquiry?.takeLog(bytes) ?? bytes);
        this.#logBytes += bytes.length;
        if (this.#logBytes >= this.#expectedLogBytes) this.#onLogComplete?.();
      },
    };
    const reply = new LineReader(limits.replyLimitBytes, this.#onLine.bind(this), this.#onTooLong.bind(this));
    const { gone, input } = this.#supervisor;
    input.on('error', () => undefined); // a child may end, or close the descriptor, without reading it
    const logEnd = readAll(this.#supervisor.log, log);
    const ends = Promise.all([logEnd, readAll(this.#supervisor.reply, reply)]);
    this.#finished = gone.then(async (logBytes) => {
      await (logBytes !== undefined && this.#report.isReplied ? this.#awaitLog(logBytes, logEnd) : ends);
    });
    this.#finished
      .catch(() => undefined) // `run` reports it
      .finally(() => {
        this.#isGone = true;
        this.#deadline.clear();
      });
  }

  /**
   * Hands over the request and waits for the child's reply or end, and for the end of everything that it started.
   * @throws PluginHostError PYTHON_NOT_FOUND, CHILD_FAILED; the reason of `signal` when that aborts
   */
  async run(request: ChildRequest): Promise<ChildReport> {
    const abort = (): void => {
      this.#deadline.stop('aborted');
    };
    this.#request = request;
    this.#requestedAt = performance.now();
    this.#supervisor.hold(true);
    this.#startClock();
    if (request.signal?.aborted) abort();
    request.signal?.addEventListener('abort', abort);
    try {
      this.#supervisor.input.end(request.input);
      await this.#finished;
    } finally {
      request.signal?.removeEventListener('abort', abort);
      if (this.#inquiry !== undefined) this.#addLog(this.#inquiry.endLog());
    }
    this.#report.stopped = this.#deadline.reason;
    this.#report.durationMs = (this.#endedAt ?? performance.now()) - this.#startedAt - this.#deadline.inquiredMs;
    if (this.#report.stopped === 'aborted') request.signal?.throwIfAborted();
    return this.#report;
  }

  /** It is running and has not had its request yet. */
  get isWaiting(): boolean {
    return this.#request === undefined && !this.#isGone;
  }

  /** Lets the program end although the child waits. */
  park(): void {
    this.#supervisor.hold(false);
  }

  /** Ends a child that gets no request after all. */
  async discard(): Promise<void> {
    if (this.#request !== undefined) return;
    this.#supervisor.hold(true);
    this.#supervisor.discard();
    await this.#finished.catch(() => undefined);
  }

  /**
   * When the child's time began: what passed between its first word and its request does not count. Its first word may be here before
   * its supervisor's. Now, while it is not there.
   */
  get #startedAt(): number {
    const now = performance.now();
    const waitedMs = (this.#requestedAt ?? now) - (this.#readyAt ?? Infinity);
    return Math.min((this.#bootedAt ?? this.#readyAt ?? now) + Math.max(0, waitedMs), now);
  }

  #addLog(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.log.add(bytes, performance.now() - this.#startedAt);
    this.#request?.onLog?.(bytes);
  }

  async #awaitLog(bytes: number, end: Promise<unknown>): Promise<void> {
    if (this.#logBytes >= bytes) return;
    this.#expectedLogBytes = bytes;
    await Promise.race([end, new Promise<void>((resolve) => (this.#onLogComplete = resolve))]);
  }

  /** Both the child and its request have to be there. */
  #startClock(): void {
    if (this.#request?.allowedMs === undefined || this.#bootedAt === undefined) return;
    this.#deadline.start(Math.max(0, this.#request.allowedMs - (performance.now() - this.#startedAt)));
  }

  #inquire(): number | undefined {
    const { inquiry } = this.#request ?? {};
    if (inquiry === undefined) return undefined;
    this.#inquiry = inquiry.start(() => {
      this.#deadline.answered();
    });
    this.#supervisor.ask(inquiry.way);
    return inquiry.patienceMs;
  }

  #onLine(line: string): void {
    this.#readyAt ??= performance.now();
    if (this.#report.isReplied) return;
    if (this.#deadline.reason !== undefined) {
      this.#inquiry?.onLine(line);
      return;
    }
    this.#replyTotal += line.length;
    if (this.#replyTotal > this.#limits.replyTotal) {
      this.#onTooLong(line);
      return;
    }
    this.#report.reply.push(line);
    this.#request?.onLine?.(line);
    if (this.#request?.isLast(line) !== true) return;
    this.#report.isReplied = true;
    this.#endedAt = performance.now();
    this.#deadline.replied();
    this.#request.onReplied?.(this.#report);
  }

  #onTooLong(start: string): void {
    if (this.#report.isReplied || this.#deadline.reason !== undefined) return;
    this.#report.reply.push(start);
    this.#endedAt = performance.now();
    this.#deadline.stop('reply-too-large');
  }
}
