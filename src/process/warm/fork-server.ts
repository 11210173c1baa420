import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeWords } from '../encode-words.ts';
import { encodeLimits } from '../limits.ts';
import { LineReader } from '../output/line-reader.ts';
import { readAll } from '../output/read-all.ts';
import type { StartedSupervisor } from '../start-supervisor.ts';
import { type ForkedProgram, startForked } from './start-forked.ts';
import { Station, type StationEvents } from './station.ts';

export interface ForkServerCommand extends Omit<ForkedProgram, 'program' | 'cwd'> {
  /** The file that a forked process runs, see forkable.md; it finds what its fresh process would find. */
  program: string;
  /** Names of modules; missing ones are left out. */
  preload: readonly string[];
  /** For the program's `prepare_fork`. */
  words: readonly string[];
}

/** What the server said when it was ready. */
interface ForkServerWord {
  /** How many modules it holds ready. */
  modules: number;
  /** Where they are installed. */
  folders: string[];
}

export interface ForkServerEvents extends StationEvents {
  onReady: (word: ForkServerWord) => void;
  /** It forks no more stations; the existing ones go on. */
  onDead: () => void;
}

const serverFile = fileURLToPath(new URL('fork-server.py', import.meta.url));

/** Of the token that each connection begins with, see fork-server.py. */
const tokenLength = 32;

/** A client that connects and says nothing is not ours. */
const tokenPatienceMs = 5000;

/** A Python process that has imported what work needs. Its stations fork one process for each piece of it. */
export class ForkServer {
  readonly #command: ForkServerCommand;
  readonly #events: ForkServerEvents;
  readonly #process: StartedSupervisor;
  readonly #listener: Server;
  /** What a connection is for, by the token that it begins with; each is good for one. */
  readonly #expected = new Map<string, (socket: Socket) => void>();
  #isDead = false;
  #isClosing = false;
  /** Settles when the server and everything that it forked have ended. */
  readonly gone: Promise<void>;

  constructor(command: ForkServerCommand, events: ForkServerEvents) {
    this.#command = command;
    this.#events = events;
    const { python, env, kept, program, limits, preload, words } = command;
    // What it can do before it knows us is in its command: it imports while we are still being loaded.
    const ahead = [program, encodeLimits(limits), preload.join(' '), ...words];
    this.#process = startForked(
      { python, env, kept, cwd: '/', limits: {}, program: [serverFile, ...ahead] },
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
      'linger',
    );
    this.#listener = createServer((socket) => {
      this.#accept(socket);
    });
    this.#listener.on('error', () => {
      this.#die(); // for example a folder whose path is too long for a socket
    });
    const { input, log, reply, gone } = this.#process;
    const onLine = (line: string): void => {
      const [word, modules, ...folders] = line.split(' ');
      if (word !== 'ready') return; // what an import wrote
      events.onReady({ modules: Number(modules), folders: folders.map((each) => Buffer.from(each, 'hex').toString()) });
    };
    input.on('error', () => undefined); // it has ended, which `onExit` reports
    void readAll(reply, new LineReader(1_048_576, onLine, () => undefined));
    void readAll(log, { add: () => undefined }); // if an import fails, the import of a call will report it
    const end = (): void => {
      this.#die();
      this.#listener.close();
    };
    this.gone = gone.then(end, end);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Asks for one more station: it gives a worker, and the next one when nothing of the last one is left. */
  addStation(): void {
    const expect = this.#expect.bind(this);
    const { temporary, endOrphans } = this.#process;
    const token = expect((socket) => {
      const closed = (): Promise<void> | undefined => (this.#isClosing ? this.gone : undefined);
      new Station(socket, { name: this.#command.python, temporary, expect, endOrphans, closed }, this.#events);
    });
    this.#process.input.write(`${token}\n`);
  }

  /** While it is not held, the program may end; the server then ends too. */
  hold(isHeld: boolean): void {
    this.#process.hold(isHeld);
    this.#listener[isHeld ? 'ref' : 'unref']();
  }

  /** No new workers; the server ends when the last one has ended. */
  retire(): void {
    this.#isDead = true;
    this.#process.input.end();
    this.#listener.close();
  }

  /** Ends the server and all that it forked. */
  async close(): Promise<void> {
    this.#isDead = true;
    this.#isClosing = true;
    this.#process.hold(true);
    this.#process.hard();
    await this.gone;
  }

  #listen(): void {
    // On Linux the socket has no name in the file system: a plugin cannot take it away.
    const socket =
      process.platform === 'linux' ? `\0plugin-host-${randomToken()}` : path.join(this.#process.temporary, 'host');
    this.#listener.listen(socket, () => {
      this.#process.input.write(encodeWords([socket.replace('\0', '@')]));
    });
  }

  #die(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#expected.clear();
    this.#events.onDead();
  }

  #expect(onConnection: (socket: Socket) => void): string {
    const token = randomToken();
    this.#expected.set(token, onConnection);
    return token;
  }

  #accept(socket: Socket): void {
    const silent = setTimeout(() => socket.destroy(), tokenPatienceMs).unref();
    const onReadable = (): void => {
      const head = socket.read(tokenLength) as Buffer | null;
      if (head === null) return;
      clearTimeout(silent);
      socket.off('readable', onReadable);
      const token = head.toString('latin1');
      const onConnection = this.#expected.get(token);
      this.#expected.delete(token);
      if (onConnection === undefined) socket.destroy();
      else onConnection(socket);
    };
    socket.on('error', () => undefined); // the end of the stream reports it
    socket.on('readable', onReadable);
    socket.unref();
  }
}

function randomToken(): string {
  return process
    .getBuiltinModule('node:crypto')
    .randomBytes(tokenLength / 2)
    .toString('hex');
}
