import { AsyncLocalStorage } from 'node:async_hooks';
import { vi } from 'vitest';
import { Deadline } from '../../src/process/deadline.ts';
import { RequestProcess } from '../../src/process/request-process.ts';

/** The clock of the calls of one test. */
interface Clock {
  /** Of the child that was given its time last. */
  deadline: Deadline | undefined;
  /** Requests to children. */
  requests: number;
  /** The time is up of a child of whose start the host has not learnt yet: what the child tells may come first. */
  isDue: boolean;
  /** How much each child was given. */
  allowedMs: number[];
  /** What is asked to end has the real grace for it, which a busy machine may use up. */
  hasRealGrace: boolean;
  onLine: (line: string) => void;
}

const longGraceMs = 20_000;

const clocks = new AsyncLocalStorage<Clock>();
/** Of the child whose time is up. */
const asked = new AsyncLocalStorage<Clock>();
/** Of all children while it is there. */
let clockOfAll: Clock | undefined;
/* eslint-disable @typescript-eslint/unbound-method -- are called with what they belong to */
const { start } = Deadline.prototype;
const { run } = RequestProcess.prototype;
/* eslint-enable @typescript-eslint/unbound-method */

// No spies of vitest, which would keep each call with all that it held.
const { setTimeout } = globalThis;
globalThis.setTimeout = ((run: () => void, ms = 0, ...args: []) => {
  const isGrace = ms > 0 && asked.getStore()?.hasRealGrace === false;
  return setTimeout(run, isGrace ? Math.max(ms, longGraceMs) : ms, ...args);
}) as typeof setTimeout;

Deadline.prototype.start = function (this: Deadline, allowedMs) {
  const clock = clocks.getStore() ?? clockOfAll;
  if (clock === undefined || allowedMs === undefined) {
    start.call(this, allowedMs);
    return;
  }
  clock.deadline = this;
  clock.allowedMs.push(allowedMs);
  if (clock.isDue) askToEnd(clock);
  clock.isDue = false;
};

RequestProcess.prototype.run = async function (this: RequestProcess, request) {
  const clock = clocks.getStore() ?? clockOfAll;
  if (clock !== undefined) clock.requests += 1;
  const onLine = (line: string): void => {
    request.onLine?.(line);
    clock?.onLine(line);
  };
  return run.call(this, { ...request, onLine });
};

function askToEnd(clock: Clock): void {
  asked.run(clock, () => {
    if (clock.deadline !== undefined) start.call(clock.deadline, 0);
  });
}

export interface Held<T> {
  result: T;
  /** The time that each child was given. */
  allowedMs: number[];
}

/** What can be asked and done while the call runs. */
interface Watch {
  /** Once the child has said so on its reply channel, such as `phase hook`. */
  saysLine: (line: string) => Promise<void>;
  /** Now. */
  timeIsUp: () => void;
}

/**
 * Calls whose time is not that of the machine: it is up once what is awaited has happened, never before, however slow the machine is. What
 * is awaited is told by the child itself. Holds for processes that are started by the call, those of `processes: 'cold'`; for others as well
 * when no other call is made meanwhile and `isAlone` says so. What is asked to end may take as long as it likes for that, unless `isForced`.
 */
export async function untilTimeIsUp<T>(
  call: () => Promise<T>,
  isThere: (watch: Watch) => Promise<unknown>,
  { isAlone = false, isForced = false } = {},
): Promise<Held<T>> {
  const lines: string[] = [];
  const clock: Clock = {
    deadline: undefined,
    requests: 0,
    isDue: false,
    hasRealGrace: isForced,
    allowedMs: [],
    onLine: (line) => lines.push(line),
  };
  let isUp = false;
  const watch: Watch = {
    saysLine: async (line) => {
      await vi.waitUntil(() => lines.includes(line), { interval: 2, timeout: 60_000 });
    },
    timeIsUp: () => {
      if (isUp) return;
      isUp = true;
      if (clock.deadline === undefined || clock.allowedMs.length < clock.requests) clock.isDue = true;
      else askToEnd(clock);
    },
  };
  if (isAlone) clockOfAll = clock;
  try {
    const running = clocks.run(clock, call);
    await Promise.race([isThere(watch).then(watch.timeIsUp), running]);
    return { result: await running, allowedMs: clock.allowedMs };
  } finally {
    if (isAlone) clockOfAll = undefined;
  }
}

/** Calls whose time never is up. */
export async function withoutClock<T>(call: () => Promise<T>): Promise<Held<T>> {
  return untilTimeIsUp(call, () => new Promise(() => undefined));
}
