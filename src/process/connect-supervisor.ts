import { constants } from 'node:os';
import type { Duplex } from 'node:stream';
import pTimeout from 'p-timeout';
import type { PluginHostError } from '../base/plugin-host-error.ts';
import { childFailed } from './child-failed.ts';
import type { Control } from './control-channel.ts';
import type { LimitName } from './limits.ts';
import type { Source } from './output/read-all.ts';

export interface SupervisorEvents {
  /** @param sinceMs How long ago, by the system's monotonic clock. */
  onStarted: (sinceMs: number) => void;
  onExit: (exit: { exitCode: number } | { signal: string }) => void;
  /** Names of the processes that had to be ended. */
  onLeft: (names: string[]) => void;
  /** The command was ended because it exceeded a watched limit. */
  onLimit?: (name: LimitName) => void;
}

/** What leads to a supervisor and its command. */
export interface Channels {
  control: Control;
  log: Source;
  /** The command's descriptor 3. */
  input: Duplex;
  /** The command's descriptor 4. */
  reply: Duplex;
}

export interface Supervisor extends Omit<Channels, 'control'> {
  /** Asks the command where it is. One that does not listen is asked to end instead. */
  ask: (way: InquiryWay) => void;
  /** Asks the command's process group to end. */
  polite: () => void;
  /** The command has replied: ends everything, unless the command is just ending by itself. */
  overdue: () => void;
  /** Ends everything. */
  hard: () => void;
  /** Ends everything; a supervisor that could serve again ends too. */
  discard: () => void;
  /**
   * Settles when nothing is left; with how many bytes the log has when that is known, else it is read to its end. The channels end
   * soon after it, whatever became of their other ends.
   * @throws PluginHostError PYTHON_NOT_FOUND, CHILD_FAILED
   */
  gone: Promise<number | undefined>;
  /** Ends what a killed station left; gives its names. */
  endOrphans: (station: number) => Promise<string[]>;
  /** Whether the program must stay alive for this; when it ends, the command ends too. */
  hold: (isHeld: boolean) => void;
}

export type StartSupervisor = (events: SupervisorEvents) => Supervisor;

/** How a supervisor ended. */
export interface SupervisorEnd {
  killedBy?: string | undefined;
  failure?: PluginHostError | undefined;
}

/** What is known about a supervisor besides its messages. */
export interface SupervisorFacts {
  /** Settles when the supervisor has ended, even if other processes still hold its channels. */
  ended: Promise<SupervisorEnd>;
  /** Gets the name space that it gave to its command, see `mark` of supervisor.py; empty when it could not. */
  pin: (space: string) => void;
  /** Ends what a killed supervisor left, and its folder. */
  sweep: () => string[] | Promise<string[]>;
  /** Wakes it, in case somebody has stopped it. */
  wake: () => void;
  kill: () => void;
  /** Of the command, for messages. */
  name: string;
  /** For the time that passed before the first word arrived. */
  bootedAt: number;
  hold: (isHeld: boolean) => void;
}

/** How long a supervisor may take to start, on a busy machine. */
const startPatienceMs = 15_000;

/** How long it may take to end a tree before it counts as broken; its own limit is 5 s. */
const endPatienceMs = 7000;

/** When nothing is left, all channels are closed at their other ends; an open one is held by a process that could not be found. */
const closePatienceMs = 1000;

/** How a command is asked where it is: `stacks` by a signal for Python's faulthandler, `inspector` by the one that starts Node's inspector. */
export type InquiryWay = 'stacks' | 'inspector';

/** See INQUIRIES of supervision.py. */
const inquiryLetters: Record<InquiryWay, string> = { stacks: 's', inspector: 'i' };

/** Reads what a supervisor says, and gives it orders. */
export function connectSupervisor(
  channels: Channels,
  supervisor: SupervisorFacts,
  events: SupervisorEvents,
): Supervisor {
  const { control, log, input, reply } = channels;
  let hasStarted = false;
  let hasExited = false;
  let isOver = false;
  let failure: string | undefined;
  const stalled = setTimeout(supervisor.kill, startPatienceMs);
  const concluded = Promise.withResolvers<number>();
  const orphans: ((names: string[]) => void)[] = [];

  const onWord = (word: string, rest: string[]): void => {
    switch (word) {
      case 'started':
        hasStarted = true;
        supervisor.pin(rest[1] ?? '');
        clearTimeout(stalled);
        events.onStarted(elapsedSince(Number(rest[0]), supervisor.bootedAt));
        return;
      case 'exited':
      case 'killed':
        hasExited = true;
        events.onExit(readExit(word, Number(rest[0])));
        return;
      case 'left':
        events.onLeft(rest);
        return;
      case 'swept':
        orphans.shift()?.(rest);
        return;
      case 'survived': // they were reported as `left`
        return;
      case 'limit':
        events.onLimit?.(rest[0] === 'MEMORY' ? 'memory' : 'processes');
        return;
      case 'gone':
        isOver = true;
        log.finish?.();
        concluded.resolve(Number(rest[0]));
        return;
      default:
        failure = [word, ...rest].join(' ').replace(/^failed /, '');
    }
  };
  // Not before our creator knows us: messages may be here already.
  queueMicrotask(() => {
    control.listen({ onWord, onLog: (bytes) => log.emit('data', bytes) });
  });

  /** Its last message comes before the end of its channel; a process that holds the channel open cannot delay us for ever. */
  const ended = supervisor.ended.then(async (how) => {
    await pTimeout(control.closed, { milliseconds: closePatienceMs, fallback: () => undefined });
    isOver = true;
    return how;
  });
  const end = async (): Promise<number | undefined> => {
    const first = await Promise.race([concluded.promise, ended]);
    clearTimeout(stalled);
    if (typeof first === 'number') {
      closeSoon();
      return first;
    }
    for (const resolve of orphans.splice(0)) resolve([]);
    try {
      const { killedBy, failure: problem } = first;
      if (killedBy === undefined && problem === undefined && failure === undefined && hasStarted) return undefined;
      const left = await supervisor.sweep();
      if (failure !== undefined) throw childFailed(supervisor.name, failure);
      if (killedBy === undefined) throw problem ?? childFailed(supervisor.name, 'its supervisor ended early');
      // Somebody killed the supervisor; the parent-death signal ends the command, and we end the rest.
      if (!hasExited) events.onExit({ signal: killedBy });
      events.onLeft(left);
      return undefined;
    } finally {
      log.finish?.();
      closeSoon();
    }
  };
  const closeSoon = (): void => {
    setTimeout(() => {
      for (const each of [log, input, reply]) each.destroy();
    }, closePatienceMs).unref();
  };
  const gone = end();
  const order = (letters: string): void => {
    if (isOver) return; // a message now would reach the next command
    supervisor.wake();
    control.order(letters);
  };
  return {
    log,
    input,
    reply,
    gone,
    hold: supervisor.hold,
    endOrphans: (station) => {
      if (isOver) return Promise.resolve([]);
      const { promise, resolve } = Promise.withResolvers<string[]>();
      orphans.push(resolve);
      order(`o${String(station).padStart(10, '0')}`);
      return pTimeout(promise, { milliseconds: endPatienceMs, fallback: () => [] });
    },
    discard: () => {
      order('q');
    },
    ask: (way) => {
      order(inquiryLetters[way]);
    },
    polite: () => {
      order('t');
    },
    overdue: () => {
      order('e');
    },
    hard: () => {
      order('k');
      pTimeout(gone, { milliseconds: endPatienceMs, fallback: supervisor.kill }).catch(() => undefined);
    },
  };
}

/** The event loop may have been busy; where Python and Node do not share a clock, the message's arrival counts. */
function elapsedSince(monotonicSeconds: number, bootedAt: number): number {
  const elapsedMs = Number(process.hrtime.bigint()) / 1e6 - monotonicSeconds * 1000;
  return elapsedMs >= 0 && elapsedMs <= performance.now() - bootedAt ? elapsedMs : 0;
}

/** How a command ended, in a supervisor's words. */
function readExit(word: string, number: number): { exitCode: number } | { signal: string } {
  return word === 'exited' ? { exitCode: number } : { signal: signalName(number) };
}

function signalName(number: number): string {
  const [name] = Object.entries(constants.signals).find(([, each]) => each === number) ?? [];
  return name ?? `signal ${number}`;
}
