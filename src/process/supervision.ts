import type { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Duplex } from 'node:stream';
import pTimeout from 'p-timeout';
import { PluginHostError } from '../errors.ts';
import type { LimitName } from './limits.ts';
import { LineReader } from './line-reader.ts';
import { sweep } from './sweep.ts';

export interface SupervisorEvents {
  /** @param sinceMs How long ago, by the system's monotonic clock. */
  onStarted: (sinceMs: number) => void;
  onExit: (exit: { exitCode: number } | { signal: string }) => void;
  /** Names of the processes that had to be ended. */
  onLeft: (names: string[]) => void;
  /** The command was ended because it exceeded a watched limit. */
  onLimit?: (name: LimitName) => void;
}

/** What can be read to its end: a stream, or what comes between the words of a supervisor. */
export type Source = EventEmitter & { destroy: () => unknown };

/** What leads to a supervisor and its command. */
export interface Channels {
  control: Duplex;
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
  /** Ends everything. */
  hard: () => void;
  /** Ends everything; the supervisor, where it would serve again, does not. */
  discard: () => void;
  /**
   * Settles when nothing is left; with how many bytes the log has when that is known, else it is read to its end.
   * @throws PluginHostError PYTHON_NOT_FOUND, CHILD_FAILED
   */
  gone: Promise<number | undefined>;
  /** Of a command that may say so itself: it has ended well, nothing of it is left, and its log has so many bytes. */
  conclude?: (logBytes: number) => void;
  /** Whether the program has to stay for this; when it ends, the command ends too. */
  hold: (isHeld: boolean) => void;
}

export type StartSupervisor = (events: SupervisorEvents) => Supervisor;

/** What is known of a supervisor besides what it said. */
export interface SupervisorProcess {
  /** The command's temporary folder. */
  temporary: string;
  /** Settles when the supervisor has ended. @throws PluginHostError when that was a failure, not a signal */
  ended: Promise<{ killedBy?: string | undefined; failure?: PluginHostError }>;
  kill: () => void;
  /** Of the command, for messages. */
  name: string;
  /** For the time that passed before the first word arrived. */
  bootedAt: number;
  hold: (isHeld: boolean) => void;
  /** By a server of ours: the command says itself when nothing of it is left. */
  isForked?: boolean;
}

/** How a command is asked where it is: `stacks` by a signal for Python's faulthandler, `inspector` by the one that starts Node's inspector. */
export type InquiryWay = 'stacks' | 'inspector';

/** See INQUIRIES of supervision.py. */
const inquiryLetters: Record<InquiryWay, string> = { stacks: 's', inspector: 'i' };

/** How long the supervisor may take to end a tree before it is taken for broken; its own patience is 5 s. */
const patienceMs = 15_000;

/** Reads what a supervisor says, and gives it orders. */
export function superviseOver(channels: Channels, supervisor: SupervisorProcess, events: SupervisorEvents): Supervisor {
  const { control, log, input, reply } = channels;
  let hasStarted = false;
  let hasExited = false;
  let failure: string | undefined;
  const stalled = setTimeout(supervisor.kill, patienceMs);
  const concluded = Promise.withResolvers<number>();

  const onLine = (line: string): void => {
    const [word, ...rest] = line.split(' ');
    if (word === 'started') {
      hasStarted = true;
      clearTimeout(stalled);
      events.onStarted(elapsedSince(Number(rest[0]), supervisor.bootedAt));
    } else if (word === 'exited' || word === 'killed') {
      hasExited = true;
      events.onExit(word === 'exited' ? { exitCode: Number(rest[0]) } : { signal: signalName(Number(rest[0])) });
    } else if (word === 'left') events.onLeft(rest);
    else if (word === 'gone') concluded.resolve(Number(rest[0]));
    else if (word === 'log') words.passOn(Number(rest[0]), (bytes) => log.emit('data', bytes));
    else if (word === 'limit') events.onLimit?.(rest[0] === 'MEMORY' ? 'memory' : 'processes');
    else failure = line;
  };
  const words = new LineReader(65_536, onLine, () => undefined);
  const end = async (): Promise<number | undefined> => {
    const closed = readAll(control, words);
    const logBytes = await Promise.race([concluded.promise, closed]);
    if (logBytes !== undefined) return logBytes;
    const { killedBy, failure: problem } = await supervisor.ended;
    clearTimeout(stalled);
    if (failure !== undefined) throw childFailed(supervisor.name, failure);
    if (killedBy !== undefined && hasStarted) {
      // Somebody killed the supervisor; the parent-death signal ends the command, the rest is ours.
      if (!hasExited) events.onExit({ signal: killedBy });
      events.onLeft(sweep(supervisor.temporary));
      return undefined;
    }
    if (problem !== undefined) throw problem;
    if (!hasStarted) throw childFailed(supervisor.name, 'its supervisor ended early');
    return undefined;
  };
  const gone = end();
  const order = (letter: string): void => {
    if (control.writable) control.write(letter);
  };
  control.on('error', () => undefined); // the supervisor is gone, which `gone` tells
  return {
    log,
    input,
    reply,
    gone,
    hold: supervisor.hold,
    ...(supervisor.isForked === true && {
      conclude: (logBytes: number) => {
        clearTimeout(stalled);
        events.onExit({ exitCode: 0 });
        concluded.resolve(logBytes);
      },
    }),
    discard: () => {
      order('q');
    },
    ask: (way) => {
      order(inquiryLetters[way]);
    },
    polite: () => {
      order('t');
    },
    hard: () => {
      order('k');
      pTimeout(gone, { milliseconds: patienceMs, fallback: supervisor.kill }).catch(() => undefined);
    },
  };
}

export function childFailed(command: string, details: string, cause?: unknown): PluginHostError {
  return new PluginHostError('CHILD_FAILED', `${command} could not be run: ${details.trim()}`, {
    hint: 'Look at what the message names; a full disk or process table and a missing file are the usual causes.',
    cause,
  });
}

/** The event loop may have been busy; where Python and Node do not share a clock, the message's arrival counts. */
function elapsedSince(monotonicSeconds: number, bootedAt: number): number {
  const elapsedMs = Number(process.hrtime.bigint()) / 1e6 - monotonicSeconds * 1000;
  return elapsedMs >= 0 && elapsedMs <= performance.now() - bootedAt ? elapsedMs : 0;
}

/** Reads a stream to its end into a consumer; an error is an end too. */
export function readAll(stream: Source, consumer: { add: (bytes: Buffer) => void }): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = (): void => {
    stream.destroy(); // when the other side went away in the middle, what has come is what there is
    resolve(undefined);
  };
  // Events and no iterator, which takes longer than all the rest of a small call's reading.
  stream.on('data', (bytes: Buffer) => {
    consumer.add(bytes);
  });
  stream.once('end', end).once('error', end).once('close', end);
  return promise;
}

function signalName(number: number): string {
  const [name] = Object.entries(constants.signals).find(([, each]) => each === number) ?? [];
  return name ?? `signal ${number}`;
}
