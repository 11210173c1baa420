import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import path from 'node:path';
import { type StartSupervisor, type SupervisorEnd, connectSupervisor } from '../connect-supervisor.ts';
import { ControlChannel } from '../control-channel.ts';
import { sweep } from '../folders/sweep.ts';

export interface StationEvents {
  /** A station rests: it waits until it is told to fork. */
  onRest: (station: Pick<Station, 'fork' | 'end'>) => void;
  /** A station has ended, at work or at rest. */
  onGone: (station: Pick<Station, 'fork' | 'end'>) => void;
  /** A worker waits for its request. */
  onWorker: (start: StartSupervisor, station: Pick<Station, 'fork' | 'end'>) => void;
}

/** What a station has of its server. */
interface StationServer {
  /** Of the command, for messages. */
  name: string;
  temporary: string;
  /** Makes a token for a future connection. */
  expect: (onConnection: (socket: Socket) => void) => string;
  endOrphans: (station: number) => Promise<string[]>;
  /** While the server is being closed: settles when nothing is left of it, of its stations and of what these started. */
  closed: () => Promise<void> | undefined;
}

/** A station that ends while its worker is at work was killed. */
const killed: SupervisorEnd = { killedBy: 'SIGKILL' };

/** Forks one worker after the other, the next one when nothing of the last one is left; see fork-station.py. */
export class Station {
  readonly #socket: Socket;
  readonly #control: ControlChannel;
  readonly #server: StationServer;
  readonly #events: StationEvents;
  #pid = 0;
  /** Of its present worker. What waited for the end of the station itself would be kept as long as that lives. */
  #end = Promise.withResolvers<SupervisorEnd>();
  #isClosed = false;

  constructor(socket: Socket, server: StationServer, events: StationEvents) {
    this.#socket = socket;
    this.#control = new ControlChannel(socket);
    this.#server = server;
    this.#events = events;
    void this.#control.closed.then(() => {
      this.#isClosed = true;
      this.#end.resolve(killed);
      events.onGone(this);
    });
    this.#control.listen({
      onWord: (_, [pid]) => {
        this.#pid = Number(pid);
        this.#rest();
      },
      onLog: () => undefined,
    });
  }

  /** Ends its rest: a worker comes. */
  fork(): void {
    const token = this.#server.expect((work) => {
      this.#events.onWorker((events) => this.#supervise(work, events), this);
    });
    this.#control.order(`n${token}`);
  }

  /** Ends it while it rests. */
  end(): void {
    this.#socket.destroy();
  }

  #rest(): void {
    this.#control.listen(undefined); // the first messages of the next worker may come before its channel
    this.#socket.unref();
    this.#events.onRest(this);
  }

  #supervise(work: Socket, events: Parameters<StartSupervisor>[0]): ReturnType<StartSupervisor> {
    const control = this.#control;
    const { name, temporary, endOrphans, closed } = this.#server;
    this.#end = Promise.withResolvers<SupervisorEnd>();
    if (this.#isClosed) this.#end.resolve(killed);
    return connectSupervisor(
      {
        control: {
          closed: control.closed,
          order: (letters) => {
            control.order(letters);
          },
          listen: (listener) => {
            control.listen(
              listener && {
                ...listener,
                onWord: (word, rest) => {
                  if (word === 'resting') this.#rest();
                  else listener.onWord(word, rest);
                },
              },
            );
          },
        },
        log: new LogBetweenWords(),
        input: work,
        reply: work,
      },
      {
        ended: this.#end.promise,
        // What it left has come to the supervisor above its server, whatever it did to its environment.
        pin: () => undefined,
        sweep: async () => {
          const all = closed();
          if (all === undefined)
            return [...(await endOrphans(this.#pid)), ...sweep(path.join(temporary, String(this.#pid)))];
          await all; // looking for what is left takes 15 ms, and the one above has done that
          return [];
        },
        wake: () => {
          signalIfThere(this.#pid, 'SIGCONT');
        },
        kill: () => {
          signalIfThere(this.#pid, 'SIGKILL');
        },
        name,
        bootedAt: 0, // in our time: nothing else is known
        hold: (isHeld) => {
          for (const socket of [this.#socket, work]) socket[isHeld ? 'ref' : 'unref']();
        },
      },
      events,
    );
  }
}

/** A station sends the log between its messages. */
class LogBetweenWords extends EventEmitter {
  #isFinished = false;

  finish(): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.emit('end');
  }

  destroy(): void {
    // its channel is not ours
  }
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}
