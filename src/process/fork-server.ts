import { EventEmitter } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeLimits } from './limits.ts';
import { LineReader } from './line-reader.ts';
import { readAll, type StartSupervisor, superviseOver } from './supervision.ts';
import { type SupervisedCommand, type SupervisedProcess, startSupervisor } from './supervisor.ts';

export interface ForkServerCommand extends Omit<SupervisedCommand, 'command' | 'cwd'> {
  python: string;
  /** The file that a forked process runs; it has what a fresh process of it would have. */
  shim: string;
  /** A file with a class `ImportWatch`, see preload.py. */
  watch: string;
  /** Names of modules; those that are not there are left out. */
  preload: readonly string[];
  /** Files that the shim may load, each with a function `compile_ahead`. */
  ahead: readonly string[];
}

/** What the server said when it was ready. */
interface ForkServerWord {
  /** How many modules it holds ready. */
  modules: number;
  /** Where they are installed. */
  folders: string[];
}

/** Forks one worker after the other. There is one of these for each worker to come. */
export interface Station {
  /** This will be its first worker. */
  isNew: boolean;
  /** Ends its rest: a worker comes. */
  fork: () => void;
  /** Ends it while it rests. */
  end: () => void;
}

interface ForkServerEvents {
  onReady: (word: ForkServerWord) => void;
  /** A station rests until it is told to fork. */
  onStation: (station: Station) => void;
  /** A station has ended in the course of this. */
  onStationGone: (station: Station) => void;
  /** A worker waits for its request. */
  onWorker: (start: StartSupervisor, station: Station) => void;
  /** It forks no more stations; those that are there go on. */
  onDead: () => void;
}

const serverFile = fileURLToPath(new URL('fork-server.py', import.meta.url));

/** Bytes of the head that each connection begins with, see fork-server.py. */
const headBytes = 32;

/** A Python process that has imported what work needs. Its stations fork one process for each piece of it. */
export class ForkServer {
  readonly #command: ForkServerCommand;
  readonly #events: ForkServerEvents;
  readonly #process: SupervisedProcess;
  readonly #listener: Server;
  /** Those that were told to fork, and their worker is not there yet, by name. */
  readonly #forking = new Map<string, (work: Socket) => void>();
  #isDead = false;
  /** Settles when the server and all that it forked are gone. */
  readonly gone: Promise<void>;

  constructor(command: ForkServerCommand, events: ForkServerEvents) {
    this.#command = command;
    this.#events = events;
    this.#process = startSupervisor(
      { command: [command.python, '-u', serverFile, command.shim], cwd: '/', env: command.env, limits: {} },
      {
        onStarted: () => {
          setImmediate(() => {
            this.#listen();
          });
        },
        onExit: () => {
          this.#die();
        },
        onLeft: () => undefined,
      },
      { lingers: true },
    );
    this.#listener = createServer((socket) => {
      this.#accept(socket);
    });
    this.#listener.on('error', () => {
      this.#die(); // a folder whose path is too long for a socket, say
    });
    const { input, log, reply, gone } = this.#process;
    const onLine = (line: string): void => {
      events.onReady(JSON.parse(line.slice('ready '.length)) as ForkServerWord);
    };
    input.on('error', () => undefined); // it is dead, which `onExit` tells
    void readAll(reply, new LineReader(1_048_576, onLine, () => undefined));
    void readAll(log, { add: () => undefined }); // what an import complains of, a call's own import will tell
    const end = (): void => {
      this.#die();
      this.#listener.close();
    };
    this.gone = gone.then(end, end);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Asks for one more station: it gives a worker, and the next one when nothing is left of the last. */
  addStation(): void {
    this.#process.input.write('\n');
  }

  /** While it is not held, the program may end; the server then ends too. */
  hold(isHeld: boolean): void {
    this.#process.hold(isHeld);
    this.#listener[isHeld ? 'ref' : 'unref']();
  }

  /** No new workers; the server goes when the last one has gone. */
  retire(): void {
    this.#isDead = true;
    this.#process.input.end();
    this.#listener.close();
  }

  /** Ends the server and all that it forked. */
  async close(): Promise<void> {
    this.#isDead = true;
    this.#process.hold(true);
    this.#process.hard();
    await this.gone;
  }

  #listen(): void {
    const socket = path.join(this.#process.temporary, 'host');
    const { watch, preload, ahead, limits } = this.#command;
    this.#listener.listen(socket, () => {
      const settings = { watch, preload, ahead, socket, limits: encodeLimits(limits) };
      this.#process.input.write(`${JSON.stringify(settings)}\n`);
    });
  }

  #die(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#events.onDead();
  }

  #accept(socket: Socket): void {
    const onReadable = (): void => {
      const head = socket.read(headBytes) as Buffer | null;
      if (head === null) return;
      socket.off('readable', onReadable);
      const [number = '', pid = '', channel = ''] = head.toString().trim().split(' ');
      const name = `${pid}-${number}`;
      if (channel === 'control') this.#rest(socket, { name, pid: Number(pid), isNew: number === '1' });
      else this.#forking.get(name)?.(socket);
    };
    socket.on('error', () => undefined); // told by the end of the stream
    socket.on('readable', onReadable);
  }

  #rest(control: Socket, { name, pid, isNew }: { name: string; pid: number; isNew: boolean }): void {
    const onGone = (): void => {
      this.#forking.delete(name);
      this.#events.onStationGone(station);
    };
    const station: Station = {
      isNew,
      fork: () => {
        this.#forking.set(name, (work) => {
          this.#forking.delete(name);
          control.off('close', onGone);
          this.#events.onWorker(this.#supervise(control, work, pid, onGone), station);
        });
        control.write('n');
      },
      end: () => control.destroy(),
    };
    control.once('close', onGone);
    control.unref();
    this.#events.onStation(station);
  }

  #supervise(control: Socket, work: Socket, pid: number, onGone: () => void): StartSupervisor {
    return (events) => {
      const log = new LogBetweenWords();
      let hasExited = false;
      const closed = Promise.withResolvers<{ killedBy?: string }>();
      control.once('close', () => {
        log.emit('end');
        closed.resolve(hasExited ? {} : { killedBy: 'SIGKILL' });
        if (!hasExited) onGone();
      });
      return superviseOver(
        { control, log, input: work, reply: work },
        {
          temporary: path.join(this.#process.temporary, String(pid)),
          ended: closed.promise,
          kill: () => {
            killIfThere(pid);
          },
          name: this.#command.python,
          isForked: true,
          bootedAt: 0, // in our time, that is all that is known
          hold: (isHeld) => {
            for (const socket of [control, work]) socket[isHeld ? 'ref' : 'unref']();
          },
        },
        {
          ...events,
          onExit: (exit) => {
            hasExited = true;
            events.onExit(exit);
          },
        },
      );
    };
  }
}

/** A station tells the log among its words. */
class LogBetweenWords extends EventEmitter {
  destroy(): void {
    // its channel is not ours
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
